"""Scenes of work outdoors: olives, salt, panels on a roof."""

import itertools
import math

from articles.management.sample.brush import Picture, mix, ridge
from articles.management.sample.figures import house, olive, person


def olive_terraces(picture: Picture) -> None:
    """Olive terraces in late light, walls of dry stone, pickers with their nets."""
    random = picture.random
    picture.gradient([(0, "#8fb3bd"), (0.5, "#e2dcb9"), (1, "#fbe3ae")], 0, 760)
    picture.glow(420, 430, 700, "#fff6d4", 0.9)
    with picture.draw(300, 300, 560, 560) as pen:
        pen.oval(420, 430, 70, 70, "#fffbea")
    picture.clouds((900, 120, 2400, 380), ["#f4ecd2"], 6, 360, 24, 18, 0.6)
    for height, rough, colour, shadow in (
        (520, 90, "#a9bcae", "#e0dab9"),
        (610, 80, "#8aa48f", "#c9cda5"),
        (690, 60, "#6f8f73", "#a9b587"),
    ):
        picture.hill(ridge(random, -10, 2410, height, rough), colour, shadow, 170, 0.9)
    leaves = [
        ["#5f7d62", "#7c9a74", "#a3b98a"],
        ["#4a6a50", "#6b8c64", "#9ab27d"],
        ["#38573f", "#557a52", "#8aa86d"],
        ["#2c4834", "#456a46", "#7d9d62"],
    ]
    for row, height in enumerate((790, 930, 1110, 1330)):
        line = [
            (x, height + math.sin(x / 520 + row * 1.3) * 34 + math.sin(x / 170 + row) * 8) for x in range(-20, 2440, 20)
        ]
        earth = mix("#dcc58a", "#b98f55", row / 3)
        picture.hill(line, earth, mix(earth, "#6a5a34", 0.6), 210, 0.7)
        tall = 24 + row * 12
        with picture.draw(0, height - 560, 2400, height + 260) as pen:
            for index, (x, y) in enumerate(line):
                for course in range(2):
                    pen.box(
                        x + course * 9,
                        y + course * tall * 0.5,
                        x + 17 + course * 3,
                        y + (course + 1) * tall * 0.5 - 2,
                        mix("#b7a98b", "#8c7d62", random.random()),
                        4,
                    )
                if index % (11 + row * 3) == (row * 4) % 9 and not (row == 3 and 900 < x < 1720):
                    olive(
                        pen,
                        random,
                        x + random.uniform(-40, 40),
                        y + 6,
                        (110 + row * 62) * random.uniform(0.85, 1.15),
                        leaves[row],
                        "#4a3c2e",
                    )
            if row == 3:
                pen.polygon(
                    [(1010, height + 70), (1640, height + 58), (1720, height + 176), (940, height + 192)], "#e9dfc0"
                )
                for x in range(1040, 1640, 30):
                    pen.line([(x, height + 68), (x - 30, height + 182)], 2, "#c6b98f")
                for _ in range(260):
                    pen.oval(
                        random.uniform(1010, 1640),
                        random.uniform(height + 78, height + 170),
                        7,
                        5,
                        random.choice(["#3f4a2a", "#5b6a34", "#2d2b33"]),
                    )
                for x, tall_one, coat, lean in (
                    (1090, 300, "#c5503c", 0.08),
                    (1370, 320, "#2f5a73", 0),
                    (1600, 285, "#e4b04a", -0.08),
                ):
                    person(pen, x, height + 112, tall_one, coat, "#2c2a2c", "#7a5238", mix(coat, "#fff0c0", 0.35), lean)
    picture.beams([[(300, 300), (560, 300), (2500, 1350), (1500, 1600)]], "#fff2c4", 0.2, 120)


def salt_pans(picture: Picture) -> None:
    """Salt pans at evening, white heaps in rows and one worker raking."""
    random = picture.random
    picture.gradient([(0, "#5f87a8"), (0.5, "#b9bfd0"), (0.8, "#f4c6b4"), (1, "#ffdcb8")], 0, 640)
    picture.clouds((0, 120, 2400, 460), ["#e9c9cc", "#f8d9c4"], 8, 520, 20, 14, 0.55)
    picture.hill(ridge(random, -10, 2410, 600, 46), "#8d8fae", "#d5b3b6", 90, 0.9)
    horizon, vanish = 640, 1200
    tones = ["#d98fa0", "#e8b3ae", "#a5b7cf", "#c9c4d6", "#f0cdbb", "#b57a97", "#8fa9c6"]
    rows = [horizon + 960 * (step / 9) ** 2.1 for step in range(10)]
    with picture.draw(0, horizon - 4, 2400, 1600) as pen:
        pen.box(0, horizon, 2400, 1600, "#6f5a6a")
        for upper, lower in itertools.pairwise(rows):
            near, far = (lower - horizon) / 960, (upper - horizon) / 960
            gap = 2 + near * 16
            for column in range(-9, 9):
                a, b = column * 90, (column + 1) * 90
                top, foot = 0.35 + far * 5.2, 0.35 + near * 5.2
                pen.polygon(
                    [
                        (vanish + a * top + gap * 0.4, upper),
                        (vanish + b * top - gap * 0.4, upper),
                        (vanish + b * foot - gap, lower - gap),
                        (vanish + a * foot + gap, lower - gap),
                    ],
                    random.choice(tones),
                )
    picture.brushed(0.3, 16, horizon, 1600)
    picture.shade("#ffe2c6", picture.ramp(0.85, 0, horizon, 940), None, 0.55, grain=False)
    sky = picture.image.crop((0, 250, 2400, 640)).transpose(1).resize((2400, 960))
    picture.image.paste(sky, (0, 640), picture.ramp(0.42, 0.16, 640, 1600).crop((0, 640, 2400, 1600)))
    picture.ripples(700, ["#fbe8dc", "#8c7f9d", "#ffd7c2"], 170, size=0.8)

    def heap(pen, x, foot, size):
        pen.oval(x, foot, size * 1.1, size * 0.2, "#7f6a80")
        line = [(x - size, foot)] + [
            (x - size + size * 2 * step / 12, foot - size * 0.86 * (1 - abs(step / 6 - 1)) ** 0.85)
            for step in range(1, 12)
        ]
        pen.polygon([*line, (x + size, foot), (x, foot + size * 0.14)], "#fdf6ee")
        pen.polygon(
            [(x, foot - size * 0.86), (x + size, foot), (x, foot + size * 0.14), (x + size * 0.18, foot - size * 0.3)],
            "#cbbccb",
        )

    with picture.draw(0, 560, 2400, 1600) as pen:
        for row, (foot, size) in enumerate(((690, 15), (735, 24), (812, 40), (930, 66), (1110, 104))):
            for column in range(6 - row // 2):
                heap(
                    pen,
                    330 + row * 14 - row * row * 16 + column * size * 3.3,
                    foot + column * size * 0.02,
                    size * random.uniform(0.9, 1.08),
                )
        for x, foot, size in ((2090, 880, 54), (2260, 884, 58), (2160, 1180, 120), (1960, 716, 20), (2030, 718, 22)):
            heap(pen, x, foot, size)
        pen.oval(1480, 1272, 110, 16, "#7d6580")
        person(pen, 1470, 1270, 400, "#283a5c", "#1f2437", "#5f3f33", "#4e6487", 0.07)
        pen.line([(1540, 1010), (1500, 1050), (1590, 1090)], 26, "#283a5c")
        pen.line([(1480, 960), (1810, 1330)], 10, "#4a3128")
        pen.line([(1762, 1352), (1862, 1306)], 16, "#4a3128")
        pen.polygon([(1410, 914), (1590, 914), (1530, 884), (1470, 884)], "#e8cf97")
        pen.oval(1500, 886, 36, 22, "#e8cf97")
    with picture.draw(1440, 1270, 1900, 1600) as pen:
        for row in range(0, 250, 10):
            pen.stroke(1490 + math.sin(row * 0.2) * 14, 1292 + row, 42 - row * 0.1, 4, "#4d4561")


def solar_roofs(picture: Picture) -> None:
    """Roofs with new panels under a clean sky, two fitters at work."""
    random = picture.random
    picture.gradient([(0, "#2f7fb5"), (0.6, "#8fc7d8"), (1, "#e9efdc")], 0, 900)
    picture.glow(1960, 300, 760, "#fffbe2", 0.9)
    with picture.draw(1800, 150, 2110, 460) as pen:
        pen.oval(1960, 300, 96, 96, "#fffdf0")
    picture.clouds((0, 240, 1500, 520), ["#ffffff"], 6, 260, 34, 12, 0.7)
    picture.hill(ridge(random, -10, 2410, 740, 80), "#8fb0a0", "#d3dcc2", 160, 0.9)
    with picture.draw(0, 540, 2400, 1100) as pen:
        x = -30
        while x < 2400:
            wide = random.uniform(120, 220)
            house(
                pen,
                random,
                x,
                1090,
                wide,
                random.uniform(180, 330),
                random.choice(["#f2e4cc", "#e8cfae", "#f6eee0", "#dfb896"]),
                "#cdb594",
                "#7f8b92",
                random.choice(["#c0684a", "#b45a40", None]),
            )
            x += wide * 1.02

    def roof(pen, left, top, wide, high, slide):
        """One slope of tiles with panels on it, leaning by `slide` pixels."""

        def at(u, v):
            return left + u * wide + (1 - v) * slide, top + v * high

        pen.polygon([at(0, 0), at(1, 0), at(1, 1), at(0, 1)], "#b9583c")
        for row in range(14):
            pen.line([at(0, row / 14), at(1, row / 14)], 4, "#9d4630")
        for column in range(int(wide / 26)):
            pen.line([at(column * 26 / wide, 0), at(column * 26 / wide, 1)], 2, "#cb6d4e")
        across = max(2, round(wide / 250))
        for row in range(2):
            for column in range(across):
                u, v = 0.05 + column * 0.9 / across, 0.08 + row * 0.45
                du, dv = 0.9 / across - 0.014, 0.42
                pen.polygon([at(u, v), at(u + du, v), at(u + du, v + dv), at(u, v + dv)], "#dfe6ea")
                pen.polygon(
                    [
                        at(u + 0.003, v + 0.01),
                        at(u + du - 0.003, v + 0.01),
                        at(u + du - 0.003, v + dv - 0.01),
                        at(u + 0.003, v + dv - 0.01),
                    ],
                    "#16325c",
                )
                pen.polygon(
                    [
                        at(u + du * 0.55, v + 0.01),
                        at(u + du * 0.85, v + 0.01),
                        at(u + du * 0.45, v + dv - 0.01),
                        at(u + du * 0.15, v + dv - 0.01),
                    ],
                    "#27548a",
                )
                for cell in range(1, 4):
                    pen.line([at(u + du * cell / 4, v), at(u + du * cell / 4, v + dv)], 2, "#5d86b3")
                for cell in range(1, 5):
                    pen.line([at(u, v + dv * cell / 5), at(u + du, v + dv * cell / 5)], 2, "#5d86b3")

    with picture.draw(0, 700, 2400, 1600) as pen:
        pen.box(1240, 1000, 2400, 1600, "#f4e6cc")
        roof(pen, 1180, 800, 1240, 330, 110)
        pen.box(1180, 1128, 2420, 1146, "#8e3f2b")
        for x in range(1300, 2400, 220):
            pen.box(x, 1200, x + 92, 1340, "#5c7380")
            pen.box(x - 30, 1194, x - 2, 1346, "#3f7a76")
            pen.box(x + 94, 1194, x + 122, 1346, "#3f7a76")
        pen.box(0, 1480, 1300, 1600, "#e8d3b0")
        roof(pen, -120, 1030, 1420, 470, 150)
        pen.box(-120, 1496, 1300, 1520, "#8e3f2b")
        pen.box(980, 880, 1090, 1040, "#e8d3b0")
        pen.box(1060, 880, 1090, 1040, "#c9af86")
        pen.box(968, 866, 1102, 890, "#b9583c")
        person(pen, 360, 1046, 230, "#e7932f", "#2b3550", "#7a5238", "#ffc46a", 0.05)
        pen.slice(372, 838, 26, 26, 180, 360, "#fff4d8")
        person(pen, 690, 1050, 220, "#e7932f", "#2b3550", "#5d3f30", "#ffc46a", -0.06)
        pen.slice(677, 852, 25, 25, 180, 360, "#fff4d8")
        pen.polygon([(396, 900), (650, 912), (640, 1016), (386, 1004)], "#dfe6ea")
        pen.polygon([(402, 906), (644, 918), (634, 1010), (392, 998)], "#1d3d6b")
        for step in range(1, 5):
            pen.line([(402 + step * 48, 908 + step * 2), (392 + step * 48, 998 + step * 2)], 2, "#5d86b3")
        pen.line([(396, 952), (640, 962)], 2, "#5d86b3")
    picture.shade("#7a3a26", picture.ramp(0, 0.55, 900, 1600), None, 0.25)


SCENES = {
    "olive_terraces": (olive_terraces, 2400, 1600),
    "salt_pans": (salt_pans, 2400, 1600),
    "solar_roofs": (solar_roofs, 2400, 1600),
}
