"""What stands in the sample's scenes more than once: people, boats, trees, houses, lamps."""

import math
from random import Random

from .brush import Pen, mix


def person(
    pen: Pen, x: float, foot: float, tall: float, coat, dark="#1c1a26", skin="#6b4636", lit=None, lean: float = 0
):
    """Somebody standing: the middle of the feet, the height, the coat's colour; `lit` colours the bright side."""
    wide, lean = tall * 0.13, lean * tall
    hip, neck = foot - tall * 0.36, foot - tall * 0.84
    pen.polygon([(x - wide * 0.75, hip), (x - wide * 0.1, hip), (x - wide * 0.25, foot), (x - wide * 0.85, foot)], dark)
    pen.polygon([(x + wide * 0.1, hip), (x + wide * 0.75, hip), (x + wide * 0.95, foot), (x + wide * 0.35, foot)], dark)
    shoulder = [
        (x + lean - wide * 0.55, neck),
        (x + lean + wide * 0.55, neck),
        (x + lean + wide * 1.05, neck + tall * 0.06),
    ]
    hem = [(x + wide * 1.05, hip + tall * 0.08), (x - wide * 1.05, hip + tall * 0.08)]
    pen.polygon([*shoulder, *hem, (x + lean - wide * 1.05, neck + tall * 0.06)], coat)
    if lit:
        pen.polygon(
            [
                (x + lean + wide * 0.3, neck),
                (x + lean + wide * 0.55, neck),
                (x + lean + wide * 1.05, neck + tall * 0.06),
                (x + wide * 1.05, hip + tall * 0.08),
                (x + wide * 0.55, hip + tall * 0.08),
            ],
            lit,
        )
    pen.box(x + lean - wide * 0.25, neck - tall * 0.04, x + lean + wide * 0.25, neck + tall * 0.02, skin)
    pen.oval(x + lean, foot - tall * 0.92, tall * 0.058, tall * 0.074, skin)
    pen.slice(x + lean, foot - tall * 0.93, tall * 0.066, tall * 0.078, 165, 375, dark)


def crowd(pen: Pen, random: Random, left, right, foot, tall, colours, dark="#14121c", gap: float = 0.3, skin="#5a3c30"):
    """A row of people from left to right, none quite as tall as the next."""
    x = left
    while x < right:
        person(
            pen,
            x,
            foot + random.uniform(0, tall * 0.06),
            tall * random.uniform(0.82, 1.06),
            random.choice(colours),
            dark,
            skin,
            lean=random.uniform(-0.02, 0.02),
        )
        x += tall * gap * random.uniform(0.75, 1.5)


def heads(pen: Pen, random: Random, left, right, y, size, colour, gap: float = 1.9):
    """A row of heads and shoulders seen from behind."""
    x = left
    while x < right:
        scale, top = size * random.uniform(0.85, 1.12), y + random.uniform(-0.35, 0.35) * size
        pen.oval(x, top, scale * 0.48, scale * 0.6, colour)
        pen.box(x - scale, top + scale * 0.62, x + scale, top + scale * 5, colour, radius=scale * 0.55)
        x += size * gap * random.uniform(0.9, 1.35)


def sailing_boat(pen: Pen, x, water, long, hull, trim="#f4efe4", dark="#2a2a33", mast: float = 1.0):
    """A moored boat with bare mast, side on; its reflection is the water's business."""
    half, deck = long / 2, water - long * 0.13
    pen.line([(x + long * 0.05, deck), (x + long * 0.05, deck - long * mast)], long * 0.014, dark)
    for end in (-half * 0.92, half * 0.95):
        pen.line([(x + long * 0.05, deck - long * mast), (x + end, deck)], long * 0.004, dark)
    pen.line([(x + long * 0.05, deck - long * 0.16), (x - half * 0.75, deck - long * 0.13)], long * 0.012, dark)
    pen.line([(x + long * 0.04, deck - long * 0.19), (x - half * 0.7, deck - long * 0.155)], long * 0.028, trim)
    pen.polygon(
        [
            (x - half * 0.3, deck),
            (x - half * 0.2, deck - long * 0.075),
            (x + half * 0.32, deck - long * 0.075),
            (x + half * 0.5, deck),
        ],
        mix(trim, dark, 0.12),
    )
    for port in (-0.08, 0.08, 0.24):
        pen.box(
            x + half * port, deck - long * 0.052, x + half * (port + 0.09), deck - long * 0.025, mix(hull, dark, 0.6)
        )
    pen.polygon(
        [(x - half, deck), (x + half * 1.08, deck - long * 0.03), (x + half * 0.78, water), (x - half * 0.86, water)],
        hull,
    )
    pen.polygon(
        [
            (x - half, deck),
            (x + half * 1.08, deck - long * 0.03),
            (x + half * 1.02, deck),
            (x - half * 0.98, deck + long * 0.022),
        ],
        trim,
    )
    pen.polygon(
        [
            (x - half * 0.9, water - long * 0.03),
            (x + half * 0.86, water - long * 0.03),
            (x + half * 0.78, water),
            (x - half * 0.86, water),
        ],
        mix(hull, dark, 0.55),
    )


def olive(pen: Pen, random: Random, x, foot, size, leaves, trunk="#4b3b2e"):
    """An olive tree: a twisted trunk and a crown in three tones, darkest first."""
    bend = random.uniform(-0.12, 0.12) * size
    pen.polygon(
        [
            (x - size * 0.09, foot),
            (x + size * 0.1, foot),
            (x + bend + size * 0.05, foot - size * 0.55),
            (x + bend - size * 0.05, foot - size * 0.55),
        ],
        trunk,
    )
    for tone, colour in enumerate(leaves):
        for _ in range(10 - tone * 2):
            dx, dy = random.gauss(0, 0.24) * size, random.gauss(0, 0.13) * size
            r = size * random.uniform(0.13, 0.24) * (1 - tone * 0.16)
            pen.oval(
                x + bend + dx - tone * size * 0.06, foot - size * 0.78 + dy - tone * size * 0.07, r * 1.15, r, colour
            )


def cypress(pen: Pen, x, foot, tall, colour, light=None):
    """A cypress: one dark flame, with a lit edge if wanted."""
    line = [(math.sin(part * math.pi) ** 0.7 * (1 - part * 0.55), part) for part in [step / 14 for step in range(15)]]
    wide = tall * 0.13
    pen.polygon(
        [(x - w * wide, foot - p * tall) for w, p in line]
        + [(x + w * wide, foot - p * tall) for w, p in reversed(line)],
        colour,
    )
    if light:
        pen.polygon(
            [(x + w * wide * 0.2, foot - p * tall) for w, p in line]
            + [(x + w * wide * 0.85, foot - p * tall) for w, p in reversed(line)],
            light,
        )


def house(pen: Pen, random: Random, left, foot, wide, high, wall, side, window, roof=None, lit=None, lit_part=0.0):
    """A plain house with rows of windows; some of them `lit`; a flat top, or a roof in the given colour."""
    top = foot - high
    pen.box(left, top, left + wide, foot, wall)
    pen.box(left + wide * 0.78, top, left + wide, foot, side)
    if roof:
        pen.polygon(
            [
                (left - wide * 0.05, top),
                (left + wide * 0.16, top - wide * 0.2),
                (left + wide * 0.84, top - wide * 0.2),
                (left + wide * 1.05, top),
            ],
            roof,
        )
    else:
        pen.box(left - wide * 0.02, top, left + wide * 1.02, top + max(3, high * 0.025), mix(wall, side, 0.7))
    columns, pane = max(1, round(wide / 62)), wide * 0.76 / max(1, round(wide / 62))
    for row in range(max(1, int(high / 84))):
        for column in range(columns):
            colour = lit if lit and random.random() < lit_part else window
            x, y = left + pane * (column + 0.32), top + 28 + row * 84
            if y + 40 < foot:
                pen.box(x, y, x + pane * 0.4, y + 40, colour)


def lamp(pen: Pen, x, foot, tall, colour="#191a24", light="#ffe2a0"):
    """A street lamp with one round light."""
    pen.line([(x, foot), (x, foot - tall)], tall * 0.022, colour)
    pen.box(x - tall * 0.03, foot - tall * 0.06, x + tall * 0.03, foot, colour)
    pen.oval(x, foot - tall, tall * 0.042, tall * 0.042, light)
    pen.polygon(
        [(x - tall * 0.055, foot - tall * 1.03), (x + tall * 0.055, foot - tall * 1.03), (x, foot - tall * 1.08)],
        colour,
    )
