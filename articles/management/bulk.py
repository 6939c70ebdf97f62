"""Bulk: rows by the hundred thousand, written past Django's models as fast as a database takes them, to measure."""

import io
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models
from psycopg2.extras import Json
from tqdm import tqdm

Row = tuple[Any, ...]
PLAIN = "CREATE INDEX"


class Table:
    """The table of `model`. Rows give the fields `names` only, in that order; all others have their default.

    `next_id` is the id of the next row to come: who writes them gives each row its own.
    """

    def __init__(self, model: type[models.Model], *names: str) -> None:
        self.model, self.name = model, model._meta.db_table
        fields = {field.attname: field for field in model._meta.concrete_fields}
        blank = model()
        rest = [name for name in fields if name not in names]
        self.rest: Row = tuple(
            fields[name].get_db_prep_save(fields[name].pre_save(blank, add=True), connection) for name in rest
        )
        self.columns = [fields[name].column for name in (*names, *rest)]
        self.first_id = (model.objects.order_by().aggregate(most=models.Max("pk"))["most"] or 0) + 1
        self.next_id = self.first_id

    def ids(self, count: int) -> range:
        """The ids of the next `count` rows."""
        first, self.next_id = self.next_id, self.next_id + count
        return range(first, self.next_id)

    def write(self, rows: Sequence[Row]) -> None:
        """Write the rows, in the transaction that is open."""
        if connection.vendor == "postgresql":
            self._copy(rows)
            return
        columns, places = ", ".join(f'"{column}"' for column in self.columns), ", ".join("?" * len(self.columns))
        statement = f'INSERT INTO "{self.name}" ({columns}) VALUES ({places})'
        connection.ensure_connection()
        connection.connection.executemany(statement, [row + self.rest for row in rows])

    def _copy(self, rows: Sequence[Row]) -> None:
        rest = "".join(f"\t{_copied(value)}" for value in self.rest)
        lines = io.StringIO("".join("\t".join(map(_copied, row)) + rest + "\n" for row in rows))
        with connection.cursor() as cursor:
            cursor.copy_from(lines, self.name, columns=self.columns)


def _copied(value: Any) -> str:
    """A value in the text format of COPY (PostgreSQL's manual, "COPY", File Formats)."""
    if value is None:
        return r"\N"
    if isinstance(value, str):
        return value.replace("\\", r"\\").replace("\t", r"\t").replace("\n", r"\n").replace("\r", r"\r")
    if isinstance(value, bool):
        return "t" if value else "f"
    return json.dumps(value.adapted) if isinstance(value, Json) else str(value)


@contextmanager
def without_indexes(tables: Sequence[Table]) -> Iterator[None]:
    """Take the tables' indexes away, but for what holds them together (keys, unique ones), and build them anew
    afterwards, however it ended: at once they take a fraction of the time. A process that is killed builds none."""
    on_postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, tablename, indexdef FROM pg_indexes WHERE schemaname = current_schema()"
            if on_postgres
            else "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index'"
        )
        names = {table.name for table in tables}
        # A unique one is no CREATE INDEX; what SQLite makes by itself has no statement.
        definitions = {
            name: made.replace(PLAIN, f"{PLAIN} IF NOT EXISTS", 1)
            for name, table, made in cursor.fetchall()
            if table in names and made and made.startswith(f"{PLAIN} ")
        }
    try:
        with connection.cursor() as cursor:
            for name in definitions:
                cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
        yield
    finally:
        with connection.cursor() as cursor, tqdm(total=len(definitions), unit=" indexes", disable=None) as bar:
            if on_postgres:
                cursor.execute("SET maintenance_work_mem = '512MB'")
            for definition in definitions.values():
                cursor.execute(definition)
                bar.update()
            if on_postgres:
                cursor.execute("RESET maintenance_work_mem")


def stored_moment(at: datetime) -> str:
    """As the database keeps it."""
    there = at.astimezone(UTC)
    return str(there.replace(tzinfo=None)) if connection.vendor == "sqlite" else there.isoformat()


def follow(*tables: Table) -> None:
    """Let ids that the database gives go on behind those that were given here."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables]):
            cursor.execute(statement)
