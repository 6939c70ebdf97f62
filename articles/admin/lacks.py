"""What a photo lacks before it can be used: the words under its tile, and the question that finds such photos."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from articles.models import Caption

_CURRENT = Caption.objects.filter(photo=OuterRef("pk"), is_current=True)

# What is lacking: the words for one picture, the words for a filter, the photos it is true of, whether it is of one.
LACKS = {
    "caption": (
        _("No caption"),
        _("A caption"),
        ~Exists(_CURRENT.exclude(text="")),
        lambda photo, captions: not any(row.text for row in captions),
    ),
    "alt": (
        _("No alt text"),
        _("Alt text"),
        ~Exists(_CURRENT.filter(Q(decorative=True) | ~Q(alt=""))),
        lambda photo, captions: not any(row.alt or row.decorative for row in captions),
    ),
    "credit": (_("No credit"), _("A credit"), Q(credit=""), lambda photo, captions: not photo.credit),
    "rights": (_("Rights not set"), _("Rights"), Q(rights=""), lambda photo, captions: not photo.rights),
}


def lacking(photos, what):
    """Those of `photos` (a QuerySet) that lack `what`, a key of LACKS."""
    return photos.filter(LACKS[what][2])


def lacks_of(photo):
    """What `photo` lacks, as short words for under its tile. Reads the captions that are prefetched."""
    captions = [row for row in photo.captions.all() if row.is_current]
    return [words for words, _filter, _found, is_so in LACKS.values() if is_so(photo, captions)]
