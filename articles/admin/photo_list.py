"""A page of the wall: what the filters leave, newest first, from a picture on. Never counted to its end.

A page begins behind a picture ("older") or ends before one ("newer"), each named by when it came in and its number:
so the thousandth page costs what the first does, and what comes in meanwhile pushes none from one page to the next.
"""

from datetime import UTC, datetime, timedelta

from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.db.models import Q
from django.utils.translation import ngettext

from articles.models import Photo

from . import bounded
from .tiles import tile, with_captions

OLDER, NEWER = "older", "newer"
OURS = (OLDER, NEWER, PAGE_VAR)
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class PhotoList(ChangeList):
    """A page of photos as tiles, with the captions that say what is lacking."""

    def get_filters_params(self, params=None):
        return {name: value for name, value in super().get_filters_params(params).items() if name not in OURS}

    def get_query_string(self, new_params=None, remove=None):
        return super().get_query_string(new_params, [*(remove or []), *OURS])

    def others(self, *names):
        """What the address says beside `names`, for the fields of a form: name and value."""
        return [(name, value) for name, value in self.params.items() if name not in (*names, *OURS)]

    def get_results(self, request):
        size, found = self.list_per_page, self.queryset
        end, start = (_mark(request.GET.get(name, "")) for name in (NEWER, OLDER))
        # Numbers first, read off an index; whole rows only of what is shown.
        numbers = found.values_list("pk", flat=True)
        if end:
            page = list(numbers.filter(_beyond(*end, "gt")).order_by("created_at", "id")[: size + 1])
            if len(page) <= size:
                end, start = None, None  # nothing is newer than these: the first page, and a full one
        if end:
            page, is_newest, is_oldest = page[size - 1 :: -1], False, False
        elif start:
            page = list(numbers.filter(_beyond(*start, "lt"))[: size + 1])
            is_newest, is_oldest = False, len(page) <= size
        else:
            page = list(numbers[: bounded.MOST + 1])
            is_newest, is_oldest = True, len(page) <= size
        self.result_count = len(page) if is_newest else bounded.bounded(found).count()
        rows = with_captions(Photo.objects.filter(pk__in=page[:size])).defer("metadata").in_bulk()
        self.result_list = [rows[number] for number in page[:size] if number in rows]
        is_all = is_newest and is_oldest
        self.full_result_count, self.show_full_result_count = None, False
        self.can_show_all, self.multi_page, self.show_admin_actions = False, not is_all, False
        self.tiles = [tile(photo) for photo in self.result_list]
        words = ngettext("%(count)s picture", "%(count)s pictures", self.result_count)
        self.pager = (
            {"words": words % {"count": bounded.said(self.result_count)}} if self.result_list or not is_newest else None
        )
        if self.result_list and not is_newest:
            self.pager |= {"newest": self.get_query_string(), "newer": self._at(NEWER, self.result_list[0])}
        elif not is_newest:
            self.pager |= {"newest": self.get_query_string()}
        if not is_oldest:
            self.pager |= {"older": self._at(OLDER, self.result_list[-1])}

    def _at(self, name, photo):
        moment = (photo.created_at - _BEGINNING) // timedelta(microseconds=1)
        return self.get_query_string({name: f"{moment}-{photo.pk}"})


def _beyond(moment, number, side):
    """Photos on one side of a mark; the first condition is what an index begins with."""
    sides = {f"created_at__{side}": moment}
    return Q(**{f"created_at__{side}e": moment}) & (Q(**sides) | Q(created_at=moment, **{f"id__{side}": number}))


def _mark(text):
    """The moment and number in an address; None for what is no mark of ours."""
    parts = text.split("-")
    if len(parts) != 2 or not all(part.isascii() and part.isdecimal() and len(part) < 19 for part in parts):
        return None
    try:
        return _BEGINNING + timedelta(microseconds=int(parts[0])), int(parts[1])
    except OverflowError:
        return None
