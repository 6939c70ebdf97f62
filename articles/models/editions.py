"""Editions: immutable, numbered, published snapshots. Readers, feeds, search and the API see only live ones."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .attachments import Role
from .photos import Photo, PhotoStatus
from .stories import Kind, Story
from .taxonomy import Author, Section, Tag

LIVE = models.Q(is_live=True)


class Immutable(TypeError):
    """Somebody tried to change an edition after it was made. Publish again instead: that makes the next one."""


class EditionQuerySet(models.QuerySet):
    """Every list orders by first publication, newest first."""

    def live(self):
        return self.filter(is_live=True)

    def newest(self):
        return self.order_by("-first_published_at", "-id")

    def in_language(self, language):
        return self.filter(language=language)

    def in_section(self, section):
        return self.filter(section=section)

    def tagged(self, tag):
        return self.filter(edition_tags__tag=tag)

    def signed_by(self, author):
        return self.filter(edition_authors__author=author)

    def between(self, start, end):
        """First published at or after `start` and before `end` (aware datetimes)."""
        return self.filter(first_published_at__gte=start, first_published_at__lt=end)

    def for_cards(self):
        """With what a card shows, and without the snapshot, which no list needs."""
        return self.select_related("lead_photo").defer("snapshot")

    def update(self, **changes):
        if set(changes) - {"is_live"}:
            raise Immutable("An edition's content never changes; publish again to make the next one.")
        return super().update(**changes)


class Edition(models.Model):
    """The columns serve lists; `snapshot` is the story as published. Section, tags, authors and photos go by id."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    # Without an index of its own, as all below whose unique constraint begins with it: that one finds it as fast.
    story = models.ForeignKey(Story, models.PROTECT, related_name="editions", db_index=False)
    number = models.PositiveIntegerField(_("number"))
    story_version = models.PositiveIntegerField()
    is_live = models.BooleanField(_("live"), default=False)
    snapshot = models.JSONField()

    language = models.CharField(_("language"), max_length=10)
    sibling_key = models.UUIDField(db_index=True)
    path = models.CharField(_("address"), max_length=400)
    section = models.ForeignKey(Section, models.PROTECT, null=True, related_name="editions", verbose_name=_("section"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    headline = models.CharField(_("headline"), max_length=300)
    short_headline = models.CharField(_("short headline"), max_length=120, blank=True)
    kicker = models.CharField(_("kicker"), max_length=80, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    words = models.PositiveIntegerField(_("words"), default=0)
    lead_photo = models.ForeignKey(Photo, models.PROTECT, null=True, related_name="+")
    lead_alt = models.CharField(max_length=250, blank=True)
    lead_crop = models.JSONField(null=True)
    first_published_at = models.DateTimeField(_("first published"))
    issued_at = models.DateTimeField(_("issued"))
    modified_at = models.DateTimeField(_("content changed"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("issued by")
    )
    previous_digest = models.CharField(_("digest of the one before"), max_length=64, blank=True)
    digest = models.CharField(_("digest"), max_length=64, unique=True)

    tags = models.ManyToManyField(Tag, through="EditionTag", related_name="editions")
    authors = models.ManyToManyField(Author, through="EditionAuthor", related_name="editions")
    photos = models.ManyToManyField(Photo, through="EditionPhoto", related_name="editions")

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-first_published_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["story", "number"], name="edition_number_once"),
            models.UniqueConstraint(fields=["story"], condition=LIVE, name="edition_one_live_a_story"),
            models.UniqueConstraint(fields=["path"], condition=LIVE, name="edition_one_live_a_path"),
        ]
        indexes = [
            models.Index(fields=["language", "-first_published_at", "-id"], condition=LIVE, name="edition_in_language"),
            models.Index(
                fields=["section", "language", "-first_published_at", "-id"],
                condition=LIVE,
                name="edition_in_section",
            ),
            models.Index(fields=["language", "-modified_at", "-id"], condition=LIVE, name="edition_changed"),
        ]

    def __str__(self):
        return f"{self.headline} ({self.number})"

    def save(self, *args, **kwargs):
        changed = set(kwargs.get("update_fields") or ())
        if not self._state.adding and (not changed or changed - {"is_live"}):
            raise Immutable("An edition's content never changes; publish again to make the next one.")
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return self.path

    @property
    def card_headline(self):
        return self.short_headline or self.headline


class Listed(models.Model):
    """What stands in a list: keeps a copy of the edition's place in time, so that one index carries the list."""

    first_published_at = models.DateTimeField()
    is_live = models.BooleanField(default=False)

    class Meta:
        abstract = True


class EditionTag(Listed):
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="edition_tags", db_index=False)
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="edition_tags")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["edition", "tag"], name="edition_tag_once")]
        indexes = [
            models.Index(fields=["tag", "-first_published_at", "-edition"], condition=LIVE, name="edition_with_tag")
        ]


class EditionAuthor(Listed):
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="edition_authors", db_index=False)
    author = models.ForeignKey(Author, models.PROTECT, related_name="edition_authors")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["edition", "author"], name="edition_author_once")]
        indexes = [
            models.Index(fields=["author", "-first_published_at", "-edition"], condition=LIVE, name="edition_by_author")
        ]


class EditionPhotoQuerySet(models.QuerySet):
    def shown(self):
        """Those whose photo readers may see now: words are frozen, a photo's withdrawal is read as it is."""
        return self.filter(photo__status=PhotoStatus.READY)


class EditionPhoto(models.Model):
    """A picture as published: its words are frozen, its pixels and its withdrawal are read from the photo."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="edition_photos", db_index=False)
    photo = models.ForeignKey(Photo, models.PROTECT, related_name="edition_photos")
    attachment = models.UUIDField()
    role = models.CharField(max_length=10, choices=Role.choices)
    order = models.PositiveIntegerField(default=0)
    caption = models.TextField(blank=True)
    alt = models.CharField(max_length=250, blank=True)
    credit = models.CharField(max_length=200, blank=True)
    crop = models.JSONField(null=True)

    objects = EditionPhotoQuerySet.as_manager()

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["edition", "attachment"], name="edition_photo_once")]
