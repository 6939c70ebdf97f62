"""Stories: what editors work on. Always the working copy; nothing a reader sees comes from here."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from articles.body import document

from .taxonomy import Author, Section, Tag
from .workflow import Status

KEPT = models.Q(binned_at=None)


class Kind(models.TextChoices):
    """What kind of piece it is, shown to readers as a label where it is not plain news."""

    NEWS = "news", _("News")
    ANALYSIS = "analysis", _("Analysis")
    OPINION = "opinion", _("Opinion")
    EDITORIAL = "editorial", _("Editorial")
    INTERVIEW = "interview", _("Interview")
    FEATURE = "feature", _("Feature")
    LONG_READ = "long_read", _("Long read")
    OBITUARY = "obituary", _("Obituary")
    REVIEW = "review", pgettext_lazy("kind of story", "Review")


class StoryQuerySet(models.QuerySet):
    def kept(self):
        """Those not in the bin: what the newsroom works on."""
        return self.filter(binned_at=None)

    def binned(self):
        """Those in the bin, where they wait before they are deleted for good."""
        return self.exclude(binned_at=None)

    def changeable_by(self, user):
        """The stories whose words `user` may change: all of them, or those the user began or signs. None in the bin."""
        if user.has_perm("articles.change_any_story"):
            return self.kept()
        if not user.has_perm("articles.change_story"):
            return self.none()
        own = models.Q(started_by=user) | models.Exists(
            Byline.objects.filter(story=models.OuterRef("pk"), author__user=user)
        )
        return self.kept().filter(own)

    def illustrated_by(self, user):
        """The stories `user` may put pictures into: those they may change, and for photo staff all that are kept."""
        return self.kept() if user.has_perm("articles.illustrate_story") else self.changeable_by(user)

    def waiting_for(self, user):
        """Stories in review, for those who may publish or return them; none for anybody else."""
        if user.has_perm("articles.publish_story") or user.has_perm("articles.return_story"):
            return self.kept().filter(status=Status.REVIEW)
        return self.none()


class StoryTag(ItemBase):
    """A tag on a story's working copy."""

    # The unique constraint, below, begins with it: an index of its own would be written for nothing.
    content_object = models.ForeignKey("Story", models.CASCADE, related_name="story_tags", db_index=False)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="story_tags")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="story_tag_once")]


class Story(models.Model):
    """The columns may be empty: completeness is a gate at publishing, never a wall while writing."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    language = models.CharField(_("language"), max_length=10)
    sibling_key = models.UUIDField(_("siblings"), default=uuid4, db_index=True)
    slug = models.CharField(_("slug"), max_length=80, blank=True)

    headline = models.CharField(_("headline"), max_length=300, blank=True)
    short_headline = models.CharField(_("short headline"), max_length=120, blank=True)
    subheads = models.JSONField(_("sub-heads"), default=list, blank=True)
    kicker = models.CharField(_("kicker"), max_length=80, blank=True)
    dateline = models.CharField(_("dateline"), max_length=80, blank=True)
    summary = models.TextField(_("summary"), blank=True, max_length=600)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.NEWS)
    source_agency = models.CharField(_("source agency"), max_length=120, blank=True)
    body = models.JSONField(_("body"), default=document.empty, blank=True)

    section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="stories", verbose_name=_("section")
    )
    authors = models.ManyToManyField(Author, through="Byline", related_name="stories", blank=True)
    tags = TaggableManager(through=StoryTag, blank=True, verbose_name=_("tags"))
    related = models.ManyToManyField(
        "self", through="Related", symmetrical=False, blank=True, verbose_name=_("related stories")
    )

    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    live_edition = models.OneToOneField(
        "Edition", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("live edition")
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    first_published_at = models.DateTimeField(_("first published"), null=True, blank=True, editable=False)
    path = models.CharField(_("address"), max_length=400, blank=True, editable=False)
    source_digest = models.CharField(max_length=64, blank=True, editable=False)

    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("begun by")
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("last changed by")
    )
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    changed_at = models.DateTimeField(_("last change"), auto_now=True, db_index=True)

    # When it was put in the bin; None for all that the newsroom works on.
    binned_at = models.DateTimeField(_("in the bin since"), null=True, blank=True, editable=False)

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ["-changed_at", "-id"]
        constraints = [
            # What lies in the bin stands in nobody's way.
            models.UniqueConstraint(
                fields=["sibling_key", "language"], condition=KEPT, name="story_one_sibling_a_language"
            ),
            models.UniqueConstraint(fields=["path"], condition=~models.Q(path=""), name="story_path_once"),
            models.UniqueConstraint(
                fields=["language", "source_digest"],
                condition=~models.Q(source_digest="") & KEPT,
                name="story_source_once_a_language",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "-changed_at"], name="story_by_status"),
            models.Index(fields=["-changed_at", "-id"], condition=KEPT, name="story_kept"),
            models.Index(fields=["binned_at"], condition=~KEPT, name="story_binned"),
        ]
        permissions = [
            ("change_any_story", _("Can change stories of others")),
            ("illustrate_story", _("Can put pictures into stories of others")),
            ("submit_story", _("Can submit a story")),
            ("return_story", _("Can return a story to its writer")),
            ("publish_story", _("Can publish a story")),
            ("withdraw_story", _("Can withdraw a story")),
            ("readdress_story", _("Can change the address of a published story")),
        ]

    def __str__(self):
        return self.headline or str(_("Untitled"))

    def changeable_by(self, user):
        """Whether `user` may change this story's words. The same answer as the QuerySet's `changeable_by`."""
        if self.binned_at:
            return False
        if user.has_perm("articles.change_any_story"):
            return True
        if not user.has_perm("articles.change_story"):
            return False
        return self.started_by_id == user.pk or self.authors.filter(user=user).exists()

    def illustrated_by(self, user):
        """Whether `user` may put pictures into this story. The same answer as the QuerySet's `illustrated_by`."""
        return self.changeable_by(user) or (not self.binned_at and user.has_perm("articles.illustrate_story"))

    def siblings(self):
        """The same story in other languages."""
        return Story.objects.kept().filter(sibling_key=self.sibling_key).exclude(pk=self.pk)

    def signed_by(self):
        """The byline's people, in order."""
        return list(self.authors.order_by("byline__order", "byline__id").prefetch_related("words"))


class Byline(models.Model):
    """A person's place in a story's byline."""

    story = models.ForeignKey(Story, models.CASCADE, db_index=False)  # see StoryTag
    author = models.ForeignKey(Author, models.PROTECT, verbose_name=_("author"))
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["story", "author"], name="byline_once")]


class Related(models.Model):
    """A story pointed to at the end of another, in the desk's order."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="related_from", db_index=False)  # see StoryTag
    other = models.ForeignKey(Story, models.CASCADE, related_name="related_to")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["story", "other"], name="related_once")]
