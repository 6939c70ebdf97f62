"""Rows: plain tuples of the database made into the models they came from, without asking again."""

from functools import cache

from django.db.models import Model
from django.db.models.base import ModelState


@cache
def columns(model: type[Model], *names: str) -> tuple[str, ...]:
    """The columns of `model` (those of `names` only, if there are any), in its own order."""
    fields = [field.attname for field in model._meta.concrete_fields]
    assert set(names) <= set(fields), names
    return tuple(name for name in fields if not names or name in names)


def all_but(model: type[Model], *names: str) -> tuple[str, ...]:
    """The columns of `model` without `names`."""
    return tuple(name for name in columns(model) if name not in names)


def instance(model: type[Model], named: tuple[str, ...], row: tuple) -> Model:
    """The `model` of a row that begins with the columns `named`; columns not named are asked for when they are read.

    What `Model.from_db` does, without going through the columns that are not there: a list has sixty such objects, and
    a photo fifty columns that no card shows. Models with receivers of `post_init` (an ImageField has one) don't fit.
    """
    made = model.__new__(model)
    made.__dict__.update(zip(named, row, strict=False))
    made._state = ModelState()
    made._state.adding = False
    made._state.db = "default"
    return made
