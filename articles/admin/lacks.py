"""What a photo lacks before it can be used: the words under its tile, and the question that finds such photos."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

SOON = timedelta(days=7)  # before it expires, a picture says so

# What is lacking: the words for one picture, the words for a filter, the photos it is true of, whether it is of one.
# Each question has an index of its own: a hundred thousand pictures are not read to find the three without a credit.
LACKS = {
    "caption": (
        _("No caption"),
        _("A caption"),
        Q(has_caption=False),
        lambda photo, captions: not any(row.text for row in captions),
    ),
    "alt": (
        _("No alt text"),
        _("Alt text"),
        Q(has_alt=False),
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
