"""SQLite: folded words in FTS5 tables that follow the entries' own by triggers."""

from collections.abc import Sequence

from django.db import connection

from .expressions import All, Any, Beginning, But, Expression

CONTAINS = "instr(told, %s) > 0"


def install(cursor) -> None:
    """Make the tables of words and what keeps them true. Done twice, it does no harm."""
    for table, key in (("articles_searchentry", "key"), ("articles_deskentry", "story_id")):
        words = f"{table}_words"
        # The letters of words are any but ASCII's signs; marks have an "=" in them.
        cursor.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {words} USING fts5(told, content='{table}', content_rowid='{key}', "
            "detail=none, columnsize=0, tokenize=\"ascii tokenchars '='\")"
        )
        add = f"INSERT INTO {words}(rowid, told) VALUES (new.{key}, new.told);"
        drop = f"INSERT INTO {words}({words}, rowid, told) VALUES ('delete', old.{key}, old.told);"
        cursor.execute(f"INSERT INTO {words}({words}) VALUES ('rebuild')")
        for name, when, deed in (
            ("added", "INSERT", add),
            ("dropped", "DELETE", drop),
            ("changed", f"UPDATE OF {key}, told", drop + add),
        ):
            cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {words}_{name} AFTER {when} ON {table} BEGIN {deed} END")


def remove(cursor) -> None:
    """Take away what `install` made."""
    for table in ("articles_searchentry", "articles_deskentry"):
        for name in ("added", "dropped", "changed"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_words_{name}")
        cursor.execute(f"DROP TABLE IF EXISTS {table}_words")


def hold_run() -> str:
    """SQL that gives the number of the last reindexing, and lets no other begin until the transaction ends."""
    return "SELECT run FROM articles_searchstate WHERE id = 1"  # one transaction writes at a time


def newest(expression: Expression, span: tuple[int, int], most: int, share: float, many: int) -> tuple[str, list]:
    """SQL and parameters: the keys of entries that `expression` is true of, in `span`, newest first."""
    match = "articles_searchentry_words MATCH %s AND rowid BETWEEN %s AND %s"
    sql = f"SELECT rowid AS key FROM articles_searchentry_words WHERE {match} ORDER BY rowid DESC LIMIT %s"
    return sql, [told(expression), *span, most]


def is_exact(share: float, many: int) -> bool:
    """Whether `newest` may be trusted when it gives fewer than were asked for."""
    return True


gathered = newest


def stories(expression: Expression) -> tuple[str, list]:
    """SQL and parameters: the ids of working copies that `expression` is true of."""
    return "SELECT rowid FROM articles_deskentry_words WHERE articles_deskentry_words MATCH %s", [told(expression)]


def counted(words: Sequence[tuple]) -> None:
    """Add to the numbers of words: rows of SearchWord's columns."""
    columns = "word, run, stem, shown, length, head, tail, documents, leads, headlines"
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO articles_searchword ({columns}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) "
            "ON CONFLICT (word, run) DO UPDATE SET documents = documents + excluded.documents, "
            "leads = leads + excluded.leads, headlines = headlines + excluded.headlines",
            words,
        )


def told(expression: Expression) -> str:
    """The expression as FTS5 reads it. Each word stands in quotation marks, so none is ever read as an operator."""
    match expression:
        case str():
            return _quoted(expression)
        case Beginning(letters):
            return f"{_quoted(letters)} *"
        case All(parts):
            return "(" + " AND ".join(map(told, parts)) + ")"
        case Any(parts):
            return "(" + " OR ".join(map(told, parts)) + ")"
        case But(part, less):
            return f"({told(part)} NOT {told(less)})"


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
