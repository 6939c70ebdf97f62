"""Content credentials on a picture's page: what its file says, and whether the files that readers get are signed."""

from django.conf import settings
from django.core.files.storage import storages
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import credentials
from articles.desk.provenance import KEPT
from articles.imaging.credentials import State, carries, state_of
from articles.imaging.recipes import file_name
from articles.models import Photo
from articles.pages.pictures import label

from . import moments
from .photo_fields import digital_sources

# By state: the word, the kind of note, what it means.
STATES = {
    State.NONE: (
        gettext_lazy("None"),
        "none",
        gettext_lazy("The file came without any. That says nothing against it: most cameras and programs write none."),
    ),
    State.VALID: (
        gettext_lazy("Valid"),
        "plain",
        gettext_lazy(
            "Signed, and not changed since. Whether the signer is who the name says, nobody here vouches for."
        ),
    ),
    State.TRUSTED: (
        gettext_lazy("Trusted"),
        "good",
        gettext_lazy("Signed by somebody this newsroom trusts, and not changed since."),
    ),
    State.INVALID: (
        gettext_lazy("Invalid"),
        "bad",
        gettext_lazy("Do not rely on them: the file is not what was signed. What they say may be true or not."),
    ),
    State.UNREAD: (
        gettext_lazy("Not read"),
        "warn",
        gettext_lazy("There are some, but they could not be read here, so they prove nothing."),
    ),
}
# By the beginning of C2PA's own code.
PROBLEMS = {
    "assertion.dataHash.mismatch": gettext_lazy("The picture was changed after it was signed."),
    "assertion.bmffHash.mismatch": gettext_lazy("The picture was changed after it was signed."),
    "assertion.boxesHash.mismatch": gettext_lazy("The picture was changed after it was signed."),
    "assertion.hashedURI.mismatch": gettext_lazy("What is said of the picture was changed after it was signed."),
    "assertion.missing": gettext_lazy("Something that was said of the picture was taken out after it was signed."),
    "claimSignature": gettext_lazy("The signature does not fit what it signs."),
    "signingCredential.expired": gettext_lazy("The certificate was not valid when it was used."),
    "signingCredential": gettext_lazy("The certificate may not be used for signing pictures."),
    "timeStamp": gettext_lazy("The time of signing cannot be relied on."),
    "ingredient": gettext_lazy("What the picture was made of does not fit what is said of it."),
    "unreadable": gettext_lazy("They are damaged."),
    "not installed": gettext_lazy("What reads them is not installed: ask the operator for the extra “provenance”."),
    "elsewhere": gettext_lazy("They lie on another server, which is not asked: that would tell it what comes in here."),
    "failed": gettext_lazy("Reading them failed or took too long."),
}
ACTIONS = {
    "c2pa.created": gettext_lazy("Made"),
    "c2pa.opened": gettext_lazy("Opened for editing"),
    "c2pa.edited": gettext_lazy("Edited"),
    "c2pa.cropped": gettext_lazy("Cropped"),
    "c2pa.resized": gettext_lazy("Resized"),
    "c2pa.orientation": gettext_lazy("Turned"),
    "c2pa.color_adjustments": gettext_lazy("Colours adjusted"),
    "c2pa.filtered": gettext_lazy("Filtered"),
    "c2pa.drawing": gettext_lazy("Drawn on"),
    "c2pa.placed": gettext_lazy("Something was put in"),
    "c2pa.removed": gettext_lazy("Something was taken out"),
    "c2pa.redacted": gettext_lazy("Something that was said was taken out"),
    "c2pa.converted": gettext_lazy("Saved in another format"),
    "c2pa.transcoded": gettext_lazy("Saved in another format"),
    "c2pa.repackaged": gettext_lazy("Saved in another format"),
    "c2pa.published": gettext_lazy("Published"),
    "c2pa.watermarked": gettext_lazy("Marked invisibly"),
    "c2pa.unknown": gettext_lazy("Something was done that is not said"),
}


def panel(photo: Photo, publication, *, knows: bool) -> dict:
    """What a picture's page says of the credentials its file came with; names and times only to who `knows`."""
    found = photo.metadata.get(KEPT) or {}
    word, kind, meaning = STATES[state_of(found)]
    said = {
        "word": word,
        "kind": kind,
        "meaning": meaning,
        "problems": list(dict.fromkeys(_problem(code) for code in found.get("problems", ()))),
        "differs": bool(_label(found.get("source_type", ""))) and not label(photo),
        "kept_from": not knows and len(found) > 2,
        "facts": [],
        "actions": [],
    }
    if knows:
        signer, issuer = found.get("signer", ""), found.get("issuer", "")
        facts = [
            (_("Signed by"), signer if issuer in ("", signer) else f"{signer} ({issuer})".strip()),
            (_("When"), _moment(found.get("signed_at", ""), publication)),
            (_("Made with"), found.get("made_with", "")),
            (_("How it was made"), _how(found.get("source_type", ""))),
            *((_("Made of"), one["title"]) for one in found.get("ingredients", ()) if one["title"]),
        ]
        said["facts"] = [(name, value) for name, value in facts if value]
        said["actions"] = [
            {
                "what": ACTIONS.get(one["action"], one["action"]),
                "more": [
                    more for more in (_how(one["source_type"]), one["with"], _moment(one["when"], publication)) if more
                ],
            }
            for one in found.get("actions", ())
        ]
    return said


def signed(photo: Photo) -> str:
    """Whether the files that readers get are signed, as a sentence; "" where this newsroom signs none."""
    if not settings.C2PA_CERTIFICATE:
        return ""
    if not credentials.claimed(photo):
        return _("They carry no content credentials, as is asked for this picture.")
    widths = photo.made().get("jpeg")
    if not widths:
        return ""
    name = f"{photo.token}/{file_name('jpeg', min(widths), None)}"
    for folder in ("renditions", "desk"):
        if storages[folder].exists(name):
            with storages[folder].open(name) as file:
                if carries(file):
                    return _("They carry this newsroom’s content credentials.")
    return _("They carry no content credentials: signing failed, or they were made before it was set up.")


def _label(source_type: str) -> str:
    return label(Photo(digital_source_type=source_type))


def _how(source_type: str) -> str:
    return str(dict(digital_sources(source_type))[source_type]) if source_type else ""


def _problem(code: str) -> str:
    return str(next((words for start, words in PROBLEMS.items() if code.startswith(start)), code))


def _moment(text: str, publication) -> str:
    """A time as the newsroom reads it; what is none is shown as the file says it."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    return moments.whole(moment, publication) if moment and moment.tzinfo else text
