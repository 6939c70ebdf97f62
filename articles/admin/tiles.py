"""Tiles: what the library's wall shows of a picture."""

from babel.dates import format_timedelta
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from articles.models import Caption, PhotoStatus

from . import renditions
from .lacks import SOON, lacks_of

RATED = {1: "picked", -1: "rejected"}


def with_captions(found):
    """`found` (a QuerySet of photos) with the captions that count: one query for all of them."""
    return found.prefetch_related(Prefetch("captions", queryset=Caption.objects.filter(is_current=True)))


def tile(photo):
    """What a tile shows: the picture, its name, its captions, what it lacks, and what readers are kept from."""
    stops, warns = _dates(photo)
    return {
        "photo": photo,
        "address": renditions.address(photo),
        "captions": sorted((row for row in photo.captions.all() if row.is_current and row.text), key=_is_foreign),
        "lacks": [*lacks_of(photo), *warns],
        "stops": stops,
        "rated": RATED.get(photo.rating, ""),
    }


def _is_foreign(caption):
    return caption.language != get_language()


def _dates(photo):
    """What the dates of a picture say: sentences that stop it, and such that warn."""
    now = timezone.now()
    if photo.status == PhotoStatus.WITHDRAWN:
        return [_("Withdrawn")], []
    if photo.usable_until and photo.usable_until <= now:
        return [_("Expired")], []
    stops, warns = [], []
    if photo.usable_from and photo.usable_from > now:
        stops = [_("Embargo ends %(when)s") % {"when": _ahead(photo.usable_from - now)}]
    if photo.usable_until and photo.usable_until <= now + SOON:
        warns = [_("Expires %(when)s") % {"when": _ahead(photo.usable_until - now)}]
    return stops, warns


def _ahead(left):
    """How far off it is, in words of the screen: “in 3 days”."""
    return format_timedelta(left, add_direction=True, threshold=1.2, locale=to_locale(get_language()))


def already_here(photo):
    """The sentence for a file that the library holds already."""
    return _("“%(photo)s” is in the library already.") % {"photo": photo}
