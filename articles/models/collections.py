"""Collections: photos put together by hand, in an order: a day's event, a gallery in the making."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Collection(models.Model):
    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120, unique=True)
    photos = models.ManyToManyField("Photo", through="CollectionPhoto", related_name="collections")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        ordering = ["-at", "-id"]

    def __str__(self):
        return self.name


class CollectionPhoto(models.Model):
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="rows")
    photo = models.ForeignKey("Photo", models.CASCADE, related_name="collection_rows")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["collection", "photo"], name="collection_photo_once")]
