"""Variables in a caption template: `{city}` becomes the picture's city."""

import re
from collections.abc import Mapping

_NAME = re.compile(r"\{([a-z]+(?::[a-z]+)?)\}")


def names(text: str) -> list[str]:
    """The variables `text` uses, each once, in their order."""
    return list(dict.fromkeys(_NAME.findall(text)))


def fill(text: str, facts: Mapping[str, str]) -> str:
    """`text` with every variable that `facts` know put in; what they do not know stays as it was typed."""
    filled = _NAME.sub(lambda found: facts.get(found[1], found[0]), text)
    if filled == text:
        return text
    filled = re.sub(r"(?:\s*[,،])+(?=\s*[.,،]|\s*$)", "", filled)  # what stood round an empty one
    return re.sub(r"^[\s,،.]+|\s+$", "", re.sub(r"[ \t]{2,}", " ", filled))
