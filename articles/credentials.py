"""Credentials: what a photo's renditions say of it in their bytes: words, and signed where a certificate is set."""

import logging
from collections.abc import Callable, Sequence

from django.conf import settings

from articles.imaging import encode as encoding
from articles.imaging import recipes as planning
from articles.imaging import signing
from articles.models import Photo, Policy

logger = logging.getLogger(__name__)


def written(photo: Photo) -> dict[str, str]:
    """The words its renditions carry, by its policy. A hidden source is never named."""
    if photo.policy == Policy.NOTHING:
        return {"credit": "", "copyright": "", "creator": ""}
    return {"credit": photo.credit, "copyright": photo.copyright, "creator": photo.named_creator}


def claimed(photo: Photo) -> dict[str, str]:
    """What the content credentials of its renditions say of it; {} where they carry none."""
    if not settings.C2PA_CERTIFICATE or photo.hide_source or photo.policy == Policy.NOTHING:
        return {}
    return {"source_type": photo.digital_source_type}


def known_signer() -> Callable[[Sequence[bytes]], bool] | None:
    """Whose content credentials may be in a rendition that is read again: ours, of whatever year; None for nobody's."""
    try:
        return signing.house(settings.C2PA_CERTIFICATE, settings.C2PA_KEY).knew if settings.C2PA_CERTIFICATE else None
    except signing.NotSigned:
        return None


def signed(photo: Photo, recipe: planning.Recipe, content: bytes) -> bytes:
    """A rendition with content credentials, where it is to have any. A fault there keeps no picture from readers: what
    is not signed claims nothing, and the log and the photo's page say so."""
    claim = claimed(photo)
    if not claim or recipe.width <= planning.PREVIEW_WIDTH:  # a handful of blurred pixels shows nothing to vouch for
        return content
    words = written(photo) | {"policy": encoding.Policy(photo.policy)}
    try:
        house = signing.house(settings.C2PA_CERTIFICATE, settings.C2PA_KEY)
        return signing.sign(content, recipe.format, house, words=words, cropped=recipe.crop is not None, **claim)
    except signing.NotSigned as error:
        logger.error("A rendition of photo %s has no content credentials: %s", photo.pk, error)
        return content
