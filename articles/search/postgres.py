"""PostgreSQL: folded words in a tsvector that the database makes of the entry by itself, with a GIN index over it.

The words are lexemes as they are: no dictionary, no extension.
"""

from collections.abc import Sequence

from django.db import connection
from psycopg2.extras import execute_values

from .expressions import All, Any, Beginning, But, Expression

CONTAINS = "strpos(told, %s) > 0"
# A GIN index knows which entries hold a word, not which are the newest. Where an expression is likely true of more than
# this many, the newest entries are read one by one instead, until there are enough.
MANY = 2_000
WALKED = 2_000


def install(cursor) -> None:
    """Make the columns of words, their indexes, and the function that asks them. Done twice, it does no harm."""
    for table in ("articles_searchentry", "articles_deskentry"):
        cursor.execute(
            f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS lexemes tsvector "
            "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(btrim(told), ' '))) STORED"
        )
        # Long columns stand apart, so that the rows themselves are few pages.
        cursor.execute(f"ALTER TABLE {table} SET (toast_tuple_target = 128)")
        cursor.execute(f"CREATE INDEX IF NOT EXISTS {table}_lexemes ON {table} USING gin (lexemes)")
    # The planner does not know that reading a row's words costs far more than a row, so it is told to use the index.
    cursor.execute(
        "CREATE OR REPLACE FUNCTION articles_search_keys(asked tsquery) RETURNS SETOF bigint LANGUAGE sql STABLE "
        "SET enable_seqscan = off AS "
        "$$ SELECT key FROM articles_searchentry WHERE lexemes @@ asked $$"
    )
    # Words are compared letter by letter, as SQLite does.
    for table in ("articles_searchword", "articles_searchname"):
        for column in ("word", "stem"):
            cursor.execute(f'ALTER TABLE {table} ALTER COLUMN {column} TYPE varchar(80) COLLATE "C"')


def remove(cursor) -> None:
    """Take away what `install` made."""
    cursor.execute("DROP FUNCTION IF EXISTS articles_search_keys(tsquery)")
    for table in ("articles_searchentry", "articles_deskentry"):
        cursor.execute(f"ALTER TABLE {table} DROP COLUMN IF EXISTS lexemes")


def hold_run() -> str:
    """SQL that gives the number of the last reindexing, and lets no other begin until the transaction ends."""
    return "SELECT run FROM articles_searchstate WHERE id = 1 FOR SHARE"


def is_exact(share: float, many: int) -> bool:
    """Whether `newest` may be trusted when it gives fewer than were asked for."""
    return share * many <= MANY


def newest(expression: Expression, span: tuple[int, int], most: int, share: float, many: int) -> tuple[str, list]:
    """SQL and parameters: the keys of entries that `expression` is true of, in `span`, newest first.

    `share` of `many` entries are likely to be such.
    """
    if is_exact(share, many):
        return gathered(expression, span, most, share, many)
    newest = "SELECT key, lexemes FROM articles_searchentry WHERE key BETWEEN %s AND %s ORDER BY key DESC LIMIT %s"
    sql = f"SELECT key FROM ({newest}) newest WHERE lexemes @@ %s::tsquery ORDER BY key DESC LIMIT %s"
    return sql, [*span, WALKED, told(expression), most]


def gathered(expression: Expression, span: tuple[int, int], most: int, share: float, many: int) -> tuple[str, list]:
    """The same, by the index: all there are, of which the newest are given."""
    found = "SELECT key FROM articles_search_keys(%s::tsquery) AS found(key)"
    return f"{found} WHERE key BETWEEN %s AND %s ORDER BY key DESC LIMIT %s", [told(expression), *span, most]


def stories(expression: Expression) -> tuple[str, list]:
    """SQL and parameters: the ids of working copies that `expression` is true of."""
    return "SELECT story_id FROM articles_deskentry WHERE lexemes @@ %s::tsquery", [told(expression)]


def counted(words: Sequence[tuple]) -> None:
    """Add to the numbers of words: rows of SearchWord's columns."""
    columns = "word, run, stem, shown, length, head, tail, documents, leads, headlines"
    with connection.cursor() as cursor:
        execute_values(
            cursor.cursor,
            f"INSERT INTO articles_searchword AS known ({columns}) VALUES %s "
            "ON CONFLICT (word, run) DO UPDATE SET documents = known.documents + excluded.documents, "
            "leads = known.leads + excluded.leads, headlines = known.headlines + excluded.headlines",
            words,
            page_size=1000,
        )


def told(expression: Expression) -> str:
    """The expression as a tsquery. Each word stands in quotation marks, so none is ever read as an operator."""
    match expression:
        case str():
            return _quoted(expression)
        case Beginning(letters):
            return f"{_quoted(letters)}:*"
        case All(parts):
            return "(" + " & ".join(map(told, parts)) + ")"
        case Any(parts):
            return "(" + " | ".join(map(told, parts)) + ")"
        case But(part, less):
            return f"({told(part)} & !{told(less)})"


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
