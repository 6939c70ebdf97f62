"""Editions: making the next immutable snapshot of a story, and taking the live one off."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.body import document
from articles.models import Attachment, Edition, EditionAuthor, EditionPhoto, EditionTag, Role, Story
from articles.models.snapshots import digest_of, snapshot

from .errors import NotAllowed


def issue(story: Story, *, by: AbstractBaseUser | None) -> Edition:
    """Make the next edition of `story`, live from now on. Its address and first publication are fixed already.

    Raises NotAllowed where the live edition says exactly the same.
    """
    state = snapshot(story, as_published=True)
    last = story.editions.order_by("-number").first()
    unchanged = last is not None and last.snapshot == state
    same_words = last is not None and _but_addresses(last.snapshot) == _but_addresses(state)
    if unchanged and last.is_live:
        raise NotAllowed(_("Nothing has changed since edition %(number)d.") % {"number": last.number})
    take_off(story)
    now = timezone.now()
    edition = Edition(
        story=story,
        number=last.number + 1 if last else 1,
        story_version=story.version,
        is_live=True,
        snapshot=state,
        issued_at=now,
        issued_by=by,
        first_published_at=story.first_published_at,
        modified_at=_modified_at(story, last, same_words, now),
        previous_digest=last.digest if last else "",
        words=document.words(story.body),
        **{name: getattr(story, name) for name in COLUMNS},
    )
    edition.digest = digest_of(state, f"{story.uuid}:{edition.number}:{edition.previous_digest}")
    pictures = list(story.attachments.select_related("photo").prefetch_related("photo__captions"))
    _put_lead(edition, pictures)
    edition.save()
    _keep_relations(edition, story, pictures)
    return edition


COLUMNS = (
    "language",
    "sibling_key",
    "path",
    "section",
    "kind",
    "headline",
    "short_headline",
    "kicker",
    "summary",
)


def _but_addresses(state: Mapping[str, Any]) -> dict[str, Any]:
    """What a snapshot says beside addresses: its own, and its section's."""
    return {**state, "slug": "", "section": (state.get("section") or {}).get("uuid")}


def _modified_at(story: Story, last: Edition | None, same_words: bool, now: datetime) -> datetime:
    """Moves only when content does (structured-data rules), and is never before the first publication."""
    if last is None:
        return story.first_published_at
    return last.modified_at if same_words else now


def _put_lead(edition: Edition, pictures: list[Attachment]) -> None:
    """The picture of cards: the lead, else the first there is."""
    lead = next((row for row in pictures if row.role == Role.LEAD), pictures[0] if pictures else None)
    if lead:
        edition.lead_photo = lead.photo
        edition.lead_alt = lead.shown_words(edition.language).alt
        edition.lead_crop = lead.crop


def _keep_relations(edition: Edition, story: Story, pictures: list[Attachment]) -> None:
    place = {"edition": edition, "first_published_at": edition.first_published_at, "is_live": True}
    tags = story.story_tags.order_by("id").values_list("tag_id", flat=True)
    EditionTag.objects.bulk_create(EditionTag(tag_id=pk, order=order, **place) for order, pk in enumerate(tags))
    authors = story.byline_set.values_list("author_id", flat=True)
    EditionAuthor.objects.bulk_create(
        EditionAuthor(author_id=pk, order=order, **place) for order, pk in enumerate(authors)
    )
    EditionPhoto.objects.bulk_create(_as_published(edition, row) for row in pictures)


def _as_published(edition: Edition, row: Attachment) -> EditionPhoto:
    words = row.shown_words(edition.language)
    return EditionPhoto(
        edition=edition,
        photo=row.photo,
        attachment=row.uuid,
        role=row.role,
        order=row.order,
        caption=words.caption,
        alt="" if words.decorative else words.alt,
        credit=row.photo.credit,
        crop=row.crop,
    )


def take_off(story: Story) -> None:
    """No edition of `story` is live any more."""
    live = story.editions.filter(is_live=True)
    for listed in (EditionTag, EditionAuthor):
        listed.objects.filter(edition__in=live.values("pk")).update(is_live=False)
    live.update(is_live=False)
