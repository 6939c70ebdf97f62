"""The publication: the outlet itself, in one row. Its name, languages, time zone and contacts."""

from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def check_time_zone(name):
    """Refuse a name that is no IANA time zone, such as “Damascus” for “Asia/Damascus”."""
    if name not in available_timezones():
        raise ValidationError(_("“%(name)s” is no time zone. It is written like Asia/Damascus."), params={"name": name})


def default_languages():
    return ["en", "ar"]


class PublicationManager(models.Manager):
    def current(self):
        """The outlet's row, or one with the defaults (not saved) where none has been made yet."""
        return self.first() or self.model()


class Publication(models.Model):
    """Words per language are JSON objects by language, so that a page reads the whole outlet in one query."""

    class Digits(models.TextChoices):
        WESTERN = "latn", "1234567890"
        EASTERN = "arab", "١٢٣٤٥٦٧٨٩٠"

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    names = models.JSONField(_("names"), default=dict, help_text=_("By language, such as en and ar."))
    taglines = models.JSONField(_("taglines"), default=dict, blank=True)
    languages = models.JSONField(
        _("languages"), default=default_languages, help_text=_("In order. The first is the default.")
    )
    locales = models.JSONField(
        _("locales"), default=dict, blank=True, help_text=_("By language, such as en_GB and ar_SY: how dates are said.")
    )
    arabic_digits = models.CharField(
        _("digits in Arabic"), max_length=4, choices=Digits.choices, default=Digits.EASTERN
    )
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[check_time_zone])
    place = models.CharField(_("place"), max_length=100, blank=True, help_text=_("Where the newsroom sits."))
    email = models.EmailField(_("e-mail"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    address = models.TextField(_("postal address"), blank=True)
    licence_page = models.CharField(
        _("page about using pictures"),
        max_length=300,
        blank=True,
        validators=[URLValidator(["https", "http"])],
        help_text=_("Where others read how they may use pictures by staff. Search engines lead there."),
    )

    objects = PublicationManager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publication")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="publication_is_one_row")]

    def __str__(self):
        return self.name(get_language() or self.default_language) or str(_("The newsroom"))

    def save(self, *args, **kwargs):
        self.pk = 1
        super().save(*args, **kwargs)

    @property
    def default_language(self):
        return self.languages[0] if self.languages else "en"

    def name(self, language):
        """The outlet's name in `language`, else in the first language it has a name in."""
        return self.names.get(language) or next((name for name in self.names.values() if name), "")

    def tagline(self, language):
        return self.taglines.get(language, "")

    def locale(self, language):
        """The Babel locale in which `language` says dates and numbers, such as ar_SY."""
        return Locale.parse(self.locales.get(language) or {"en": "en_GB", "ar": "ar_SY"}.get(language, language))

    @property
    def zone(self):
        return ZoneInfo(self.time_zone)

    def local(self, moment: datetime) -> datetime:
        """`moment` in the publication's time zone: every date that a person reads or types is in it."""
        return timezone.localtime(moment, self.zone)
