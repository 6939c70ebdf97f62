"""Checks: the gates a story passes before it is published, and the checks of a deployment."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import Error, Tags, register
from django.core.checks import Warning as Caution
from django.db import DatabaseError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.body import document
from articles.body.lists import listed
from articles.imaging import credentials, signing
from articles.models import Photo, PhotoStatus, Publication, Story


@dataclass(frozen=True)
class Lack:
    """Something missing: which field or attachment, and the sentence the editor reads."""

    where: str
    sentence: str

    def __str__(self):
        return self.sentence


def which_picture(number: int) -> str:
    """“The first picture” … “Picture 6”, to begin a sentence with; the first is 1."""
    names = [
        _("The first picture"),
        _("The second picture"),
        _("The third picture"),
        _("The fourth picture"),
        _("The fifth picture"),
    ]
    return names[number - 1] if number <= len(names) else _("Picture %(number)d") % {"number": number}


def headline(story: Story) -> Iterator[Lack]:
    if not story.headline.strip():
        yield Lack("headline", _("The story has no headline."))


def body(story: Story) -> Iterator[Lack]:
    if document.is_empty(story.body):
        yield Lack("body", _("The story has no text."))


def language(story: Story) -> Iterator[Lack]:
    languages = Publication.objects.current().languages
    if story.language not in languages:
        yield Lack(
            "language",
            _("The outlet does not publish in “%(language)s”. It publishes in: %(languages)s.")
            % {"language": story.language, "languages": listed(languages)},
        )


def named(photo: Photo) -> str:
    """What the desk calls a picture: its file's name, but where that would tell where it came from."""
    return str(photo) if photo.hide_source else photo.original_name or photo.headline


def pictures(story: Story) -> Iterator[Lack]:
    """Every picture needs a caption and an alt text, or the word that it is decoration."""
    rows = story.attachments.select_related("photo").prefetch_related("photo__captions")
    for place, row in enumerate(rows, 1):
        words = row.shown_words(story.language)
        picture = {"picture": which_picture(place), "name": named(row.photo)}
        if not words.caption.strip():
            yield Lack(f"attachment:{row.uuid}", _("%(picture)s (%(name)s) has no caption.") % picture)
        if not words.alt.strip() and not words.decorative:
            yield Lack(f"attachment:{row.uuid}", _("%(picture)s (%(name)s) has no alt text.") % picture)


def usable(story: Story) -> Iterator[Lack]:
    """No picture goes out before its embargo ends, after it expired, or once it was withdrawn."""
    now, publication = timezone.now(), Publication.objects.current()
    for place, row in enumerate(story.attachments.select_related("photo"), 1):
        photo = row.photo
        said = {"picture": which_picture(place), "name": named(photo)}
        if photo.status == PhotoStatus.WITHDRAWN:
            sentence = _("%(picture)s (%(name)s) is withdrawn. Choose another.")
        elif photo.usable_from and now < photo.usable_from:
            said["when"] = moment_said(photo.usable_from, publication)
            sentence = _("%(picture)s (%(name)s) may not be used before %(when)s. Choose another, or wait.")
        elif photo.usable_until and now >= photo.usable_until:
            said["when"] = moment_said(photo.usable_until, publication)
            sentence = _("%(picture)s (%(name)s) may not be used after %(when)s. Choose another.")
        else:
            continue
        yield Lack(f"attachment:{row.uuid}", sentence % said)


def moment_said(moment: datetime, publication: Publication) -> str:
    return date_format(publication.local(moment), "DATETIME_FORMAT")


def figures(story: Story) -> Iterator[Lack]:
    """A figure in the text must hold a picture of this story."""
    held = {str(uuid) for uuid in story.attachments.values_list("uuid", flat=True)}
    lost = [uuid for uuid in document.attachments(story.body) if uuid not in held]
    if lost:
        yield Lack(
            "body",
            ngettext(
                "%(count)d figure in the text has lost its picture. Choose another or take the figure out.",
                "%(count)d figures in the text have lost their pictures. Choose others or take the figures out.",
                len(lost),
            )
            % {"count": len(lost)},
        )


# In the order in which an editor meets them.
GATES = (headline, body, language, pictures, usable, figures)


def lacks(story: Story) -> list[Lack]:
    """What `story` still lacks before it may be published; empty when nothing is missing."""
    return [lack for gate in GATES for lack in gate(story)]


@register(Tags.security, deploy=True)
def no_sample_accounts(app_configs, **kwargs):
    """The sample's accounts have a published password: production must not hold one that is active."""
    if not settings.PRODUCTION:
        return []
    return [
        Error(
            f"The account “{name}” of the sample newsroom is here, and its password is known to everybody.",
            hint="Delete it or close it (is_active) before anybody can sign in.",
            id="articles.E001",
        )
        for name in sample_accounts()
    ]


@register(Tags.security)
def content_credentials(app_configs, **kwargs):
    """What keeps content credentials from being read or written as the settings ask. Pictures go out all the same."""
    found = []
    if settings.C2PA_TRUST and not os.access(settings.C2PA_TRUST, os.R_OK):
        said = (
            f"NEWSROOM_C2PA_TRUST names “{settings.C2PA_TRUST}”, which cannot be read: nobody’s signature is trusted."
        )
        found.append(Caution(said, id="articles.W001"))
    if (settings.C2PA_TRUST or settings.C2PA_CERTIFICATE) and not credentials.installed():
        said = "Content credentials are set up, but what reads and writes them is not installed."
        hint = "Install the optional extra “provenance” (docs/operators.md)."
        return [*found, Caution(said, hint=hint, id="articles.W002")]
    if settings.C2PA_CERTIFICATE:
        faults = signing.faults(settings.C2PA_CERTIFICATE, settings.C2PA_KEY)
        found += [Caution(f"Content credentials: {fault}", id="articles.W003") for fault in faults]
        if signing.exposed(settings.C2PA_KEY):
            said = f"“{settings.C2PA_KEY}” is a private key that others may read, or its group may change."
            found.append(Error(said, hint="chmod 0640 or 0600, and look who had it.", id="articles.E002"))
    return found


def sample_accounts() -> list[str]:
    """The user names of the sample's accounts that can sign in here; empty before the first migrate."""
    try:
        users = get_user_model().objects.filter(is_active=True, email__endswith="@sample.invalid")
        return sorted(users.values_list("username", flat=True))
    except DatabaseError:
        return []
