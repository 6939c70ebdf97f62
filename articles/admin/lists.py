"""What the newsroom's lists share: facets with counts at their start side, and a way to the next page."""

import re

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import PAGE_VAR
from django.db.models import Prefetch
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

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
MOST_AT_ONCE = 200  # rows that one press of a button may be about
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

    def response_action(self, request, queryset):
        """Carry out an action with the rows ticked, as far as they are rows: Django asks the database for whatever was
        sent as their numbers, and fails on what is none."""
        chosen = list(dict.fromkeys(filter(_is_number, request.POST.getlist(ACTION_CHECKBOX_NAME))))
        across = request.POST.get("select_across", "0") != "0"
        if (queryset.count() if across else len(chosen)) > MOST_AT_ONCE:
            said = _("That is too much at once: tick at most %(most)d and go on with the others after.")
            self.message_user(request, said % {"most": MOST_AT_ONCE}, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        data = request.POST.copy()
        data.setlist(ACTION_CHECKBOX_NAME, chosen)
        request.POST = data
        return super().response_action(request, queryset)


def _is_number(text):
    return text.isascii() and text.isdecimal() and len(text) < 19


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
