"""The front: the newest stories laid out as a page, by what kinds of stories and pictures there are that day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import chain

from .cards import Card
from .frame import Frame, Place

SIDES = 4  # beside the lead
LATEST = 8
VOICES = 3
FEW = 6  # with fewer stories than this nothing is kept for bands
PICTURES_A_BAND = 2
LARGEST_BAND = 7  # one large card and two stacks of three


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
    """A band for each section that fills one, in the sections' order; what fills none stands together at the end."""
    by_section = {place.id: [card for card in cards if card.section == place.id] for place in frame.sections}
    thin = [card for card in cards if len(by_section.get(card.section, ())) < 2]
    bands: list[Band] = []
    for place in frame.sections:
        mine = by_section[place.id]
        for start in range(0, len(mine) if len(mine) > 1 else 0, LARGEST_BAND):
            bands.append(_band(place, f"{place.slug}-{start}" if start else place.slug, mine[start:][:LARGEST_BAND], len(bands)))
    for start in range(0, len(thin), LARGEST_BAND):
        bands.append(_band(Place("", ""), f"more-{start}", thin[start:][:LARGEST_BAND], len(bands)))
    return bands


def _band(place: Place, id: str, cards: list[Card], number: int) -> Band:
    layout, cells = lay_out(cards, wide=number % 2 == 0)
    for card in list(filter(_pictured, chain.from_iterable(cells)))[PICTURES_A_BAND:]:
        card.picture = None
    return Band(place.name, place.path, f"band-{id}", layout, cells)


def lay_out(cards: list[Card], *, wide: bool) -> tuple[str, list[list[Card]]]:
    """The grid for so many cards, and its columns; a picture opens the band if there is one.

    `wide`: one large card and two columns, where there are enough; else four columns alike.
    """
    first = _take(rest := list(cards), _pictured) or rest.pop(0)
    if len(cards) == 1:
        return "open", [[first]]
    if len(cards) == 2:
        return ("open" if first.picture else "two"), [[first], rest]
    if len(cards) == 3:
        return ("pair" if first.picture else "three"), [[first], *([card] for card in rest)]
    if (wide or len(cards) == LARGEST_BAND) and first.picture:
        return "pair", [[first], *_columns(rest, 2)]
    return "four", [[first], *_columns(rest, 3)] if first.picture else _columns([first, *rest], min(4, len(cards)))


def _columns(cards: Iterable[Card], number: int) -> list[list[Card]]:
    """`cards` in so many columns, those with a picture on top; filled row by row, so that the newest stand above."""
    rows = sorted(cards, key=lambda card: card.picture is None)
    return [rows[place::number] for place in range(number)]
