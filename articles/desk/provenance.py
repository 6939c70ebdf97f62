"""What a file that comes in says of itself and of where it came from: its metadata and its content credentials."""

from typing import Any, BinaryIO

from django.conf import settings
from django.utils import timezone

from articles import claims
from articles.imaging import credentials, metadata
from articles.models import Photo, Policy

KEPT = "credentials"  # under which name a photo's private metadata has them
ELSEWHERE = "http://purl.org/dc/terms/:provenance"  # what XMP calls the address of a manifest that is not in the file


def read(file: BinaryIO) -> tuple[metadata.Facts, dict[str, Any]]:
    """The facts of a picture, and everything its file says, for private keeping; what `metadata.read` gives, and more.

    How it was made is taken from its content credentials where the metadata do not say. An unproven claim counts too:
    metadata are no better, and a picture made with AI that was cropped since is still one.
    """
    facts, everything = metadata.read(file)
    found = credentials.read(file, trust=settings.C2PA_TRUST)
    if not found and everything.get("xmp", {}).get(ELSEWHERE):
        found = {"state": credentials.State.UNREAD.value, "problems": ["elsewhere"]}
    if found:
        everything[KEPT] = found
        facts.digital_source_type = facts.digital_source_type or found.get("source_type", "")
    return facts, everything


def sign_anew() -> int:
    """Have the worker make all renditions anew that are to be signed, bit by bit. Gives of how many photos.

    What readers see stays until the new ones are there.
    """
    asked = Photo.objects.filter(needs_renditions=False, hide_source=False).exclude(policy=Policy.NOTHING)
    # Who is at one of them just now keeps it.
    busy = asked.exclude(worker="").update(needs_renditions=True, work_due_at=claims.due())
    return busy + asked.update(needs_renditions=True, work_due_at=timezone.now())
