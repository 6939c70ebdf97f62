"""What a comparison of two states of a story says: plain values, made to be read by a history's templates."""

from dataclasses import dataclass, field

from .runs import Run, lines

SAME, ADDED, REMOVED, CHANGED, MOVED, FOLDED = "same", "added", "removed", "changed", "moved", "folded"


@dataclass(frozen=True)
class FieldChange:
    """A field that changed: its values, and its words as runs (one row of them for each sub-head). `name` may be that
    of a block's attribute too; where a value is no text, there are no runs."""

    name: str
    before: object
    after: object
    rows: list[list[Run]] = field(default_factory=list)

    @property
    def runs(self) -> list[Run]:
        """The words of a field that is one text."""
        return self.rows[0] if self.rows else []


@dataclass(frozen=True)
class RowsChange:
    """A list of tags, authors or related stories that changed; `reordered` where those that stayed stand otherwise."""

    name: str
    kept: list
    added: list
    removed: list
    reordered: bool


@dataclass(frozen=True)
class PictureChange:
    """A picture of the story that was added, removed or changed; `before` and `after` are its rows in the snapshots.

    `replaced`: another photo stands in its place. `words` are its caption, alt text and credit, where they changed;
    `others` the names of what else did: crop, role, order, decorative.
    """

    kind: str
    before: dict | None
    after: dict | None
    replaced: bool = False
    words: list[FieldChange] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    @property
    def uuids(self) -> set[str]:
        """The attachment's, or those of the two of which one took the other's place."""
        return {row["uuid"] for row in (self.before, self.after) if row}


@dataclass(frozen=True)
class BlockChange:
    """A block in both states: `kind` says whether it is the same, changed, added, removed or only moved.

    A changed block may have `moved` too: then it `stood_behind` another, whose block is given (None: it came first).
    `attributes` are its title, attribution and the like; `pictures` the changed pictures it shows.
    """

    kind: str
    id: str
    before: dict | None
    after: dict | None
    runs: list[Run] = field(default_factory=list)
    attributes: list[FieldChange] = field(default_factory=list)
    pictures: list[PictureChange] = field(default_factory=list)
    moved: bool = False
    moved_up: bool = False
    stood_behind: dict | None = None

    @property
    def block(self) -> dict:
        """The block as it is, or as it was."""
        return self.after or self.before

    @property
    def turned(self) -> bool:
        """Whether it became another kind of block."""
        return bool(self.before and self.after) and self.before["type"] != self.after["type"]

    @property
    def lines(self) -> list[list[Run]]:
        """The runs line by line: paragraphs, items, rows."""
        return lines(self.runs)


@dataclass(frozen=True)
class Folded:
    """Neighbouring blocks that are the same in both states."""

    blocks: list[dict]
    kind: str = FOLDED


@dataclass(frozen=True)
class Comparison:
    """What differs between two states; `blocks` holds every block of both, in the order they are read in now."""

    fields: list[FieldChange]
    rows: list[RowsChange]
    section: tuple[dict | None, dict | None] | None
    pictures: list[PictureChange]
    blocks: list[BlockChange]

    @property
    def count(self) -> int:
        """How many things changed; a picture shown in a changed block counts there."""
        changed = [block for block in self.blocks if block.kind != SAME]
        shown = set().union(*(picture.uuids for block in changed for picture in block.pictures))
        elsewhere = [picture for picture in self.pictures if not picture.uuids & shown]
        return len(self.fields) + len(self.rows) + bool(self.section) + len(elsewhere) + len(changed)

    def __bool__(self) -> bool:
        return self.count > 0

    @property
    def text(self) -> list[BlockChange | Folded]:
        """The blocks, with neighbours that are the same folded into one."""
        pieces: list[BlockChange | Folded] = []
        for block in self.blocks:
            if block.kind != SAME:
                pieces.append(block)
            elif pieces and pieces[-1].kind == FOLDED:
                pieces[-1].blocks.append(block.block)
            else:
                pieces.append(Folded([block.block]))
        return pieces
