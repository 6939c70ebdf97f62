"""Scenes high up: a pass in winter, the town on its hill, the sky at night."""

import itertools
import math

from articles.management.sample.brush import Picture, mix, ridge
from articles.management.sample.figures import cypress, house, person


def mountain_road(picture: Picture) -> None:
    """A pass in winter light, lorries waiting on the hairpins."""
    random = picture.random
    picture.gradient([(0, "#33527c"), (0.5, "#8aa6c4"), (0.8, "#f0cdbb"), (1, "#ffe2c4")], 0, 900)
    picture.glow(2000, 640, 800, "#fff0d8", 0.8)
    picture.clouds((0, 300, 2400, 520), ["#d8d3dc"], 5, 520, 18, 14, 0.5)
    ranges = (
        (860, "#a9b6cf", "#c9cfe0", "#8599bd", ((250, 380, 420), (900, 470, 380), (1500, 360, 460), (2150, 430, 420))),
        (
            980,
            "#eef0f5",
            "#fbf1ea",
            "#6683b0",
            ((-40, 520, 460), (560, 560, 430), (1240, 330, 640), (1800, 560, 420), (2380, 420, 560)),
        ),
    )
    for foot, slope, light, dark, peaks in ranges:
        with picture.draw(0, 280, 2400, 1100) as pen:
            for x, top, half in peaks:
                left = [(x, top)]
                right, middle = [(x, top)], [(x, top)]
                for step in range(1, 13):
                    part = step / 12
                    y = top + (foot - top) * part
                    left.append((x - half * part + random.uniform(-22, 22), y))
                    right.append((x + half * part + random.uniform(-22, 22), y))
                    middle.append((x + half * 0.18 * part + (38 if step % 2 else -34) * (0.4 + part), y))
                pen.polygon([*left, *reversed(right)], slope)
                pen.polygon([*middle, *reversed(right)], dark)
                for start in (2, 4, 5, 7, 8):
                    at, end = middle[start], left[min(12, start + 3)]
                    pen.polygon(
                        [at, (at[0] - 26, at[1] + 60), ((at[0] + end[0]) / 2, end[1]), (at[0] - 70, at[1] + 60)],
                        mix(slope, dark, 0.55),
                    )
                    at, end = middle[start], right[min(12, start + 2)]
                    pen.polygon(
                        [
                            (at[0] + 16, at[1] + 10),
                            ((at[0] + end[0]) / 2, end[1] - 26),
                            ((at[0] + end[0]) / 2 + 30, end[1]),
                            (at[0] + 4, at[1] + 50),
                        ],
                        mix(dark, light, 0.3),
                    )
        picture.shade("#dfe3ee", picture.ramp(0, 0.75, foot - 420, foot), None, 0.5)
    picture.shade("#dfe3ee", picture.ramp(0, 0.9, 780, 1000), None, 0.6, grain=False)
    front = [
        (x, 900 - 260 * math.exp(-(((x - 500) / 620) ** 2)) + x * 0.05 + math.sin(x / 90) * 10)
        for x in range(-20, 2440, 20)
    ]
    picture.hill(front, "#f6f2f0", "#8fa6c9", 900, 0.85)
    bends = [
        (2460, 1560),
        (1500, 1500),
        (700, 1420),
        (560, 1370),
        (700, 1310),
        (1500, 1240),
        (1660, 1192),
        (1520, 1142),
        (900, 1080),
        (800, 1042),
        (900, 1004),
        (1360, 950),
    ]
    with picture.draw(300, 760, 2400, 1600) as pen:
        for (x, y), (next_x, next_y) in itertools.pairwise(bends):
            for step in range(60):
                part = step / 60
                cx, cy = x + (next_x - x) * part, y + (next_y - y) * part
                size = 8 + 46 * ((cy - 930) / 640) ** 1.1 if cy > 930 else 8
                pen.oval(cx, cy + size * 0.35, size * 1.2, size * 0.55, "#7f90b0")
        for (x, y), (next_x, next_y) in itertools.pairwise(bends):
            for step in range(60):
                part = step / 60
                cx, cy = x + (next_x - x) * part, y + (next_y - y) * part
                size = 8 + 46 * ((cy - 930) / 640) ** 1.1 if cy > 930 else 8
                pen.oval(cx, cy, size * 1.15, size * 0.5, "#3e4a66")
        lorries = ["#c94f3d", "#e5b14c", "#f4efe6", "#2f6a78", "#8a3f56"]
        for x, y, s in (
            (1290, 962, 13),
            (1180, 976, 14),
            (1050, 990, 15),
            (1010, 1092, 22),
            (1180, 1112, 23),
            (1360, 1128, 25),
            (1420, 1250, 34),
            (1210, 1270, 37),
            (960, 1292, 41),
            (930, 1444, 56),
            (1280, 1478, 62),
            (1700, 1514, 70),
        ):
            colour = random.choice(lorries)
            pen.oval(x, y + s * 0.12, s * 2.1, s * 0.25, "#2c3550")
            pen.box(x - s * 1.7, y - s * 1.6, x + s * 0.9, y - s * 0.2, colour)
            pen.box(x - s * 1.7, y - s * 1.6, x + s * 0.9, y - s * 1.42, mix(colour, "#ffffff", 0.7))
            pen.box(x + s * 0.98, y - s * 1.15, x + s * 1.75, y - s * 0.2, mix(colour, "#20283f", 0.35), s * 0.12)
            pen.box(x + s * 1.35, y - s * 1.0, x + s * 1.7, y - s * 0.62, "#dce8f2")
            for wheel in (-1.3, -0.8, 0.5, 1.35):
                pen.oval(x + s * wheel, y - s * 0.12, s * 0.22, s * 0.22, "#181c2a")
            pen.oval(x + s * 1.75, y - s * 0.4, s * 0.12, s * 0.1, "#ffe9ac")
    with picture.draw(0, 900, 2400, 1600) as pen:
        for _ in range(70):
            x, foot = random.choice([random.uniform(-20, 480), random.uniform(1750, 2420)]), random.uniform(1000, 1600)
            if x > 1700 and foot > 1420:
                continue
            tall = (foot - 880) * 0.42 * random.uniform(0.7, 1.2)
            for tier in range(4):
                top, wide = foot - tall * (1 - tier * 0.2), tall * (0.1 + tier * 0.07)
                pen.polygon([(x, top), (x + wide, top + tall * 0.34), (x - wide, top + tall * 0.34)], "#24425a")
                pen.polygon(
                    [(x, top), (x + wide * 0.2, top + tall * 0.2), (x - wide * 0.9, top + tall * 0.3)], "#dfe6ef"
                )


def town_hill(picture: Picture) -> None:
    """The upper town piled on its hill at noon, seen from across the river (square)."""
    random = picture.random
    picture.gradient([(0, "#79b4c4"), (0.6, "#cfe0d2"), (1, "#f6e6c4")], 0, 1100)
    picture.clouds((0, 150, 2000, 520), ["#ffffff", "#f7efe0"], 6, 300, 34, 16, 0.55)
    picture.hill(ridge(random, -10, 2010, 900, 110), "#9db7a4", "#dcdcbc", 200, 0.9)
    walls = ["#f5ead4", "#ecd2ab", "#e3b48c", "#d99a76", "#f8f2e6", "#e9c9b6", "#cfd6cc"]
    with picture.draw(0, 260, 2000, 1700) as pen:
        pen.box(940, 380, 1040, 800, "#ead9bb")
        pen.box(1004, 380, 1040, 800, "#c4ab86")
        pen.slice(990, 384, 52, 70, 180, 360, "#4f8a8b")
        pen.line([(990, 316), (990, 270)], 5, "#4f8a8b")
        pen.box(966, 430, 990, 490, "#6b5a4a", 12)
        pen.box(1150, 560, 1400, 800, "#f5ead4")
        pen.slice(1275, 566, 112, 130, 180, 360, "#4f8a8b")
        pen.slice(1275, 566, 112, 130, 300, 360, "#3c6f73")
        for row in range(11):
            height = 720 + row * 78
            half = 360 + row * 88
            x = 1000 - half + random.uniform(-30, 30)
            while x < 1000 + half:
                wide = random.uniform(80, 150)
                lift = (abs(x - 1000) / half) ** 2 * (110 - row * 6)
                wall = random.choice(walls)
                house(
                    pen,
                    random,
                    x,
                    height + lift + 130,
                    wide,
                    random.uniform(100, 200),
                    wall,
                    mix(wall, "#8a6a54", 0.35),
                    mix(wall, "#40464f", 0.7),
                    random.choice(["#c0684a", "#b45a40", "#a94f3c", None, None]),
                )
                if random.random() < 0.1:
                    cypress(pen, x + wide, height + lift + 130, random.uniform(120, 200), "#3d5f4a", "#587d58")
                x += wide * random.uniform(0.92, 1.06)
        pen.box(0, 1606, 2000, 1640, "#cbb791")
        pen.box(0, 1606, 2000, 1616, "#efe1c2")
    picture.shade("#6a4a5a", picture.ramp(0, 0.5, 700, 1600), None, 0.25)
    picture.mirror(1640, 9, "#3f7480", 0.25, 0.6, 1.6)
    picture.ripples(1640, ["#dfeadf", "#8fb9b4", "#35656f"], 240, size=0.7)


def night_sky(picture: Picture) -> None:
    """The river of stars over a ridge, three people and a telescope (upright)."""
    random = picture.random
    picture.gradient([(0, "#070b22"), (0.45, "#14214d"), (0.72, "#2f3f78"), (0.86, "#7a6390"), (1, "#d59a86")], 0, 2000)
    for _ in range(46):
        part = random.uniform(-0.05, 1.05)
        x, y = 250 + part * 1150 + random.gauss(0, 60), 1850 - part * 1900 + random.gauss(0, 60)
        picture.glow(x, y, random.uniform(130, 330), random.choice(["#7f86c9", "#9a7fb5", "#c6a6b8", "#5d78c0"]), 0.2)
    for _ in range(8):
        part = random.uniform(0.1, 0.95)
        picture.glow(
            270 + part * 1130 + random.gauss(0, 30),
            1840 - part * 1880,
            random.uniform(60, 170),
            "#0c1538",
            0.28,
            random.uniform(90, 200),
        )
    with picture.draw() as pen:
        for _ in range(1500):
            part = random.uniform(-0.05, 1.05)
            spread = random.gauss(0, 150)
            x, y = 250 + part * 1150 + spread, 1850 - part * 1900 + spread * 0.5
            r = random.choice([0.8, 1, 1, 1.4])
            pen.oval(x, y, r, r, mix("#eef0ff", "#4a5a9a", random.uniform(0, 0.7)))
        for _ in range(620):
            r = random.choice([1, 1.3, 1.6, 2.6])
            pen.oval(
                random.uniform(0, 1600),
                random.uniform(0, 1750),
                r,
                r,
                mix("#ffffff", "#3b4a88", random.uniform(0, 0.7)),
            )
        pen.polygon([(300, 420), (640, 288), (642, 292)], "#dfe6ff")
    for x, y in ((300, 300), (1240, 520), (980, 980), (420, 1120), (1350, 1240)):
        picture.glow(x, y, 46, "#e9eeff", 0.9)
    for height, rough, colour, shadow in (
        (1800, 130, "#4a4a78", "#8b6f92"),
        (1920, 110, "#2b2f5a", "#4c4775"),
        (2080, 70, "#10132e", "#1f2148"),
    ):
        picture.hill(ridge(random, -10, 1610, height, rough), colour, shadow, 220, 0.85)
    picture.hill(
        [(x, 2170 - 90 * math.exp(-(((x - 820) / 520) ** 2))) for x in range(-10, 1640, 30)],
        "#0a0c20",
        "#05060f",
        200,
        0.8,
    )
    with picture.draw(300, 1600, 1400, 2300) as pen:
        pen.polygon([(760, 1870), (1010, 1690), (1046, 1738), (792, 1914)], "#07091a")
        pen.polygon([(996, 1680), (1036, 1656), (1082, 1720), (1046, 1748)], "#07091a")
        for x in (780, 870, 960):
            pen.line([(868, 1850), (x, 2096)], 12, "#07091a")
        person(pen, 700, 2092, 270, "#07091a", "#05060f", "#120f1e", "#2a2c55", 0.07)
        person(pen, 540, 2100, 250, "#0b0d22", "#05060f", "#120f1e", "#2a2c55")
        person(pen, 1150, 2098, 170, "#0b0d22", "#05060f", "#120f1e", "#2a2c55")


SCENES = {
    "mountain_road": (mountain_road, 2400, 1600),
    "town_hill": (town_hill, 2000, 2000),
    "night_sky": (night_sky, 1600, 2400),
}
