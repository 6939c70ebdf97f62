"""Rights: on what ground a picture may be used, what readers are warned of, what its renditions say of its maker."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rights(models.TextChoices):
    UNKNOWN = "", _("Not cleared")
    STAFF = "staff", _("Staff")
    FREELANCE = "freelance", _("Freelance")
    AGENCY = "agency", _("Agency")
    HANDOUT = "handout", _("Handout")
    SOCIAL = "social", _("Social media, with permission")
    PUBLIC_DOMAIN = "public_domain", _("Public domain")
    CREATIVE_COMMONS = "creative_commons", _("Creative Commons")
    SCREEN_GRAB = "screen_grab", _("Screen grab")


class Sensitivity(models.TextChoices):
    """Why a picture stands behind a shield, and in no card or feed."""

    NONE = "", _("Nothing to warn of")
    VIOLENCE = "violence", _("Violence")
    DEATH = "death", _("Death")
    MINORS = "minors", _("Minors")
    OTHER = "other", _("Another reason")


class Policy(models.TextChoices):
    """What is written into the renditions of a picture."""

    CREDIT = "credit", _("Credit and copyright")
    CREATOR = "creator", _("Credit, copyright and creator")
    NOTHING = "nothing", _("Nothing at all")
