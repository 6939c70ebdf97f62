"""What the newsroom's lists share: facets with counts at their start side, and a way to the next page."""

import re

from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR
from django.db.models import Prefetch

from articles.models import Attachment, Role


class Facet(admin.SimpleListFilter):
    """A group of links that narrow a list; the one that is chosen takes its choice back.

    `title` and `parameter_name` are Django's. Counts are of the whole list, so they are shown only while nothing
    narrows it: beside a search they would be wrong.
    """

    template = "admin/facet.html"

    def counts(self):
        """By value: how many rows stand behind each choice. A few queries, each over an index."""
        return {}

    def choices(self, changelist):
        counts = {} if is_narrowed(changelist) else self.counts()
        for value, words in self.lookup_choices:
            selected = self.value() == str(value)
            yield {
                "selected": selected,
                "query_string": changelist.get_query_string({self.parameter_name: None if selected else value}),
                "display": words,
                "count": counts.get(value, 0) if counts else None,
            }


# What Django lets anybody ask of a list by its address alone: a pattern may run for ever and hold the server up, a list
# of numbers may hold one too large for the database.
NOT_ASKED = ("regex", "iregex", "in")
# Parts of a date with the figures they may have; of other years Python's calendar cannot make a span.
DATE_PARTS = {"year": "[12][0-9]{3}", "month": "[0-9]{1,2}", "day": "[0-9]{1,2}"}


class Narrowed:
    """For a ModelAdmin: its list is narrowed by what its own links ask for, and by nothing that could break it."""

    def lookup_allowed(self, lookup, value, request):
        _field, parted, kind = lookup.rpartition("__")
        if parted and kind in NOT_ASKED:
            return False
        if parted and kind in DATE_PARTS and not re.fullmatch(DATE_PARTS[kind], str(value)):
            return False
        return super().lookup_allowed(lookup, value, request)


class Searched(Narrowed):
    """For a ModelAdmin: what is searched in other tables is found once, without comparing whole rows to each other."""

    def get_search_results(self, request, queryset, search_term):
        if not search_term:
            return queryset, False
        found, _twice = super().get_search_results(request, self.model.objects.order_by(), search_term)
        return queryset.filter(pk__in=found.values("pk")), False


def is_narrowed(changelist):
    """Whether a filter, a date or a search leaves rows out of the list."""
    return bool(changelist.query or changelist.get_filters_params())


def pager(changelist):
    """Where a list stands, and the addresses of the pages before and after it ("" at an end)."""
    page = changelist.paginator.get_page(changelist.page_num)

    def address(number):
        return changelist.get_query_string({PAGE_VAR: number})

    return {
        "first": page.start_index(),
        "last": page.end_index(),
        "count": changelist.result_count,
        "before": address(page.previous_page_number()) if page.has_previous() else "",
        "after": address(page.next_page_number()) if page.has_next() else "",
    }


def with_lead(stories):
    """`stories` (a QuerySet), each with its lead picture in the list `lead`: one query for all of them."""
    leads = Attachment.objects.filter(role=Role.LEAD).select_related("photo").defer("photo__metadata")
    return stories.prefetch_related(Prefetch("attachments", queryset=leads, to_attr="lead"), "section__words")
