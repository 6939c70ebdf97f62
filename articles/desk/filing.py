"""Filing: a draft in any format, with its pictures, becomes a story in one go, or nothing at all."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.body import document
from articles.body.characters import clean_text
from articles.body.slug import slug as make_slug
from articles.body.text import normalise
from articles.models import Author, AuthorWords, Edition, Role, Section, Story
from articles.models.taxonomy import free_slug
from articles.wire.draft import Draft

from . import photos, stories
from .attachments import put_words
from .changing import once_more, together
from .errors import Refused

User = AbstractBaseUser | None


@dataclass(frozen=True)
class Picture:
    """A picture file handed in with a story, and its alt text."""

    file: BinaryIO
    name: str
    alt: str = ""


@dataclass
class Filed:
    """What became of a draft. `known` says that the same text had been filed before: then nothing was done."""

    story: Story
    edition: Edition | None = None
    known: bool = False
    warnings: list[str] = field(default_factory=list)


def digest_of(text: str) -> str:
    """SHA-256, hex, of the normalised text: the same words with other line ends or spaces are the same text."""
    return hashlib.sha256(normalise(text).encode()).hexdigest()


@once_more
def file(
    draft: Draft,
    *,
    text: str,
    language: str,
    by: User,
    section: Section | None = None,
    authors: Sequence[str] = (),
    tags: Sequence[str] = (),
    pictures: Sequence[Picture] = (),
    at: datetime | None = None,
    publish: bool = False,
    door: str = "",
) -> Filed:
    """Make a story of `draft`, whose words came as `text`; captions go to the pictures in order.

    A text filed before gives its story, untouched. More captions than pictures is no error: the rest is kept in a
    note, and the story stays a draft. Raises Refused, NotReady or `imaging.intake.Refused`; nothing is kept then.
    """
    digest = digest_of(text)
    known = Story.objects.kept().filter(language=language, source_digest=digest).first()
    if known:
        said = _("This text is here already, as “%(story)s”. Nothing was changed.") % {"story": known}
        return Filed(known, known.live_edition, known=True, warnings=[said])
    if len(pictures) > len(draft.captions):
        raise Refused(_more_pictures(len(pictures), len(draft.captions)))
    filed_warnings = list(draft.warnings)
    left_over = draft.captions[len(pictures) :]
    with together():
        taken = [photos.take(picture.file, name=picture.name, by=by, door=door) for picture in pictures]
        attachments = _attachments(taken, draft.captions, pictures, language, by, door)
        story = stories.start(
            language=language,
            by=by,
            door=door,
            source_digest=digest,
            headline=draft.headline,
            subheads=draft.subheads,
            body=_with_figures(draft.document(), [row["uuid"] for row in attachments[1:]]),
            section=section,
            authors=[_author(name, language) for name in authors],
            tags=tags,
            attachments=attachments,
        )
        if left_over:
            said = ngettext(
                "%(count)d caption has no picture yet; it is kept in the story's notes: %(captions)s",
                "%(count)d captions have no picture yet; they are kept in the story's notes: %(captions)s",
                len(left_over),
            ) % {"count": len(left_over), "captions": " / ".join(left_over)}
            filed_warnings.append(said)
            stories.note(story, _("Captions without a picture:") + "\n" + "\n".join(left_over), by=by)
        edition = stories.publish(story, by=by, at=at, door=door) if publish and not left_over else None
    return Filed(story, edition, warnings=filed_warnings)


def _more_pictures(given: int, captions: int) -> str:
    said = _("Every picture needs its caption. Pictures: %(pictures)d; captions in the text: %(captions)d.")
    return said % {"pictures": given, "captions": captions}


def _attachments(taken, captions, pictures, language, by, door):
    """The first picture leads, the others stand in the text. New words go to the library, other words stay here."""
    rows = []
    for place, (photo, text, picture) in enumerate(zip(taken, captions, pictures, strict=False)):
        own = put_words(photo, language, by=by, text=text, alt=picture.alt, door=door)
        role = Role.TEXT if place else Role.LEAD
        rows.append({"uuid": uuid4(), "photo": photo, "role": role, **own})
    return rows


def _with_figures(body: dict, attachments: list) -> dict:
    """Stand the pictures at even distances in the text, never right after a crosshead."""
    blocks = list(body["content"])
    for place, attachment in enumerate(reversed(attachments)):
        share = (len(attachments) - place) / (len(attachments) + 1)
        after = max(1, round(len(blocks) * share))
        while after < len(blocks) and blocks[after - 1]["type"] == "crosshead":
            after += 1
        blocks.insert(after, document.figure(str(attachment)))
    return document.document(blocks)


def _author(name: str, language: str) -> Author:
    """The author of that name, in any language; a new one where there is none."""
    name = clean_text(name).strip()
    words = AuthorWords.objects.filter(name__iexact=name).select_related("author").order_by("pk").first()
    if words:
        return words.author
    if not name or len(name) > 100:
        raise Refused(_("“%(name)s” is no name for an author: it has 1 to 100 characters.") % {"name": name[:120]})
    author = Author.objects.create(
        slug=free_slug(make_slug(name, "author"), lambda wanted: Author.objects.filter(slug=wanted).exists())
    )
    AuthorWords.objects.create(author=author, language=language, name=name)
    return author
