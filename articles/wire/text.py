"""Plain text as reporters and wires send it: bytes made readable, and lines made a draft.

The rule: the first line is the headline; short lines after it, before the first paragraph, are sub-headlines; then
paragraphs; a short line between paragraphs without a full stop is a crosshead; short lines at the end are captions.

Where the rule leaves a choice, this is how it is taken:

- A full stop makes a paragraph of a line, however short ("He died."): at the start, between paragraphs and at the end.
  A question mark is no full stop: "What now?" can be a crosshead.
- Short lines in one group, where a story sets its paragraphs apart by blank lines, are sub-headlines at the start and
  captions at the end even with full stops. So are lines that follow captions without one, lines that begin with
  "Caption:", "Photo:", "الصورة:" (the label is left out), and lines under the heading "Captions:".
- A question or a call is no caption: standing last, it is the story's last paragraph.
- Lines broken to a width (as mail programs do) are joined first.
- A first line too long for a headline stays a paragraph, and its first sentence is proposed as the headline.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from articles.body.document import crosshead, divider, paragraph
from articles.body.lines import Line, joined, lines_of

from .draft import Draft

# How many characters a line may have to be "short". Long standfirsts run to some 115, agency captions to 150.
SUBHEAD, CROSSHEAD, CAPTION, CAPTION_WITH_STOP, HEADLINE = 150, 100, 160, 120, 200
NARROW = 60  # where no line of a text passes for a paragraph, one longer than this does

_UNFINISHED = (",", ";", "،", "؛")
_END_MARK = re.compile(
    r"[-–—*#=( ]*(?:ENDS?|انتهى)[-–—*#=.) ]*|[-–—*#=(]+ ?(?:ends?|30) ?[-–—*#=)]+|#{3,}", re.IGNORECASE
)
_RULE = re.compile(r"[-–—*_=~•·#+. ]+")
_PHOTO = r"(?:photo|picture|image|pic)(?: caption)?|captions?|cutline|(?:تعليق )?(?:ال)?صور[ةه]|(?:ال)?صور"
_LABEL = re.compile(rf"[\[(*-]*\s*(?:{_PHOTO})\s*[0-9٠-٩]{{0,3}}\s*:[\s*]*", re.IGNORECASE)
_CAPTIONS_FOLLOW = re.compile(
    r"(?P<all>(?:(?:photo|picture) )?captions\W*|تعليقات الصور\W*|(?:ال)?صور *:|photos *:|pictures *:)"
    r"|(?:(?:photo|picture) )?caption *:|photo *:|picture *:|(?:تعليق )?(?:ال)?صورة *:",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:[Bb]y|BY)(?:,? (?:and|in|for|[A-Z][\w.’'-]*))+|(?:بقلم|كتبت?|إعداد)\s*:?\s+\S.{2,50}")
_SIGN_OFF = re.compile(
    r"[(\[]?(?:additional )?(?:reporting|writing|editing)\b.*\bby\b|[(\[]\s*(?:إعداد|تحرير|تغطية)", re.I
)
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
    lines = lines_of(text)
    if not any(any(map(str.isalnum, line.words)) for line in lines):
        raise NotText(_("There is no text in it."))
    if "\N{REPLACEMENT CHARACTER}" in text:
        warnings.append(_("Some characters could not be read; they are shown as “�”."))
    while _RULE.fullmatch(lines[0].words):
        lines.pop(0)
    headline, lines = lines[0].words, joined(_without_end_marks(lines, warnings)[1:])
    if len(headline) > (HEADLINE if lines else CAPTION_WITH_STOP):
        lines.insert(0, Line(headline, apart=True))
        headline = _first_sentence(headline)
        warnings.append(_("The text has no headline: its first sentence is proposed as one."))
    lines, labelled = _labelled(lines)
    layout = _Layout(lines)
    first, end = layout.first_paragraph, layout.captions_begin()
    draft = Draft(
        headline=headline,
        subheads=_words(lines[:first]),
        blocks=layout.blocks(first, end),
        captions=_words(lines[end:]) + labelled,
        warnings=warnings,
        language=language,
    )
    _advise(draft)
    return draft


def _without_end_marks(lines: list[Line], warnings: list[str]) -> list[Line]:
    kept, apart = lines[:1], False
    for line in lines[1:]:
        if _END_MARK.fullmatch(line.words) and not re.fullmatch("[Ee]nds?", line.words):
            warnings.append(_("The end mark “%(mark)s” was left out.") % {"mark": line.words})
            apart = True
        else:
            kept.append(replace(line, apart=line.apart or apart))
            apart = False
    return kept


def _labelled(lines: list[Line]) -> tuple[list[Line], list[str]]:
    """The lines without those that say they are captions, and those captions."""
    kept, captions, next_is_one, all_are = [], [], False, False
    for line in lines:
        heading = _CAPTIONS_FOLLOW.fullmatch(line.words)
        label = _LABEL.match(line.words)
        if heading:
            next_is_one, all_are = True, all_are or heading["all"] is not None
        elif (label and label.end() < len(line.words)) or next_is_one or all_are:
            captions.append(_LABEL.sub("", line.words, count=1) or line.words)
            next_is_one = False
        else:
            kept.append(line)
    return kept, captions


class _Layout:
    """What each line of a text is, by its length, its end and the lines around it."""

    def __init__(self, lines: list[Line]):
        self.lines = lines
        self.most = max(SUBHEAD, CAPTION)
        if not any(self._is_paragraph(line) for line in lines):
            self.most = NARROW
        self.first_paragraph = self._first_paragraph()

    def blocks(self, first: int, end: int) -> list[dict]:
        """The body's blocks, made of the lines from `first` to before `end`."""
        while end > first and self._is_rule(self.lines[end - 1]):
            end -= 1
        blocks = []
        for at in range(first, end):
            line = self.lines[at]
            if self._is_rule(line):
                blocks.append(divider())
            elif self._is_short(line, CROSSHEAD) and at < end - 1:
                blocks.append(crosshead(line.words))
            else:
                blocks.append(paragraph(line.words))
        return blocks

    def captions_begin(self) -> int:
        """Where the captions begin, behind the first paragraph."""
        end, first = len(self.lines), self.first_paragraph
        run = end  # where the lines begin that could all be captions, with or without a full stop
        while run > first + 1 and self._may_be_caption(self.lines[run - 1]):
            run -= 1
        begin = min(self._without_stop_before(end), self._group_at_end(run), self._mixed(run))
        return self._without_stop_before(begin) if begin < end else end

    def _first_paragraph(self) -> int:
        first = next((at for at, line in enumerate(self.lines) if self._is_paragraph(line)), len(self.lines))
        if first == len(self.lines):
            return first
        # Short lines in one group under the headline are sub-headlines even if they have full stops.
        group = first
        while group > 0 and not self.lines[group].apart:
            group -= 1
        after = first
        while after < len(self.lines) and (after == first or not self.lines[after].apart):
            after += 1
        short = all(len(line.words) <= CAPTION_WITH_STOP for line in self.lines[group:after])
        under_headline = group == 0 and not self.lines[0].apart
        if after < len(self.lines) and short and (after - group > 1 or under_headline) and self._sets_apart(after):
            return next((at for at in range(after, len(self.lines)) if self._is_paragraph(self.lines[at])), first)
        return first

    def _without_stop_before(self, at: int) -> int:
        """Where the captions without a full stop begin that stand right before `at`."""
        while at > self.first_paragraph + 1 and self._is_caption(self.lines[at - 1]):
            at -= 1
        return at

    def _group_at_end(self, run: int) -> int:
        """Where a group of short lines at the end begins, if the story sets its paragraphs apart; else the end."""
        end = group = len(self.lines)
        while group > run and (group == end or not self.lines[group].apart):
            group -= 1
        alike = end - group > 1 and self.lines[group].apart and self._sets_apart(self.first_paragraph)
        return group if alike and not self._heads_its_paragraph(group) else end

    def _heads_its_paragraph(self, at: int) -> bool:
        """Whether a crosshead at `at` would stand right over its paragraph, as others in this text do."""

        def heads(at: int) -> bool:
            below = self.lines[at + 1]
            return self._is_short(self.lines[at], CROSSHEAD) and not below.apart and below.stops()

        return heads(at) and any(map(heads, range(self.first_paragraph + 1, at)))

    def _mixed(self, run: int) -> int:
        """Where two short lines without a full stop, or one too long for a crosshead, begin the captions, though some
        of those after them stop; else the end."""
        stops = [self._stops(line) for line in self.lines[run:]]
        stopping = sum(stops)
        for at, stop in enumerate(stops[:-1]):
            line = self.lines[run + at]
            begins = not stop and not line.halts() and (not stops[at + 1] or len(line.words) > NARROW)
            if begins and 2 * stopping <= len(stops) - at:
                return run + at
            stopping -= stop
        return len(self.lines)

    def _sets_apart(self, start: int) -> bool:
        """Whether most long lines from `start` on have a blank line before them."""
        long_lines = [line for line in self.lines[start:] if len(line.words) > CAPTION_WITH_STOP]
        return 2 * sum(line.apart for line in long_lines) > len(long_lines)

    def _is_paragraph(self, line: Line) -> bool:
        return not self._is_rule(line) and not self._is_short(line, SUBHEAD)

    def _may_be_caption(self, line: Line) -> bool:
        return self._is_caption(line) or len(line.words) <= CAPTION_WITH_STOP

    def _is_caption(self, line: Line) -> bool:
        """Nobody captions a picture with a question or a call, so those end a story."""
        return self._is_rule(line) or (self._is_short(line, CAPTION) and not line.halts())

    def _is_short(self, line: Line, most: int) -> bool:
        return len(line.words) <= min(most, self.most) and not self._stops(line)

    def _stops(self, line: Line) -> bool:
        """Whether it ends as a sentence does, breaks off inside one, or signs the story off."""
        unfinished = line.words.endswith((",", ";", "،", "؛"))
        return line.stops() or unfinished or _SIGN_OFF.match(line.words) is not None

    def _is_rule(self, line: Line) -> bool:
        return _RULE.fullmatch(line.words) is not None


def _words(lines: Sequence[Line]) -> list[str]:
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
