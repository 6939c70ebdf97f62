"""A draft: what every incoming format becomes before the desk makes a story of it."""

from dataclasses import dataclass, field

from articles.body import document


@dataclass
class Draft:
    """The pieces of a story as a format's reader recognised them, and what the editor should look at."""

    headline: str
    subheads: list[str] = field(default_factory=list)
    blocks: list[dict] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    language: str = ""

    @property
    def paragraphs(self) -> int:
        """How many paragraphs the body has."""
        return sum(block["type"] == "paragraph" for block in self.blocks)

    @property
    def crossheads(self) -> list[str]:
        """The words of the crossheads, in order."""
        return [document.text_of(block) for block in self.blocks if block["type"] == "crosshead"]

    def document(self) -> dict:
        """The body, cleaned. Raises InvalidDocument."""
        return document.document(self.blocks)
