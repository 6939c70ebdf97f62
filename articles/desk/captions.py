"""What may be done with a caption: write it. Every change is a new version."""

from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from articles.body.characters import clean_text
from articles.models import Caption, Photo

from .changing import changing
from .errors import NotAllowed, Refused
from .findable import keep_findable
from .held import current_caption, note_caption

FOLDED = timedelta(minutes=10)  # what is typed on within it is one line of the audit log
ALT_LENGTH = 250  # characters; 125 is the aim (IPTC photo metadata)


def caption(
    photo: Photo,
    language: str,
    *,
    by: AbstractBaseUser | None,
    text: str = "",
    alt: str = "",
    decorative: bool = False,
    door: str = "",
    typed: bool = False,
    over: Caption | None = None,
) -> Caption:
    """Write the caption of `photo` in `language`; the version before is kept. Gives the current one.

    `typed` marks a version that is saved while somebody types; with `over`, such a version is written over by what the
    same person typed on, so that pauses make no versions.
    """
    if by and not by.has_perm("articles.caption_photo"):
        raise NotAllowed(_("You may not write captions."))
    text, alt = clean_text(text).strip(), clean_text(alt).strip()
    if len(alt) > ALT_LENGTH:
        raise Refused(
            _("The alt text “%(start)s…” has %(length)d characters; at most %(most)d are kept.")
            % {"start": alt[:40], "length": len(alt), "most": ALT_LENGTH}
        )
    with changing(photo, "caption", by=by, door=door, fold=FOLDED if over else None) as details:
        last = current_caption(photo, language)
        if last and (last.text, last.alt, last.decorative) == (text, alt, decorative):
            return last
        if over and last == over:
            last.text, last.alt, last.decorative = text, alt, decorative
            last.save(update_fields=["text", "alt", "decorative"])
            details |= {"language": language, "version": last.version, "typed": True}
            keep_findable(photo)
            return last
        if last:
            photo.captions.filter(pk=last.pk).update(is_current=False)
        row = Caption.objects.create(
            photo=photo,
            language=language,
            text=text,
            alt=alt,
            decorative=decorative,
            version=last.version + 1 if last else 1,
            by=by,
        )
        note_caption(photo, row)
        details |= {"language": language, "version": row.version} | ({"typed": True} if typed else {})
        keep_findable(photo)
    return row
