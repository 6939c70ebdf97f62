"""Scenes on the land around the town: terraces, salt pans, roofs, roads and the sky."""

import math

from .brush import Picture, mix, ridge
from .figures import cypress, house, olive, person


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
        for upper, lower in zip(rows, rows[1:], strict=False):
            near, far = (lower - horizon) / 960, (upper - horizon) / 960
            gap = 2 + near * 16
            for column in range(-9, 9):
                a, b = column * 90, (column + 1) * 90
                top, foot = 0.35 + far * 5.2, 0.35 + near * 5.2
                pen.polygon([(vanish + a * top + gap * 0.4, upper), (vanish + b * top - gap * 0.4, upper),
                             (vanish + b * foot - gap, lower - gap), (vanish + a * foot + gap, lower - gap)], random.choice(tones))  # fmt: skip
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


def mountain_road(picture: Picture) -> None:
    """A pass in winter light, lorries waiting on the hairpins."""
    random = picture.random
    picture.gradient([(0, "#33527c"), (0.5, "#8aa6c4"), (0.8, "#f0cdbb"), (1, "#ffe2c4")], 0, 900)
    picture.glow(2000, 640, 800, "#fff0d8", 0.8)
    picture.clouds((0, 300, 2400, 520), ["#d8d3dc"], 5, 520, 18, 14, 0.5)
    ranges = ((860, "#a9b6cf", "#c9cfe0", "#8599bd", ((250, 380, 420), (900, 470, 380), (1500, 360, 460), (2150, 430, 420))),
              (980, "#eef0f5", "#fbf1ea", "#6683b0", ((-40, 520, 460), (560, 560, 430), (1240, 330, 640), (1800, 560, 420), (2380, 420, 560))))  # fmt: skip
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
        for (x, y), (next_x, next_y) in zip(bends, bends[1:], strict=False):
            for step in range(60):
                part = step / 60
                cx, cy = x + (next_x - x) * part, y + (next_y - y) * part
                size = 8 + 46 * ((cy - 930) / 640) ** 1.1 if cy > 930 else 8
                pen.oval(cx, cy + size * 0.35, size * 1.2, size * 0.55, "#7f90b0")
        for (x, y), (next_x, next_y) in zip(bends, bends[1:], strict=False):
            for step in range(60):
                part = step / 60
                cx, cy = x + (next_x - x) * part, y + (next_y - y) * part
                size = 8 + 46 * ((cy - 930) / 640) ** 1.1 if cy > 930 else 8
                pen.oval(cx, cy, size * 1.15, size * 0.5, "#3e4a66")
        lorries = ["#c94f3d", "#e5b14c", "#f4efe6", "#2f6a78", "#8a3f56"]
        for x, y, s in ((1290, 962, 13), (1180, 976, 14), (1050, 990, 15), (1010, 1092, 22), (1180, 1112, 23), (1360, 1128, 25),
                        (1420, 1250, 34), (1210, 1270, 37), (960, 1292, 41), (930, 1444, 56), (1280, 1478, 62), (1700, 1514, 70)):  # fmt: skip
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
    "olive_terraces": (olive_terraces, 2400, 1600),
    "salt_pans": (salt_pans, 2400, 1600),
    "solar_roofs": (solar_roofs, 2400, 1600),
    "mountain_road": (mountain_road, 2400, 1600),
    "town_hill": (town_hill, 2000, 2000),
    "night_sky": (night_sky, 1600, 2400),
}
