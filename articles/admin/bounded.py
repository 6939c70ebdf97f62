"""Counts for the side of a list: no further than anybody wants to know, and all of them in one question."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import IntegerField, QuerySet, Subquery
from django.utils.formats import number_format
from django.utils.translation import gettext as _

MOST = 1000  # rows that are counted; beyond, "1,000+" is all that is said


class CountUpTo(Subquery):
    """How many rows a sliced question gives."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def bounded(rows: QuerySet) -> QuerySet:
    """At most one more than MOST of `rows`, as little of each as there is to read."""
    return rows.order_by().values("pk")[: MOST + 1]


def counts(questions: dict[str, QuerySet], user: AbstractBaseUser) -> dict[str, int]:
    """By name: how many rows each question gives, MOST + 1 for all that is more. One query."""
    # Django asks everything of some table: the row of who looks is always there.
    asked = {f"count_{name}": CountUpTo(bounded(rows)) for name, rows in questions.items()}
    row = get_user_model().objects.filter(pk=user.pk).annotate(**asked).values(*asked).get()
    return {name.removeprefix("count_"): number for name, number in row.items()}


def said(number: int) -> str:
    """A count as the side of a list shows it."""
    if number <= MOST:
        return number_format(number, force_grouping=True)
    return _("%(count)s+") % {"count": number_format(MOST, force_grouping=True)}
