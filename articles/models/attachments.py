"""Attachments: a photo in a story. Its role, its order, and, where the desk wants it, words and a crop of its own."""

from dataclasses import dataclass
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    LEAD = "lead", _("Lead picture")
    TEXT = "text", _("In the text")
    GALLERY = "gallery", _("Gallery")


@dataclass(frozen=True)
class Words:
    """What stands under a picture: caption, alt text, and whether it needs none."""

    caption: str
    alt: str
    decorative: bool


class Attachment(models.Model):
    """Empty words mean the library's, in the story's language. `crop` is x, y, width, height in thousandths."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    # The index of a story's photos, below, begins with it.
    story = models.ForeignKey("Story", models.CASCADE, related_name="attachments", db_index=False)
    photo = models.ForeignKey("Photo", models.PROTECT, related_name="attachments", verbose_name=_("photo"))
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.TEXT)
    order = models.PositiveIntegerField(_("order"), default=0)
    caption = models.TextField(_("caption in this story"), blank=True)
    alt = models.CharField(_("alt text in this story"), max_length=250, blank=True)
    decorative = models.BooleanField(_("decorative"), default=False)
    crop = models.JSONField(_("crop"), null=True, blank=True)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["order", "id"]
        # Which photos the stories of a section, an author, a tag show is read off the index alone.
        indexes = [models.Index(fields=["story", "photo"], name="attachment_photos_of_story")]
        constraints = [
            models.UniqueConstraint(
                fields=["story"], condition=models.Q(role="lead"), name="attachment_one_lead_a_story"
            )
        ]

    def __str__(self):
        return str(self.photo)

    def shown_words(self, language):
        """Its own words over the library's in `language`: the words a reader would see."""
        library = self.photo.caption_in(language)
        return Words(
            caption=self.caption or (library.text if library else ""),
            alt=self.alt or (library.alt if library else ""),
            decorative=self.decorative or (not self.alt and bool(library and library.decorative)),
        )
