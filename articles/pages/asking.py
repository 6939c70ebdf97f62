"""Asking: a question whose SQL Django works out once, for pages that ask it thousands of times.

Of the time a query of a page takes, SQLite and PostgreSQL use some 5 in 100; the rest is Django putting together the
same SQL again. Here it is kept, with places for what differs from page to page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

Value = int | str | UUID | datetime | tuple

# What stands for a value while the SQL is put together: such as no row and no literal in a query has.
_INTEGER = 7_310_000_000
_MOMENT = datetime(1907, 3, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Kept:
    """SQL, its parameters (a `_Slot` where a value belongs), and how the database's values become Python's."""

    sql: str
    parameters: tuple
    converters: tuple


@dataclass(frozen=True, slots=True)
class _Slot:
    number: int


_kept: dict[tuple, _Kept] = {}


def ask(build: Callable[..., QuerySet], *given: Value, shape: Sequence = ()) -> list[tuple]:
    """The rows of `build(*shape, *given)`, a QuerySet made with `values_list`.

    `build` is called once for each `shape` and each number of values in a tuple among `given`; it must not look at
    what it is given, only put it into the QuerySet.
    """
    key = (connection.vendor, build, shape, *(len(value) if isinstance(value, tuple) else 0 for value in given))
    kept = _kept.get(key)
    if kept is None:
        kept = _kept[key] = _keep(build, shape, given)
    values = [_adapted(value) for value in _flat(given)]
    parameters = [values[one.number] if type(one) is _Slot else one for one in kept.parameters]
    with connection.cursor() as cursor:
        cursor.execute(kept.sql, parameters)
        rows = cursor.fetchall()
    return [_converted(row, kept.converters) for row in rows] if kept.converters else rows


def _keep(build: Callable[..., QuerySet], shape: Sequence, given: Sequence[Value]) -> _Kept:
    numbers = iter(range(len(_flat(given))))
    places = [
        tuple(_place(one, next(numbers)) for one in value) if isinstance(value, tuple) else _place(value, next(numbers))
        for value in given
    ]
    compiler = build(*shape, *places).query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    slots = {_adapted(place): _Slot(number) for number, place in enumerate(_flat(places))}
    converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
    return _Kept(sql, tuple(slots.get(one, one) for one in parameters), tuple(converters.items()))


def _place(value: Value, number: int) -> Value:
    if isinstance(value, int):
        return _INTEGER + number
    if isinstance(value, UUID):
        return UUID(int=_INTEGER + number)
    if isinstance(value, datetime):
        return _MOMENT + timedelta(days=number)
    return f"\x02{number}\x03"


def _adapted(value: Value) -> object:
    """`value` as the database takes it; what a field's `get_db_prep_value` would do."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value


def _flat(values: Sequence[Value]) -> list[Value]:
    return [one for value in values for one in (value if isinstance(value, tuple) else (value,))]


def _converted(row: tuple, converters: tuple) -> tuple:
    values = list(row)
    for position, (functions, expression) in converters:
        value = values[position]
        for function in functions:
            value = function(value, expression, connection)
        values[position] = value
    return tuple(values)
