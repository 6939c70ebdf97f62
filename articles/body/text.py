"""The plain words of a body, for the text edition, feeds, digests and search."""

import re
import unicodedata

from .blocks import NODES, Block
from .characters import fit, line_breaks
from .document import inline_text


def plain(document: dict) -> str:
    """The body without any markup: paragraphs parted by a blank line, lists with dashes, quotes with who said them.

    Pictures are left out, for their captions stand outside the body; so is a pull quote whose words the story says.
    """
    said = map(_said, once_only(document))
    return "\n\n".join(filter(None, said))


def once_only(document: dict) -> list[dict]:
    """The blocks of the body without the pull quotes whose words the story says anyhow."""
    said = [(NODES[block["type"]], block, _said(block)) for block in document.get("content", ())]
    body = " ".join(" ".join(words.split()) for kind, _block, words in said if not kind.repeats)
    return [block for kind, block, words in said if not (kind.repeats and _is_in(words, body))]


def normalise(text: str) -> str:
    """`text` as it is compared with another: line ends, spaces, blank lines and invisible characters made alike.

    The lines stay lines: the same words set differently are another text, for they mean another story.
    """
    text = unicodedata.normalize("NFC", line_breaks(text))
    lines = [" ".join(fit(line).replace("\u200b", "").split()) for line in text.split("\n")]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _said(node: dict) -> str:
    kind: Block = NODES[node["type"]]
    if kind.inline:
        return inline_text(node).strip()
    return kind.say(node.get("attrs") or {}, [_said(child) for child in node.get("content", ())]).strip()


def _is_in(words: str, body: str) -> bool:
    """Whether the body says a pull quote's `words` (its last line may name the speaker)."""
    quoted = words.split("\n— ")[0]
    return " ".join(quoted.split()).strip("“”\"'«»„‘’ ") in body
