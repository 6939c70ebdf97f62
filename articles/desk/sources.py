"""What may be done with a hidden source: say who may know it, and hand out an original with nothing more in it."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from articles.imaging.handout import Handout, handout
from articles.imaging.metadata import Facts
from articles.models import Photo, Publication

from .changing import changing
from .errors import NotAllowed, Refused
from .photos import FILED, FROM_FILE

User = AbstractBaseUser | None


def name_keepers(photo: Photo, people: Iterable[AbstractBaseUser], *, by: User) -> None:
    """Say who may know where `photo` came from, while its source is hidden. At least one person must.

    Whoever may not know it names nobody. Raises NotAllowed or Refused.
    """
    people = set(people)
    if by and not by.has_perm("articles.change_photo"):
        raise NotAllowed(_("You may not change what is said of a photo."))
    with changing(photo, "name_keepers", by=by) as details:
        if by and not photo.source_known_to(by):
            raise NotAllowed(_("The source of “%(photo)s” is kept from you: ask who took it in.") % {"photo": photo})
        if photo.hide_source and not people:
            raise Refused(_("Somebody must know the source: choose at least one person."))
        details["people"] = sorted(person.get_username() for person in people)
        photo.keepers.set(people)


def hand_out(photo: Photo, *, by: User) -> Handout:
    """The original of `photo` with the words of the desk written in, for somebody outside the newsroom.

    A hidden source is hidden in it too, whoever asks. Raises NotAllowed, and `intake.Refused` for a file that cannot be
    read any more.
    """
    if by and not by.has_perm("articles.view_photo"):
        raise NotAllowed(_("You may not see the photos."))
    if by and not (by.has_perm("articles.change_photo") or by.has_perm("articles.caption_photo")):
        raise NotAllowed(_("You may not take an original out of the library."))
    rows = {row.language: row for row in photo.captions.filter(is_current=True)}
    languages = Publication.objects.current().languages
    first = next((rows[code] for code in languages if code in rows), None)
    facts = Facts(**{FROM_FILE.get(name, name): getattr(photo, name) for name in FILED})
    facts.caption, facts.alt = (first.text, first.alt) if first else ("", "")
    said = {code: row.text for code, row in rows.items() if row.text}
    with changing(photo, "hand_out", by=by) as details:
        with photo.original.open("rb") as original:
            made = handout(original, facts, captions=said, hide_source=photo.hide_source)
        details |= {"format": made.format, "bytes": len(made.data), "source_hidden": photo.hide_source}
    return made
