"""Plain text as reporters and wires send it: bytes made readable, and lines made a draft.

The rule: the first line is the headline; short lines after it, before the first paragraph, are sub-headlines; then
paragraphs; a short line between paragraphs without a full stop is a crosshead; short lines at the end are captions.

Where the rule leaves a choice, this is how it is taken:

- A full stop makes a paragraph of a line, however short ("He died."): at the start, between paragraphs and at the end.
  A question mark is no full stop: "What now?" can be a crosshead.
- Captions may end with a full stop where the layout says they are captions: they stand in one group with others under
  a story whose paragraphs are set apart by blank lines, or follow a caption that has none, or begin with "Caption:",
  "Photo:", "الصورة:", or follow a line that says "Captions:". "Caption:" itself is left out.
- Lines broken to a width (as mail programs do) are joined first.
- A first line too long for a headline stays a paragraph, and its first sentence is proposed as the headline.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from django.utils.translation import gettext as _

from articles.body.characters import fit, line_breaks
from articles.body.document import crosshead, divider, paragraph

from .draft import Draft

# How many characters a line may have to be "short". Long standfirsts run to some 115, agency captions to 150.
SUBHEAD, CROSSHEAD, CAPTION, CAPTION_WITH_STOP, HEADLINE = 150, 100, 160, 120, 200
NARROW = 60  # where no line of a text passes for a paragraph, one longer than this does
WIDTHS = range(30, 121)  # characters a line, where mail programs and agencies' printers break them

_CLOSERS = "”’“\"'»›)]* \u00a0\u200e\u200f"
_STOPS = (".", "…", "۔", "。", "।")
_HALTS = (*_STOPS, "?", "!", "؟", "？", "！")
_UNFINISHED = (",", ";", "،", "؛")
_END_MARK = re.compile(
    r"[-–—*#=( ]*(?:ENDS?|انتهى)[-–—*#=.) ]*|[-–—*#=(]+ ?(?:ends?|30) ?[-–—*#=)]+|#{3,}", re.IGNORECASE
)
_RULE = re.compile(r"[-–—*_=~•·#+. ]+")
_PHOTO = r"(?:photo|picture|image|pic)(?: caption)?|captions?|cutline|(?:تعليق )?(?:ال)?صور[ةه]|(?:ال)?صور"
_LABEL = re.compile(rf"[\[(*-]*\s*(?:{_PHOTO})\s*[0-9٠-٩]{{0,3}}\s*:[\s*]*", re.IGNORECASE)
_CAPTIONS_FOLLOW = re.compile(
    r"(?:(?:photo|picture) )?captions?\W*|(?:تعليقات )?الصور\W*|photos:|pictures:", re.IGNORECASE
)
_BYLINE = re.compile(r"(?:[Bb]y|BY)(?:,? (?:and|in|for|[A-Z][\w.’'-]*))+|(?:بقلم|كتبت?|إعداد)\s*:?\s+\S.{2,50}")
_SIGN_OFF = re.compile(
    r"[(\[]?(?:additional )?(?:reporting|writing|editing)\b.*\bby\b|[(\[]\s*(?:إعداد|تحرير|تغطية)", re.I
)
_PARTED = re.compile(r"[^\W\d]- (?!and\b|or\b|to\b)[^\W\d][^ ]*(?: [^ ]*)?$")
_SENTENCE = re.compile(r".{20,}?[.!?؟۔…][”’\"'»)]*(?=\s)")

_BINARIES = (
    (b"%PDF", "PDF"), (b"PK\x03\x04", "Word / ZIP"), (b"\xd0\xcf\x11\xe0", "Word"), (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"RIFF", "WebP"), (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"), (b"\x1f\x8b", "gzip"), (b"7z\xbc\xaf", "7z"), (b"Rar!", "RAR"),
)  # fmt: skip
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_ARABIC_WORD = re.compile("[\u0621-\u0652\u067e\u0686\u0698\u06af]{2,}")
_MIXED_WORD = re.compile(
    "[A-Za-z][\u0621-\u0652\u067e\u0686\u0698\u06af]|[\u0621-\u0652\u067e\u0686\u0698\u06af][A-Za-z]"
)


class NotText(ValueError):
    """A file that cannot be read as text; its words are the sentence the editor reads."""


def decode(data: bytes, language: str = "") -> str:
    """The text in `data`: UTF-8 or UTF-16 by its byte-order mark, UTF-8, else cp1256 if that reads as Arabic, else
    cp1252. `language`, if known, decides the doubtful. Raises NotText for an empty file and for anything else.
    """
    for magic, name in _BINARIES:
        if data.startswith(magic):
            raise NotText(_("This is a %(kind)s file, not plain text: save it as plain text.") % {"kind": name})
    mark, encoding = next((pair for pair in _BYTE_ORDER_MARKS if data.startswith(pair[0])), (b"", "utf-8"))
    try:
        text = data.removeprefix(mark).decode(encoding)
    except UnicodeDecodeError as error:
        if mark:
            raise NotText(_("This file is not plain text, or it is damaged.")) from error
        text = _decoded_windows(data, language)
    text = text.removesuffix("\x1a")  # how DOS editors ended a file
    if not text.strip():
        raise NotText(_("The file is empty."))
    if _CONTROLS.search(text):
        raise NotText(_("This file is not plain text: it holds characters no text has."))
    return text


def parse(text: str, language: str) -> Draft:
    """The draft in `text`, by the rule above. Every word of it is in the draft, but labels ("Caption:") and end marks
    ("ENDS", "-30-"), which are named in its warnings. Raises NotText for a text without a word.
    """
    warnings: list[str] = []
    lines = _lines(text)
    if not any(any(map(str.isalnum, line.words)) for line in lines):
        raise NotText(_("There is no text in it."))
    if "\N{REPLACEMENT CHARACTER}" in text:
        warnings.append(_("Some characters could not be read; they are shown as “�”."))
    headline, lines = lines[0].words, _joined(_without_end_marks(lines, warnings)[1:])
    if len(headline) > (HEADLINE if lines else CAPTION_WITH_STOP):
        lines.insert(0, _Line(headline, apart=True))
        headline = _first_sentence(headline)
        warnings.append(_("The text has no headline: its first sentence is proposed as one."))
    lines, labelled = _labelled(lines)

    is_short = _is_short
    if not any(not _RULE.fullmatch(line.words) and not is_short(line.words, SUBHEAD) for line in lines):
        is_short = _is_narrow
    first = next((at for at, line in enumerate(lines) if not is_short(line.words, SUBHEAD)), len(lines))
    end = _captions_begin(lines, first, is_short)
    subheads, body, tail = lines[:first], lines[first:end], lines[end:]
    draft = Draft(
        headline=headline,
        subheads=_words(subheads),
        blocks=[_block(line.words, is_short) for line in _without_outer_rules(body)],
        captions=_words(tail) + labelled,
        warnings=warnings,
        language=language,
    )
    _advise(draft)
    return draft


@dataclass(frozen=True)
class _Line:
    words: str
    apart: bool = False  # a blank line stands before it
    indented: bool = False

    def halts(self) -> bool:
        return self.words.rstrip(_CLOSERS).endswith(_HALTS)


def _lines(text: str) -> list[_Line]:
    lines, apart = [], False
    for raw in line_breaks(text.removeprefix("\ufeff")).split("\n"):
        words = re.sub(" {2,}", " ", fit(raw)).strip()
        if words:
            lines.append(_Line(words, apart, indented=raw[0] in " \t\u3000"))
        apart = not words
    return lines


def _without_end_marks(lines: list[_Line], warnings: list[str]) -> list[_Line]:
    kept = lines[:1]
    for line in lines[1:]:
        if _END_MARK.fullmatch(line.words) and not re.fullmatch("[Ee]nds?", line.words):
            warnings.append(_("The end mark “%(mark)s” was left out.") % {"mark": line.words})
        else:
            kept.append(line)
    return kept


# Lines broken to a width


def _joined(lines: list[_Line]) -> list[_Line]:
    """`lines`, with those that were broken to a width put together again; as they are, if they were not."""
    width = _width(lines)
    if width not in WIDTHS or sum(len(line.words) > 1.25 * width for line in lines) > 0.2 * len(lines):
        return lines
    groups: list[list[_Line]] = []
    for line in lines:
        if groups and _runs_on(groups[-1][-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    # Proof: sentences that go on in the next line and come to an end, most of them in a small letter.
    sentences = [group for group in groups if len(group) > 1 and group[-1].halts()]
    breaks = [after for group in sentences for before, after in pairwise(group) if not before.halts()]
    small = sum(after.words[0].islower() for after in breaks)
    large = sum(after.words[0].isupper() for after in breaks)
    if (
        2 * len(breaks) < sum(len(group) - 1 for group in groups)
        or not (small or len(breaks) > 2)
        or large > 1.5 * small
    ):
        return lines
    return [line for group in groups for line in _one_or_more(group)]


def _width(lines: list[_Line]) -> int:
    """The width the lines seem broken to: the longest that several lines before another come near; 0 for none."""
    lengths = sorted(len(before.words) for before, after in pairwise(lines) if not after.apart)
    low = len(lengths)
    for high in range(len(lengths) - 1, -1, -1):
        while low > 0 and lengths[low - 1] >= 0.8 * lengths[high]:
            low -= 1
        if high - low + 1 >= 0.3 * len(lengths):
            return lengths[high]
    return 0


def _runs_on(before: _Line, after: _Line, width: int) -> bool:
    if after.apart or (after.indented and not before.indented) or max(len(before.words), len(after.words)) > width:
        return False
    return len(before.words) + 1 + len(after.words.split(" ", 1)[0]) > width


def _one_or_more(group: list[_Line]) -> list[_Line]:
    """A sentence that ends is one line. Full lines that end nothing may be sub-headlines or captions of one length."""
    parts = [group[0]]
    for after in group[1:]:
        capital = after.words[0].isupper() or (
            after.words[0].isalpha() and not after.words[0].islower() and len(group) < 4
        )
        if capital and not group[-1].halts():
            parts.append(after)
        else:
            # "lower-" and "town" were one word; "two-" and "and three-storey" were not.
            space = "" if _PARTED.search(f"{parts[-1].words} {after.words[:8]}") else " "
            parts[-1] = replace(parts[-1], words=f"{parts[-1].words}{space}{after.words}")
    return parts


# What a line is


def _stops(words: str) -> bool:
    """Whether a line ends as a sentence does, or breaks off inside one."""
    return words.rstrip(_CLOSERS).endswith((*_STOPS, *_UNFINISHED)) or _SIGN_OFF.match(words) is not None


def _is_short(words: str, most: int) -> bool:
    return len(words) <= most and not _stops(words)


def _is_narrow(words: str, most: int) -> bool:
    return _is_short(words, min(most, NARROW))


def _labelled(lines: list[_Line]) -> tuple[list[_Line], list[str]]:
    """The lines without those that say they are captions, and those captions."""
    kept, captions = [], []
    for at, line in enumerate(lines):
        if _CAPTIONS_FOLLOW.fullmatch(line.words):
            return kept, captions + [_LABEL.sub("", one.words, count=1) for one in lines[at + 1 :]]
        label = _LABEL.match(line.words)
        if label and label.end() < len(line.words):
            captions.append(line.words[label.end() :])
        else:
            kept.append(line)
    return kept, captions


def _captions_begin(lines: Sequence[_Line], first: int, is_short: Callable[[str, int], bool]) -> int:
    """Where in `lines` the captions begin: somewhere behind the first paragraph, at `first`."""

    def without_stop(at: int) -> int:
        while at > first + 1 and (is_short(lines[at - 1].words, CAPTION) or _RULE.fullmatch(lines[at - 1].words)):
            at -= 1
        return at

    end = len(lines)
    begin = without_stop(end)
    run = end  # of lines that could be captions, with or without a stop
    while run > first + 1 and (
        is_short(lines[run - 1].words, CAPTION) or len(lines[run - 1].words) <= CAPTION_WITH_STOP
    ):
        run -= 1
    long_lines = [line for line in lines[first:run] if len(line.words) > CAPTION_WITH_STOP]
    group = end - 1
    while group > run and not lines[group].apart:
        group -= 1
    if (
        end - group > 1
        and run <= group
        and lines[group].apart
        and 2 * sum(line.apart for line in long_lines) > len(long_lines)
    ):
        begin = min(begin, group)
    # Two short lines without a stop, or one too long for a crosshead, begin the captions even if some after them stop.
    stops = [_stops(line.words) for line in lines[run:end]]
    for at in range(run, min(begin, end - 1)):
        rest = stops[at - run :]
        if not rest[0] and (not rest[1] or len(lines[at].words) > NARROW) and 2 * sum(rest) <= len(rest):
            begin = at
            break
    return without_stop(begin) if begin < end else end


def _block(words: str, is_short: Callable[[str, int], bool]) -> dict:
    if _RULE.fullmatch(words):
        return divider()
    return crosshead(words) if is_short(words, CROSSHEAD) else paragraph(words)


def _without_outer_rules(lines: list[_Line]) -> list[_Line]:
    while lines and _RULE.fullmatch(lines[-1].words):
        lines = lines[:-1]
    return lines


def _words(lines: Sequence[_Line]) -> list[str]:
    return [line.words for line in lines if not _RULE.fullmatch(line.words)]


def _first_sentence(words: str) -> str:
    sentence = _SENTENCE.match(words)
    proposal = sentence[0].rstrip(".۔") if sentence else words
    if len(proposal) > CAPTION_WITH_STOP:
        proposal = proposal[:CAPTION_WITH_STOP].rsplit(" ", 1)[0].rstrip(" ،,;؛:") + "…"
    return proposal


def _advise(draft: Draft) -> None:
    """What the editor should look at, in the draft's warnings."""
    for line in draft.subheads:
        if _BYLINE.fullmatch(line):
            draft.warnings.append(
                _("“%(line)s” looks like a byline; it stands among the sub-headlines.") % {"line": line}
            )
    if not draft.paragraphs:
        draft.warnings.append(_("No paragraph was found."))


def _decoded_windows(data: bytes, language: str) -> str:
    """`data`, which is not clean UTF-8, in the code page it was most likely written in."""
    damaged = data.decode("utf-8", errors="replace")
    broken = damaged.count("\N{REPLACEMENT CHARACTER}")
    if sum(not character.isascii() for character in damaged) > 6 * broken:
        return damaged  # UTF-8 after all, with a few bytes lost on the way
    arabic = data.decode("cp1256")
    words, mixed = len(_ARABIC_WORD.findall(arabic)), len(_MIXED_WORD.findall(arabic))
    if words > mixed or (words and words == mixed and language.startswith("ar")):
        return arabic
    return data.decode("cp1252", errors="replace")
