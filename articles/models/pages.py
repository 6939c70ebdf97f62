"""Pages: which public pages lie pressed in the page store, what each shows, and which are no longer true.

The stale rows are the queue: whoever presses asks for them, so a lost task or a killed process loses nothing.
"""

from uuid import uuid4

from django.db import models
from django.utils import timezone


class PressState(models.Model):
    """One row. `number` rises with every change that readers see, `generation` with those that touch every page.

    `design` is a digest of the templates and static files that the pages were pressed with; `owner` is written into the
    folder of pages, which so knows whose they are.
    """

    number = models.PositiveBigIntegerField(default=0)
    generation = models.PositiveBigIntegerField(default=0)
    design = models.CharField(max_length=64, blank=True)
    owner = models.UUIDField(default=uuid4)

    class Meta:
        default_permissions = ()


class PageQuerySet(models.QuerySet):
    def stale_at(self, generation):
        """Pages that no longer show what is: marked, or pressed before the site's last generation."""
        return self.filter(~models.Q(stale_since=None) | models.Q(generation__lt=generation))

    def marked(self):
        """Pages that show what has changed since, in the order in which readers miss them most."""
        return self.exclude(stale_since=None).order_by("priority", "stale_since", "-pk")

    def older_than(self, generation):
        """Pages pressed before that generation of the site: those read most first, and of these the newest."""
        return self.filter(generation__lt=generation).order_by("generation", "priority", "-pk")


class Page(models.Model):
    """A page by its path (decoded). `touched` is the number of the last change that marked it, or that it shows;
    `claimed_until` says until when one who presses has it in hand."""

    path = models.CharField(max_length=600, unique=True)
    priority = models.PositiveSmallIntegerField(default=0)
    generation = models.PositiveBigIntegerField(default=0)
    touched = models.PositiveBigIntegerField(default=0)
    stale_since = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)
    pressed_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["priority", "stale_since", "-id"], condition=~models.Q(stale_since=None), name="page_stale"
            ),
            models.Index(fields=["generation", "priority", "-id"], name="page_generation"),
            models.Index(fields=["pressed_at"], name="page_pressed"),
        ]

    def __str__(self):
        return self.path


class PageKey(models.Model):
    """A key that a page stands under: something it shows."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="keys")
    key = models.CharField(max_length=80)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["key", "page"], name="page_key_once")]


class Touch(models.Model):
    """A key that moved with a change of that number. Kept for an hour: whoever began to render a page before it, and
    did not yet stand under the key, finds it here."""

    number = models.PositiveBigIntegerField(db_index=True)
    key = models.CharField(max_length=80)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        default_permissions = ()
