"""Photos: pictures in the library, with a private original, their facts and their renditions."""

import re
import secrets
from functools import reduce
from operator import or_
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.imaging import neighbours
from articles.imaging.crop import Crop
from articles.imaging.recipes import FORMATS, LINK_CARD, made_key
from articles.imaging.shapes import ORIGINAL, SHAPES, Framing

from .rights import Policy, Rights, Sensitivity

# The columns of a fingerprint's bands.
BANDS = ("band_1", "band_2", "band_3", "band_4")


def originals():
    return storages["originals"]


def new_token():
    """128 random bits, hex: a rendition's address is made of it, never of a digest of the file (docs/decisions.md)."""
    return secrets.token_hex(16)


class PhotoStatus(models.TextChoices):
    """Whether readers may see it. The clock keeps it true to the photo's dates, so that pages read no clock."""

    READY = "ready", _("In the library")
    EMBARGOED = "embargoed", _("Under embargo")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class PhotoQuerySet(models.QuerySet):
    def usable_at(self, moment):
        """Photos that may be published at `moment` (aware)."""
        begun = models.Q(usable_from=None) | models.Q(usable_from__lte=moment)
        lasts = models.Q(usable_until=None) | models.Q(usable_until__gt=moment)
        return self.exclude(status=PhotoStatus.WITHDRAWN).filter(begun, lasts)

    def due_at(self, moment):
        """Photos whose status is no longer what their dates say at `moment`."""
        open_now = (PhotoStatus.READY, PhotoStatus.EMBARGOED)
        return self.filter(
            models.Q(usable_until__lte=moment, status__in=open_now)
            | models.Q(usable_from__gt=moment, status=PhotoStatus.READY)
            | models.Q(usable_from__lte=moment, status=PhotoStatus.EMBARGOED)
        )

    def with_source_for(self, user):
        """Photos whose source `user` may know: all but those kept from everybody else."""
        return self.filter(models.Q(hide_source=False) | models.Q(keepers=user)).distinct()

    def among(self, numbers):
        """Those whose number is in `numbers` (a question, or a list), for a list that is shown from its beginning.

        A database would fetch every photo that is meant, wide rows all of them, to put them in order; what is no plain
        column it can only hold each number against as it walks the order's index, and it stops when a page is full.
        """
        return self.alias(number=models.F("pk") + 0).filter(number__in=numbers)

    def sharing_a_band(self, fingerprint):
        """Photos that may look like one of this fingerprint, by four indexes: those near it are all among them."""
        values = zip(BANDS, neighbours.asked(fingerprint), strict=True)
        wanted = (models.Q(**{f"{band}__in": asked}) for band, asked in values)
        return self.filter(reduce(or_, wanted))

    def shown_live(self):
        """Photos that a live edition shows: only their renditions lie in the public folder."""
        return self.filter(edition_photos__edition__is_live=True).distinct()


NEWEST = ["-created_at", "-id"]


class Photo(models.Model):
    """Width and height are pixels as seen, orientation applied.

    `formats` says which renditions exist: format name ("jpeg"; of a crop "jpeg c0.120.1000.562") to widths in pixels.
    Pages name these and no others, and ask for them with `made`; "card" stands for the link card. `crops` are
    frames by shape ("3:2": [x, y, width, height] in thousandths), `rotation` degrees clockwise over the file's own
    orientation, `rating` 1 for picked, -1 for rejected. `needs_renditions`: those there are carry words of before.
    `has_caption` and `has_alt` repeat what its captions say (`desk/findable.py`), so that an index finds what lacks it.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    original = models.FileField(_("original"), storage=originals, max_length=200, editable=False)
    original_name = models.CharField(_("file name"), max_length=255, blank=True, editable=False)
    format = models.CharField(_("format"), max_length=10, editable=False)
    size = models.PositiveBigIntegerField(_("bytes"), editable=False)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    fingerprint = models.CharField(max_length=16, blank=True, editable=False)
    # The bands of the fingerprint, by which photos that look alike are found (imaging/neighbours.py).
    band_1 = models.PositiveIntegerField(null=True, db_index=True, editable=False)
    band_2 = models.PositiveIntegerField(null=True, db_index=True, editable=False)
    band_3 = models.PositiveIntegerField(null=True, db_index=True, editable=False)
    band_4 = models.PositiveIntegerField(null=True, db_index=True, editable=False)
    colour = models.CharField(max_length=7, blank=True, editable=False)

    headline = models.CharField(_("title"), max_length=256, blank=True)
    creator = models.CharField(_("creator"), max_length=200, blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True, help_text=_("As readers see it."))
    copyright = models.CharField(_("copyright"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    rights = models.CharField(_("rights"), max_length=20, choices=Rights.choices, blank=True, default="")
    licence = models.CharField(_("licence"), max_length=300, blank=True)
    holder = models.CharField(_("rights holder"), max_length=200, blank=True)
    allowed_uses = models.TextField(_("allowed uses"), blank=True)
    usable_from = models.DateTimeField(_("embargo until"), null=True, blank=True)
    usable_until = models.DateTimeField(_("may be used until"), null=True, blank=True)
    sensitivity = models.CharField(
        _("sensitive"), max_length=10, choices=Sensitivity.choices, blank=True, default=Sensitivity.NONE
    )
    sensitivity_reason = models.CharField(_("what readers are warned of"), max_length=200, blank=True)
    policy = models.CharField(
        _("written into the picture"), max_length=10, choices=Policy.choices, default=Policy.CREDIT
    )
    hide_source = models.BooleanField(_("hide the source"), default=False)
    keepers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name=_("who may know the source")
    )
    job_title = models.CharField(_("job title"), max_length=200, blank=True)
    caption_writer = models.CharField(_("caption writer"), max_length=200, blank=True)
    keywords = models.JSONField(_("keywords"), default=list, blank=True)
    job_id = models.CharField(_("job"), max_length=200, blank=True)
    extended_description = models.TextField(_("extended description"), blank=True)
    digital_source_type = models.CharField(_("digital source type"), max_length=200, blank=True)
    taken_at = models.CharField(_("date created"), max_length=40, blank=True, help_text=_("As the camera wrote it."))
    city = models.CharField(_("city"), max_length=200, blank=True)
    sublocation = models.CharField(_("place in the city"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=200, blank=True)
    country_code = models.CharField(_("country code"), max_length=3, blank=True)
    instructions = models.TextField(_("instructions"), blank=True)
    focal_x = models.FloatField(_("focal point across"), default=0.5)
    focal_y = models.FloatField(_("focal point down"), default=0.5)
    crops = models.JSONField(_("crops"), default=dict, blank=True)
    rotation = models.PositiveSmallIntegerField(_("turned by"), default=0)
    rating = models.SmallIntegerField(_("rating"), default=0)
    metadata = models.JSONField(default=dict, blank=True, editable=False)
    has_caption = models.BooleanField(default=False, editable=False)
    has_alt = models.BooleanField(default=False, editable=False)

    status = models.CharField(_("status"), max_length=10, choices=PhotoStatus.choices, default=PhotoStatus.READY)
    token = models.CharField(max_length=32, default=new_token, unique=True, editable=False)
    next_token = models.CharField(max_length=32, default="", editable=False)  # of renditions that are being made anew
    formats = models.JSONField(default=dict, editable=False)
    needs_renditions = models.BooleanField(default=False, editable=False)
    # Who is at making its renditions, and when others may take it up (articles/claims.py).
    worker = models.CharField(max_length=32, default="", editable=False)
    work_due_at = models.DateTimeField(null=True, editable=False)

    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = NEWEST
        permissions = [
            ("caption_photo", _("Can write captions")),
            ("withdraw_photo", _("Can withdraw and replace photos")),
        ]
        indexes = [
            models.Index(
                fields=["usable_until", *NEWEST], condition=~models.Q(usable_until=None), name="photo_usable_until"
            ),
            models.Index(fields=["work_due_at"], condition=~models.Q(work_due_at=None), name="photo_work_due"),
            models.Index(
                fields=["usable_from", *NEWEST], condition=~models.Q(usable_from=None), name="photo_usable_from"
            ),
            # The wall's order, of all photos and of those that its filters leave.
            models.Index(fields=NEWEST, name="photo_newest"),
            models.Index(fields=["uploaded_by", *NEWEST], name="photo_of_person"),
            models.Index(fields=NEWEST, condition=models.Q(has_caption=False), name="photo_no_caption"),
            models.Index(fields=NEWEST, condition=models.Q(has_alt=False), name="photo_no_alt"),
            models.Index(fields=NEWEST, condition=models.Q(credit=""), name="photo_no_credit"),
            models.Index(fields=NEWEST, condition=models.Q(rights=""), name="photo_no_rights"),
            models.Index(fields=NEWEST, condition=models.Q(rating=1), name="photo_picked"),
            models.Index(fields=NEWEST, condition=models.Q(rating=-1), name="photo_rejected"),
        ]

    def __str__(self):
        """Its title; a file's name may say who took it or where, so a hidden source hides that too."""
        return self.headline or ("" if self.hide_source else self.original_name) or f"…{self.uuid.hex[-8:]}"

    def put_fingerprint(self, fingerprint):
        """Say what its pixels look like, so that pictures like it are found; saving is the caller's."""
        self.fingerprint = fingerprint
        for band, value in zip(BANDS, neighbours.bands(fingerprint), strict=True):
            setattr(self, band, value)

    def usable_at(self, moment):
        """Whether it may be published at `moment` (aware). The same answer as the QuerySet's `usable_at`."""
        if self.status == PhotoStatus.WITHDRAWN or (self.usable_from and moment < self.usable_from):
            return False
        return not (self.usable_until and moment >= self.usable_until)

    def status_at(self, moment):
        """The status its dates ask for at `moment`; a withdrawn photo stays so."""
        if self.status == PhotoStatus.WITHDRAWN:
            return PhotoStatus.WITHDRAWN
        if self.usable_until and moment >= self.usable_until:
            return PhotoStatus.EXPIRED
        return PhotoStatus.EMBARGOED if self.usable_from and moment < self.usable_from else PhotoStatus.READY

    def source_known_to(self, user):
        """Whether `user` may know who took it, where, when and with what. As the QuerySet's `with_source_for`."""
        return not self.hide_source or self.keepers.filter(pk=user.pk).exists()

    def made(self, crop: Crop | None = None) -> dict[str, list[int]]:
        """The renditions that exist of `crop` (None: of the whole picture): format name to widths in pixels."""
        named = {name: self.formats.get(made_key(name, crop)) for name in FORMATS}
        return {name: widths for name, widths in named.items() if widths}

    def has_link_card(self, crop: Crop | None = None) -> bool:
        """Whether the card that other sites show of `crop` (None: of the whole picture) is made."""
        return made_key(LINK_CARD, crop) in self.formats

    def own_frame(self, given: object) -> Crop | None:
        """The crop that a story keeps for it, once a JPEG of it is made; until then, and without one, None."""
        crop = Crop.of(given)
        return crop if crop and self.made(crop).get("jpeg") else None

    def site_frame(self, shape: str = "") -> Crop | None:
        """The library's own crop for the site's pages: of `shape`, else of that a story's column shows it in."""
        shape = shape or ("4:5" if self.height > self.width else "3:2")
        return self.own_frame(self.crops.get(shape) or self.crops.get(ORIGINAL))

    @property
    def framing(self) -> Framing:
        """Its focal point and crops, for working out what each shape shows."""
        crops = {shape: crop for shape, crop in self.crops.items() if shape in SHAPES}
        return Framing.of((self.focal_x, self.focal_y), crops)

    @property
    def named_creator(self):
        """Its creator as far as readers may know; "" where the desk has not said so."""
        return self.creator if self.policy == Policy.CREATOR and not self.hide_source else ""

    @property
    def named_licence(self):
        """The address of its licence, for whoever wants to show it too; "" where the licence is words between two."""
        is_address = re.fullmatch(r"https?://\S+", self.licence)
        return self.licence if is_address and not self.hide_source else ""

    @property
    def is_ours_to_license(self):
        """Whether whoever wants to show it too asks the outlet."""
        return self.rights == Rights.STAFF and not self.hide_source

    @property
    def is_public(self):
        """Whether its renditions lie where everybody may fetch them."""
        return self.status == PhotoStatus.READY and self.is_shown_live

    @property
    def is_shown_live(self):
        """Whether a live edition shows it. The same answer as the QuerySet's `shown_live`."""
        return self.edition_photos.filter(edition__is_live=True).exists()

    def caption_in(self, language):
        """The newest caption in `language`, or None. Reads what is prefetched."""
        return next((row for row in self.captions.all() if row.language == language and row.is_current), None)


class PhotoWords(models.Model):
    """What a photo is found by: its words folded and their stems, each between spaces. Kept beside it, so that a
    search reads no more.

    `told` may be searched by all who may see photos, `kept` (what a hidden source hides) by its keepers alone.
    """

    photo = models.OneToOneField(Photo, models.CASCADE, primary_key=True, related_name="words")
    told = models.TextField(blank=True)
    kept = models.TextField(blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.told.strip()
