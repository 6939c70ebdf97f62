"""The catalogues: every word of the newsroom's screens and pages beside its Arabic, kept with Babel alone.

Messages are found in the Python files and, through Django's own `templatize`, in the templates. The catalogue that
people edit is `articles/locale/ar/LC_MESSAGES/django.po`; what Django reads is compiled from it (`django.mo`, not kept
in git). English is what the messages are written in, so it needs no catalogue.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

LANGUAGE = "ar"
# Unicode's rules for Arabic: none, one, two, few (3 to 10), many (11 to 99), other (100, 101, 102, 200 ...).
PLURAL_FORMS = (
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5);"
)
PLURALS = 6
# The forms of one and two, and of none, may say the number in words and leave the digit out.
FORMS_IN_WORDS = (0, 1, 2)

KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\([^)]+\)[a-z]|%[-+0#]*\d*(?:\.\d+)?[a-zA-Z]|\{\w*\}")


class Finding(NamedTuple):
    """One thing wrong with the catalogue: what kind, and the message."""

    kind: str  # missing, untranslated, unsure, placeholders, left over
    message: str

    def __str__(self) -> str:
        return f"{self.kind}: “{self.message}”"


def catalogue_path() -> Path:
    """Where the catalogue lies."""
    return Path(settings.LOCALE_PATHS[0]) / LANGUAGE / "LC_MESSAGES" / "django.po"


def sources() -> Iterator[Path]:
    """Every file of ours that may hold messages, in a fixed order."""
    for folder in ("articles", "newsroom"):
        for path in sorted((settings.BASE_DIR / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path
    for path in sorted((settings.BASE_DIR / "templates").rglob("*")):
        if path.suffix in {".html", ".txt", ".xml"}:
            yield path


def as_python(path: Path) -> bytes:
    """The text of a file as something Babel's Python extractor reads."""
    if path.suffix == ".py":
        return path.read_bytes()
    # Django blanks out everything but calls of gettext; what remains must not look like Python's indentation.
    lines = templatize(path.read_text(encoding="utf-8"), origin=str(path)).splitlines()
    return "\n".join(line.strip() for line in lines).encode()


def extract() -> Catalog:
    """All messages in the newsroom's files, without translations."""
    catalogue = Catalog(charset="utf-8")
    for path in sources():
        for _line, function, messages, comments in extract_python(
            io.BytesIO(as_python(path)), KEYWORDS, ["Translators:"], {"encoding": "utf-8"}
        ):
            add(catalogue, function, messages, comments)
    return catalogue


def add(catalogue: Catalog, function: str, messages: str | tuple, comments: list[str]) -> None:
    """Put what was found in one call of `function` into the catalogue; a call without a fixed text has none."""
    texts = list(messages) if isinstance(messages, tuple) else [messages]
    places = KEYWORDS[function] or (1,)
    context = next((texts[place[0] - 1] for place in places if isinstance(place, tuple)), None)
    wanted = [texts[place - 1] for place in places if isinstance(place, int) and place <= len(texts)]
    if wanted and all(wanted):
        catalogue.add(tuple(wanted) if len(wanted) > 1 else wanted[0], context=context, auto_comments=comments)


def read_catalogue() -> Catalog:
    """The catalogue as it lies there; an empty one if there is none yet."""
    path = catalogue_path()
    if not path.exists():
        return Catalog(locale=LANGUAGE, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, charset="utf-8")


def as_text(catalogue: Catalog) -> str:
    """The catalogue as a .po file: sorted, without dates or places, so that it changes only with its words."""
    lines = [
        "# The newsroom's words in Arabic.",
        "# Made by `make messages`; the translations are edited here.",
        'msgid ""',
        'msgstr ""',
        '"Language: ar\\n"',
        '"MIME-Version: 1.0\\n"',
        '"Content-Type: text/plain; charset=utf-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"',
        f'"Plural-Forms: {PLURAL_FORMS}\\n"',
        "",
        "",
    ]
    body = io.BytesIO()
    write_po(body, catalogue, width=110, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    return "\n".join(lines) + body.getvalue().decode().strip() + "\n"


def merge(catalogue: Catalog, found: Catalog) -> Catalog:
    """The messages of `found` with the translations of `catalogue`; what is unused is dropped, nothing is guessed."""
    merged = Catalog(charset="utf-8", locale=LANGUAGE)
    for message in found:
        if not message.id:
            continue
        known = catalogue.get(key_of(message), message.context)
        plural = isinstance(message.id, tuple)
        blank = ("",) * PLURALS if plural else ""
        translation = known.string if known and isinstance(known.string, tuple | list) == plural else blank
        if plural:
            translation = (tuple(translation) + blank)[:PLURALS]
        merged.add(
            message.id,
            translation,
            flags=known.flags & {"fuzzy"} if known else (),
            auto_comments=message.auto_comments,
            user_comments=known.user_comments if known else (),
            context=message.context,
        )
    return merged


def key_of(message: Message) -> str:
    """The text a message is known by: of a plural, its singular."""
    return message.id[0] if isinstance(message.id, tuple) else message.id


def findings(catalogue: Catalog, found: Catalog) -> list[Finding]:
    """What is wrong with `catalogue`, held against the messages that were `found` in the files."""
    wrong = []
    for message in found:
        if not message.id:
            continue
        text = key_of(message)
        known = catalogue.get(text, message.context)
        if known is None:
            wrong.append(Finding("missing", text))
        elif "fuzzy" in known.flags:
            wrong.append(Finding("unsure (fuzzy)", text))
        elif not all(strings := forms(known)) or (isinstance(message.id, tuple) and len(strings) != PLURALS):
            wrong.append(Finding("untranslated", text))
        elif any(differs(message, number, string) for number, string in enumerate(strings)):
            wrong.append(Finding("other placeholders", text))
    for message in catalogue:
        if message.id and found.get(key_of(message), message.context) is None:
            wrong.append(Finding("no longer used", key_of(message)))
    return wrong


def forms(message: Message) -> tuple[str, ...]:
    """The translations of a message: one, or one for each plural form."""
    return tuple(message.string) if isinstance(message.string, tuple | list) else (message.string,)


def differs(message: Message, number: int, translation: str) -> bool:
    """Whether a translation would lose, or ask for, something that the message has no word for."""
    wanted = placeholders(message.id[-1] if isinstance(message.id, tuple) else message.id)
    given = placeholders(translation)
    if isinstance(message.id, tuple) and number in FORMS_IN_WORDS:
        return not given <= wanted
    return given != wanted


def placeholders(text: str) -> set[str]:
    """The places of a text that are filled in: `%(name)s`, `%s`, `{name}`."""
    return set(PLACEHOLDER.findall(text.replace("%%", "")))  # %% is a per cent sign


def compile_catalogues() -> bool:
    """Compile the catalogue for Django if it is newer than what is there. Says whether it did."""
    path = catalogue_path()
    compiled = path.with_suffix(".mo")
    if not path.exists() or (compiled.exists() and compiled.stat().st_mtime_ns >= path.stat().st_mtime_ns):
        return False
    packed = io.BytesIO()
    write_mo(packed, read_catalogue())
    # Put in place whole: a server that starts meanwhile must not read half of it.
    beside = compiled.with_name(f"{compiled.name}.new")
    beside.write_bytes(packed.getvalue())
    beside.replace(compiled)
    return True
