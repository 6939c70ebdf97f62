"""Scenes in the streets of the old town: the market, a stepped alley."""

import math

from articles.management.sample.brush import Picture, mix
from articles.management.sample.figures import person


def market_awnings(picture: Picture) -> None:
    """The market street in the morning: striped awnings to both sides, sun through the gap."""
    random = picture.random
    picture.gradient([(0, "#7fb4c9"), (0.3, "#cfe1d8"), (0.5, "#ffe9bf"), (1, "#e8c795")])
    picture.glow(1200, 700, 900, "#fff6d8", 1)
    vanish, horizon = 1200, 800
    with picture.draw() as pen:
        pen.polygon([(vanish - 90, horizon), (vanish + 90, horizon), (2500, 1640), (-100, 1640)], "#dcbd92")
        for step in range(1, 15):
            y = horizon + 800 * (step / 14) ** 2
            half = 90 + (y - horizon) * 1.45
            pen.line([(vanish - half, y), (vanish + half, y)], 1 + step * 0.35, "#c4a174")
        for step in range(-6, 7):
            pen.line([(vanish + step * 15, horizon), (vanish + step * 215, 1640)], 2.4, "#c9a87c")
        depths = [1.0, 0.74, 0.55, 0.41, 0.31, 0.235, 0.18]
        walls = ["#b86f52", "#d8a16c", "#c98565", "#e2b98a", "#a9604c", "#d39a72", "#caa07a"]
        for side in (-1, 1):
            for number in range(6, -1, -1):
                near, far = depths[number] * 1.35, (depths[number + 1] if number < 6 else 0.14) * 1.35
                wall = walls[(number + (side > 0) * 3) % 7]
                wall = (
                    mix(wall, "#fff0cc", min(0.7, number * 0.11))
                    if side > 0
                    else mix(mix(wall, "#5b3550", 0.34), "#ffe9c4", number * 0.1)
                )

                def at(depth, height, side=side):
                    return vanish + side * 960 * depth, horizon + (640 - height) * depth

                top = 1500 + random.uniform(-90, 160)
                pen.polygon([at(near, 0), at(far, 0), at(far, top), at(near, top)], wall)
                pen.polygon(
                    [at(near, top), at(far, top), at(far, top - 36), at(near, top - 36)], mix(wall, "#5a2f28", 0.45)
                )
                for level in (760, 1110):
                    for pane in (0.2, 0.58):
                        a, b = near + (far - near) * pane, near + (far - near) * (pane + 0.2)
                        pen.polygon(
                            [at(a, level), at(b, level), at(b, level + 210), at(a, level + 210)],
                            mix(wall, "#2c3a48", 0.7),
                        )
                        c = near + (far - near) * (pane - 0.09)
                        pen.polygon(
                            [at(a, level), at(c, level), at(c, level + 210), at(a, level + 210)],
                            mix("#3f7f7a", wall, 0.2),
                        )
        cloths = [
            ("#c8452f", "#f6e6ca"),
            ("#e3a52f", "#fbefd2"),
            ("#2f7776", "#f1e8d0"),
            ("#a43b54", "#f6dcc6"),
            ("#446f9e", "#f0e8d8"),
            ("#d9783a", "#fbecd0"),
        ]
        goods = ["#d9482b", "#e9a02d", "#7f9a3a", "#b63a5b", "#f0c94f", "#5c3b6b", "#e3703a", "#9cb552"]
        for number in range(6, -1, -1):
            for side in (-1, 1):
                near, far = depths[number] * 1.3, (depths[number] * 0.79) * 1.3
                first, second = cloths[(number * 2 + (side > 0)) % 6]

                def at(depth, height, out, side=side):
                    return vanish + side * (930 - out) * depth, horizon + (640 - height) * depth

                pen.polygon(
                    [at(near, 0, 330), at(far, 0, 330), at(far, 190, 330), at(near, 190, 330)],
                    mix("#7a4f36", "#e8c795", number * 0.08),
                )
                pen.polygon(
                    [at(near, 190, 330), at(far, 190, 330), at(far, 270, 60), at(near, 270, 60)],
                    mix("#96683f", "#f0d6a5", number * 0.08),
                )
                rows = 7 if number < 3 else 5
                for line in range(rows - 1, -1, -1):
                    for heap in range(9):
                        depth = near + (far - near) * (0.06 + heap * 0.105)
                        x, y = at(depth, 208 + line * 12, 316 - line * 38)
                        r = (19 + random.uniform(-3, 4)) * depth
                        colour = mix(
                            goods[(heap // 3 + number * 3 + (side > 0) * 4) % 8],
                            "#fff0c8",
                            random.uniform(0, 0.22) + number * 0.05,
                        )
                        pen.oval(x, y, r * 1.15, r, mix(colour, "#5a2430", 0.25))
                        pen.oval(x - r * 0.15, y - r * 0.2, r * 0.9, r * 0.72, colour)
                for pole in (near, far):
                    pen.line([at(pole, 0, 400), at(pole, 610, 400)], 11 * pole, "#5a3a2c")
                for stripe in range(8):
                    a, b = near + (far - near) * stripe / 8, near + (far - near) * (stripe + 1) / 8
                    colour = mix(first if stripe % 2 else second, "#fff0cc", number * 0.06 + (0.12 if side > 0 else 0))
                    pen.polygon(
                        [at(a, 600, 420), at(b, 600, 420), at(b, 760, 20), at(a, 760, 20)],
                        mix(colour, "#3a2230", 0.12 if side < 0 else 0),
                    )
                    pen.polygon(
                        [at(a, 600, 420), at(b, 600, 420), at(b, 548, 424), at((a + b) / 2, 532, 424), at(a, 548, 424)],
                        mix(colour, "#3a2230", 0.25),
                    )
            if number in (4, 3, 2, 1):
                people = {
                    4: ((-40, "#7a4d55"), (60, "#5b6b84")),
                    3: ((-150, "#a85a44"), (10, "#4a5a78"), (130, "#8b7350")),
                    2: ((-210, "#3d5670"), (190, "#b04a3c")),
                    1: ((-120, "#5c3a58"), (-30, "#c08a3a"), (330, "#37566b")),
                }[number]
                for x, coat in people:
                    foot = horizon + 640 * depths[number] * 0.98
                    tall = 430 * depths[number]
                    px = vanish + x * (0.4 + depths[number])
                    pen.polygon(
                        [
                            (px - tall * 0.1, foot),
                            (px + tall * 0.1, foot),
                            (px + tall * 0.06, foot + tall * 0.42),
                            (px - tall * 0.2, foot + tall * 0.42),
                        ],
                        mix("#b08a62", "#dcbd92", 0.2),
                    )
                    person(
                        pen,
                        px,
                        foot,
                        tall,
                        coat,
                        "#33263a",
                        "#7a5040",
                        mix(coat, "#ffe2b0", 0.4),
                        random.uniform(-0.02, 0.02),
                    )
    picture.beams([[(1080, 560), (1320, 560), (1900, 1600), (500, 1600)]], "#fff4d0", 0.22, 90)
    picture.glow(1200, 740, 420, "#fff8e4", 0.75)


def alley_steps(picture: Picture) -> None:
    """A stepped alley in the upper town at midday, washing across, a cat in the shade (upright)."""
    random = picture.random
    picture.gradient([(0, "#3f93b5"), (0.45, "#d9ebe0"), (0.5, "#dcae86"), (1, "#8f6a58")])
    picture.clouds((500, 120, 1100, 420), ["#ffffff"], 3, 150, 30, 12, 0.7)
    with picture.draw() as pen:
        pen.box(560, 760, 1060, 1500, "#e7b98c")
        pen.polygon([(530, 770), (1090, 770), (1010, 690), (610, 690)], "#b45a40")
        pen.box(700, 860, 780, 1000, "#5c7380")
        pen.box(850, 860, 930, 1000, "#5c7380")
        pen.polygon([(0, 120), (520, 620), (520, 1560), (-20, 2410), (-20, 120)], "#f5e6cb")
        pen.polygon([(1600, 60), (1060, 600), (1060, 1560), (1640, 2410), (1640, 60)], "#c98568")
        for left, top, wide, high in (
            (70, 620, 150, 330),
            (320, 800, 90, 240),
            (60, 1240, 150, 360),
            (330, 1210, 84, 240),
        ):
            slope = 0.72 if top < 1000 else -0.2
            pen.polygon(
                [(left, top), (left + wide, top + wide * slope), (left + wide, top + high * 0.94), (left, top + high)],
                "#3f7f7a",
            )
            pen.polygon(
                [
                    (left + wide * 0.1, top + 20 + wide * 0.1 * slope),
                    (left + wide * 0.9, top + 20 + wide * 0.9 * slope),
                    (left + wide * 0.9, top + high * 0.9),
                    (left + wide * 0.1, top + high * 0.94),
                ],
                "#2c5a5c",
            )
        for left, top, wide, high in (
            (1120, 860, 84, 220),
            (1350, 640, 150, 330),
            (1120, 1220, 84, 250),
            (1360, 1220, 150, 360),
        ):
            slope = -0.72 if top < 1000 else 0.2
            pen.polygon(
                [(left, top), (left + wide, top + wide * slope), (left + wide, top + high), (left, top + high * 0.94)],
                "#5a3440",
            )
            pen.polygon(
                [
                    (left + wide * 0.12, top + 16),
                    (left + wide * 0.88, top + 16 + wide * slope * 0.8),
                    (left + wide * 0.88, top + high * 0.92),
                    (left + wide * 0.12, top + high * 0.88),
                ],
                "#3a2433",
            )
        for step in range(15):
            part = (step / 14) ** 1.7
            y, next_y = 1500 + 900 * part, 1500 + 900 * ((step + 1) / 14) ** 1.7
            left, right = 520 - 540 * part, 1060 + 560 * part
            pen.polygon(
                [(left, y), (right, y), (right + 30, next_y), (left - 30, next_y)], mix("#efdcb8", "#e2c598", part)
            )
            pen.polygon(
                [
                    (left - 16, y + (next_y - y) * 0.52),
                    (right + 16, y + (next_y - y) * 0.52),
                    (right + 30, next_y),
                    (left - 30, next_y),
                ],
                mix("#b58d70", "#9a7058", part),
            )
    picture.beams([[(1060, 1490), (760, 1490), (560, 2420), (1640, 2420)]], "#53304a", 0.55, 6)
    picture.beams([[(1600, 60), (1060, 600), (1060, 1560), (1640, 2410)]], "#4a2a48", 0.42, 4)
    with picture.draw() as pen:
        colours = ["#f7f1e3", "#c5473a", "#e8b344", "#f7f1e3", "#3d7186", "#a9b98a", "#f7f1e3", "#d98a5c"]
        for left, right, dip, size in (((330, 470), (1240, 430), 90, 1.25), ((440, 830), (1120, 800), 60, 0.85)):

            def rope(part, left=left, right=right, dip=dip):
                return left[0] + (right[0] - left[0]) * part, left[1] + (right[1] - left[1]) * part + math.sin(
                    part * math.pi
                ) * dip

            pen.line([rope(step / 30) for step in range(31)], 3, "#4a3a3a")
            for number in range(8):
                part = 0.07 + number * 0.115
                (x, y), (end, end_y) = rope(part), rope(part + 0.085)
                drop, colour = size * random.uniform(90, 170), random.choice(colours)
                pen.polygon(
                    [
                        (x, y),
                        (end, end_y),
                        (end + random.uniform(-8, 12), end_y + drop),
                        ((x + end) / 2, y + drop * 1.05),
                        (x + random.uniform(-10, 8), y + drop),
                    ],
                    colour,
                )
                pen.polygon(
                    [
                        (x + (end - x) * 0.66, y),
                        (end, end_y),
                        (end + 4, end_y + drop),
                        (x + (end - x) * 0.74, y + drop),
                    ],
                    mix(colour, "#53304a", 0.22),
                )
        for x, y, s in ((395, 1700, 1.0), (250, 1890, 1.3), (1190, 1700, 1.0)):
            pen.polygon(
                [(x - 40 * s, y), (x + 40 * s, y), (x + 30 * s, y + 74 * s), (x - 30 * s, y + 74 * s)], "#b4563a"
            )
            for _ in range(46):
                pen.oval(
                    x + random.gauss(0, 34) * s,
                    y - abs(random.gauss(26, 30)) * s,
                    13 * s,
                    10 * s,
                    random.choice(["#4f7a4a", "#6f9a58", "#3a5f40", "#c9475a"]),
                )
        person(pen, 700, 1790, 330, "#e2b13f", "#33304a", "#7a5040", "#f8d987", 0.02)
        pen.line([(746, 1600), (770, 1680)], 14, "#e2b13f")
        pen.polygon([(736, 1680), (806, 1680), (796, 1762), (746, 1762)], "#8d5a3a")
        pen.oval(1000, 2082, 62, 34, "#1b1826")
        pen.oval(1062, 2040, 27, 25, "#1b1826")
        pen.polygon([(1042, 2030), (1046, 1998), (1064, 2020)], "#1b1826")
        pen.polygon([(1064, 2020), (1082, 1998), (1084, 2032)], "#1b1826")
        pen.arc(928, 2070, 44, 44, 90, 250, 12, "#1b1826")
        for x in (962, 1034):
            pen.box(x, 2090, x + 16, 2124, "#1b1826", 6)
        pen.oval(1056, 2038, 3.4, 4.4, "#f1d25a")
        pen.oval(1072, 2038, 3.4, 4.4, "#f1d25a")


SCENES = {
    "market_awnings": (market_awnings, 2400, 1600),
    "alley_steps": (alley_steps, 1600, 2400),
}
