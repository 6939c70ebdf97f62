"""Paths of readers' pages, made once each: a list names thirty of them, and `reverse` is slow."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=20_000)
def address(name: str, *parts: object) -> str:
    """The address called `name` in `articles.urls`, percent-encoded where it is not ASCII."""
    return reverse(name, args=parts)


def ninjs_addresses(path: str) -> dict[str, str]:
    """Where the story at `path` stands for other newsrooms' systems, by version of ninjs."""
    return {"3.1": f"{path}ninjs.json", "2.2": f"{path}ninjs-2.2.json"}


def text_address(path: str) -> str:
    """Where the text edition of the story at `path` stands."""
    return f"/text{path}"
