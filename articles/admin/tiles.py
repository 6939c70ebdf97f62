"""Tiles: what the library's wall shows of a picture."""

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from articles.models import Caption

from . import renditions
from .lacks import lacks_of


def with_captions(found):
    """`found` (a QuerySet of photos) with the captions that count: one query for all of them."""
    return found.prefetch_related(Prefetch("captions", queryset=Caption.objects.filter(is_current=True)))


def tile(photo):
    """What a tile shows: the picture, its name, and what it lacks."""
    return {"photo": photo, "address": renditions.address(photo), "lacks": lacks_of(photo)}


def already_here(photo):
    """The sentence for a file that the library holds already."""
    return _("“%(photo)s” is in the library already.") % {"photo": photo}
