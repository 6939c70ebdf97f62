"""The people of the sample newsroom: one account for each role, in development only."""

from typing import NamedTuple


class Account(NamedTuple):
    """One person who can sign in to the sample newsroom."""

    username: str
    password: str
    role: str  # a key of `articles.roles.ROLES`
    first_name: str


# Everybody knows these words, so production refuses to start with any of these accounts.
PASSWORD = "newsroom"

ACCOUNTS = (
    Account("rana", PASSWORD, "reporter", "Rana"),
    Account("lina", PASSWORD, "photo", "Lina"),
    Account("yusuf", PASSWORD, "editor", "Yusuf"),
    Account("dima", PASSWORD, "front_editor", "Dima"),
    Account("samir", PASSWORD, "publisher", "Samir"),
    Account("noor", PASSWORD, "administrator", "Noor"),
)
