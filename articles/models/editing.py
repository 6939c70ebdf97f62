"""What goes on round a story while it is made: notes, saves as they came in, clashes between them, who is there now."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Note(models.Model):
    """A remark to colleagues. Never shown to readers."""

    story = models.ForeignKey("Story", models.CASCADE, related_name="notes")
    text = models.TextField(_("note"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["-at", "-id"]

    def __str__(self):
        return self.text[:80]


class SaveQuerySet(models.QuerySet):
    def since(self, story, version):
        """The saves that made the versions of `story` after `version`, oldest first; None where some are not known:
        too long ago, or made by another door."""
        rows = list(self.filter(story=story, version__gt=version, version__lte=story.version).order_by("version"))
        return rows if 0 < version <= story.version and len(rows) == story.version - version else None


class Save(models.Model):
    """A change set that was taken in. `uuid` is the browser's name for it: sent twice, it counts once.

    `version` is the story's version it made (None: it changed nothing), `changed` what it touched: names of `fields`,
    ids of `blocks`. Kept for some days, as long as a browser may come back with the same save.
    """

    uuid = models.UUIDField(unique=True)
    story = models.ForeignKey("Story", models.CASCADE, related_name="saves")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, db_index=True)
    version = models.PositiveIntegerField(null=True)
    changed = models.JSONField(default=dict)

    objects = SaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("save")
        verbose_name_plural = _("saves")
        constraints = [models.UniqueConstraint(fields=["story", "version"], name="save_version_once")]

    def __str__(self):
        return str(self.uuid)


class Choice(models.TextChoices):
    """How a clash is settled."""

    MINE = "mine", pgettext_lazy("words one wrote oneself", "Mine")
    THEIRS = "theirs", _("Theirs")
    BOTH = "both", _("Both")


class ClashQuerySet(models.QuerySet):
    def open(self):
        """Those nobody has settled yet."""
        return self.filter(settled_at=None)


class Clash(models.Model):
    """Two changes that touch: the story kept `theirs`, and here `mine` waits until somebody chooses.

    `kind`, `name`, `item` and the four texts are those of `body.merge.Clash`. `behind` are the blocks that stood before
    a block in its writer's order, nearest first: there it comes back to if it was taken out.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    story = models.ForeignKey("Story", models.CASCADE, related_name="clashes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=40)
    item = models.CharField(max_length=40, blank=True)
    base = models.JSONField(null=True)
    mine = models.JSONField(null=True)
    theirs = models.JSONField(null=True)
    both = models.JSONField(null=True)
    behind = models.JSONField(default=list)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    choice = models.CharField(max_length=10, choices=Choice.choices, blank=True)

    objects = ClashQuerySet.as_manager()

    class Meta:
        verbose_name = _("clash")
        verbose_name_plural = _("clashes")
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["story"], condition=models.Q(settled_at=None), name="clash_open"),
        ]

    def __str__(self):
        return self.name


class Sitting(models.Model):
    """One open tab of one editor in a story, and the block it writes in. Presence only: it locks nothing."""

    story = models.ForeignKey("Story", models.CASCADE, related_name="sittings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token = models.UUIDField(unique=True)
    block = models.CharField(max_length=40, blank=True)
    last_seen = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")

    def __str__(self):
        return f"{self.user} {self.token}"
