"""The proof a photo's page shows: what its original says, by kind, and what its renditions say, as plain data."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from articles.imaging.credentials import carries
from articles.imaging.formats import format_of
from articles.imaging.leaks import Known, leaks
from articles.imaging.metadata import Facts, read

# In the order of a screen. What fits none of the first five is "other": how the file was made and is stored.
GROUPS = ("location", "people", "times", "device", "words", "other")

LONGEST_VALUE = 120  # characters of a value that are shown
_MOST_ENTRIES = 2_000

_IIM_NAMES = {
    "2:05": "Object name", "2:15": "Category", "2:20": "Supplemental category", "2:25": "Keywords",
    "2:26": "Content location code", "2:27": "Content location", "2:30": "Release date", "2:35": "Release time",
    "2:37": "Expiration date", "2:38": "Expiration time", "2:40": "Instructions", "2:55": "Date created",
    "2:60": "Time created", "2:62": "Digital creation date", "2:63": "Digital creation time", "2:65": "Program",
    "2:70": "Program version", "2:80": "By-line", "2:85": "By-line title", "2:90": "City", "2:92": "Sub-location",
    "2:95": "Province or state", "2:100": "Country code", "2:101": "Country", "2:103": "Job id", "2:105": "Headline",
    "2:110": "Credit", "2:115": "Source", "2:116": "Copyright", "2:118": "Contact", "2:120": "Caption",
    "2:122": "Caption writer",
}  # fmt: skip

# The first that fits a name counts; names are as the formats write them ("GPSLatitude", "photoshop:City", "City").
_KINDS = (
    ("location", re.compile(r"GPS|City|Country|Location|Sub-?location|State\b|Province|MapDatum|Geo", re.I)),
    ("people", re.compile(
        r"Artist|Creator(?!Tool)|By-line|Owner|Person|Caption ?Writer|Contact|XPAuthor|Author|Photographer"
        r"|Model(Release|Age)|Captured ?By|mwg-rs|Face", re.I)),
    ("times", re.compile(r"Date|(?<!Exposure)Time|OffsetTime|\bWhen\b", re.I)),
    ("device", re.compile(
        r"\bMake\b|\bModel\b|Serial|Lens|Maker ?Note|Camera|HostComputer|Software|Creator ?Tool|Program|Firmware"
        r"|UniqueID|DocumentID|InstanceID|History|Derived|Thumbnail|Preview", re.I)),
    ("words", re.compile(
        r"Caption|Descri|Headline|Title|Keyword|Subject|Comment|Instruction|Credit|Source|Copyright|Rights|Accessib"
        r"|Category|Object name|Job id|Transmission|Label|Document ?Name|Text", re.I)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing a file says: where it stands ("EXIF", "XMP", "IIM", "other"), its name, and its value as text."""

    place: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Served:
    """What one rendition says: the allowed words in it, by name, and what it should not hold; empty if nothing."""

    name: str
    format: str
    size: int
    words: dict[str, str]
    leaks: tuple[str, ...]
    signed: bool = False


def held(kept: Mapping[str, Any]) -> dict[str, list[Entry]]:
    """What an original says, by group, in the order of GROUPS, without empty ones.

    Takes what `metadata.read` kept of it. For people with the right to see it: it names places and serial numbers.
    """
    found: dict[str, list[Entry]] = {group: [] for group in GROUPS}
    for entry in _entries(kept):
        found[_group(entry)].append(entry)
    return {group: entries for group, entries in found.items() if entries}


def counted(kept: Mapping[str, Any]) -> dict[str, int]:
    """How many things an original says, by group: what everybody at the desk may see, even of a hidden source."""
    return {group: len(entries) for group, entries in held(kept).items()}


def served(name: str, data: bytes, words: Mapping[str, str] | None = None, *, knows: Known = None) -> Served:
    """What a rendition says, read again from its bytes; `words` and `knows` as `leaks` takes them."""
    facts, _kept = read(BytesIO(data))
    said = {field: getattr(facts, field) for field in Facts.__dataclass_fields__}
    return Served(
        name=name,
        format=format_of(data) or "",
        size=len(data),
        words={field: ", ".join(word) if isinstance(word, list) else word for field, word in said.items() if word},
        leaks=tuple(leaks(data, words, knows=knows)),
        signed=carries(BytesIO(data)),
    )


def _entries(kept: Mapping[str, Any]) -> Iterable[Entry]:
    found: list[Entry] = []
    for part, place in (("exif", "EXIF"), ("xmp", "XMP"), ("iim", "IIM"), ("other", "other")):
        for name, value in (kept.get(part) or {}).items():
            _gather(found, place, _IIM_NAMES.get(name, name) if part == "iim" else name, value)
    return found


def _gather(found: list[Entry], place: str, name: str, value: Any) -> None:
    """Every value under a name; a directory or a structure names its own, under the name it stands beneath."""
    if len(found) >= _MOST_ENTRIES or value in (None, "", [], {}):
        return
    if isinstance(value, Mapping):
        for inner, each in value.items():
            plain = inner in ("x-default", "rdf:value") or re.fullmatch("[a-z]{2,3}(-[A-Za-z]+)?", inner)
            _gather(found, place, name if plain else f"{name} {inner}", each)
    elif isinstance(value, list) and any(isinstance(each, Mapping) for each in value):
        for each in value:
            _gather(found, place, name, each)
    else:
        words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        found.append(Entry(place, name, words if len(words) <= LONGEST_VALUE else f"{words[: LONGEST_VALUE - 1]}…"))


def _group(entry: Entry) -> str:
    return next((group for group, names in _KINDS if names.search(entry.name)), "other")
