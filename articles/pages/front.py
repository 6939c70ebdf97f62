"""The front: the newest stories laid out as a page, by what kinds of stories and pictures there are that day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from .cards import Card
from .frame import Frame, Place

SIDES = 3  # beside the lead: about as tall as it, and its picture takes the rest
LATEST = 8
VOICES = 3
FEW = 6  # with fewer stories than this nothing is kept for bands
PICTURES_A_BAND = 2
LARGEST_BAND = 7  # one card with its picture and three stacks of two
LARGEST_PAIR = 6  # one large card, a stack of three and one of two
LARGEST_REST = 12  # four stacks of three


@dataclass(slots=True)
class Band:
    """A section's cards: `layout` is the style sheet's grid, `cells` the cards that stand in each column."""

    name: str
    path: str
    id: str
    layout: str
    cells: list[list[Card]]


@dataclass(slots=True)
class Front:
    lead: Card | None = None
    sides: list[Card] = field(default_factory=list)
    latest: list[Card] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)
    long_read: Card | None = None
    voices: list[Card] = field(default_factory=list)
    later: list[Band] = field(default_factory=list)


def compose(cards: list[Card], frame: Frame) -> Front:
    """Lay out `cards`, newest first. Every one of them stands on the page."""
    front = Front()
    if not cards:
        return front
    left = list(cards)
    front.lead = _take(left, _pictured_news) or _take(left, _pictured) or left.pop(0)
    if len(cards) < FEW:
        front.sides = left
        return front
    second = _take(left, _pictured_news)
    front.sides = [second] if second else []
    while len(front.sides) < SIDES and (card := _take(left, _is_news)):
        front.sides.append(card)
    shown = {front.lead.id, *(card.id for card in front.sides)}
    front.latest = [card for card in cards if card.id not in shown][:LATEST]
    front.long_read = _take(left, lambda card: card.is_long and _pictured(card))
    while len(front.voices) < VOICES and (card := _take(left, lambda card: card.is_voice)):
        front.voices.append(card)
    if len(front.voices) == 1:  # one alone would look lost
        left.append(front.voices.pop())
        left.sort(key=cards.index)
    bands = _bands(left, frame)
    half = (len(bands) + 1) // 2
    front.bands, front.later = bands[:half], bands[half:]
    return front


def _pictured(card: Card) -> bool:
    return card.picture is not None


def _is_news(card: Card) -> bool:
    return not (card.is_voice or card.is_long)


def _pictured_news(card: Card) -> bool:
    return _pictured(card) and _is_news(card)


def _take(cards: list[Card], wanted: Callable[[Card], bool]) -> Card | None:
    """Take the first card that is `wanted` out of `cards`; None where there is none."""
    for place, card in enumerate(cards):
        if wanted(card):
            return cards.pop(place)
    return None


def _bands(cards: list[Card], frame: Frame) -> list[Band]:
    """A band for each section that fills one, in the sections' order; the others stand together at the end."""
    bands: list[Band] = []
    rest = list(cards)
    for place in frame.sections:
        wide = len(bands) % 2 == 0  # a large picture in every other band
        mine = [card for card in cards if card.section == place.id]
        mine = mine[: LARGEST_PAIR if wide and any(map(_pictured, mine)) else LARGEST_BAND]
        if len(mine) > 1:
            bands.append(_band(place, mine, wide=wide))
            rest = [card for card in rest if card not in mine]
    for start in range(0, len(rest), LARGEST_REST):
        bands.append(_band(Place("", "", f"more-{start}"), rest[start : start + LARGEST_REST], wide=False))
    return bands


def _band(place: Place, cards: list[Card], *, wide: bool) -> Band:
    for card in list(filter(_pictured, cards))[PICTURES_A_BAND:]:
        card.picture = None
    layout, cells = lay_out(cards, wide=wide)
    return Band(place.name, place.path, f"band-{place.slug}", layout, cells)


def lay_out(cards: list[Card], *, wide: bool) -> tuple[str, list[list[Card]]]:
    """The grid for so many cards, and its columns; a picture opens the band if there is one.

    `wide`: one large card and two columns, where it has a picture and they are not too many; else four columns alike.
    """
    rest = list(cards)
    first = _take(rest, _pictured) or rest.pop(0)
    if len(cards) == 1:
        return "open", [[first]]
    if len(cards) == 2:
        return "two", [[first], rest]
    if len(cards) == 3:
        return ("pair" if first.picture else "three"), [[first], *([card] for card in rest)]
    if first.picture and wide and len(cards) <= LARGEST_PAIR:
        return "pair", [[first], *_columns(rest, 2)]
    if first.picture and len(cards) <= LARGEST_BAND:
        return "four", [[first], *_columns(rest, 3)]
    return "four", _columns([first, *rest], 4)


def _columns(cards: Iterable[Card], number: int) -> list[list[Card]]:
    """`cards` in so many columns of about one height, those with a picture (which takes the room of another) on top."""
    columns: list[list[Card]] = [[] for _column in range(number)]
    heights = [0] * number
    for card in sorted(cards, key=lambda card: card.picture is None):
        shortest = heights.index(min(heights))
        columns[shortest].append(card)
        heights[shortest] += 2 if card.picture else 1
    return [column for column in columns if column]
