"""Scenes of an evening out: the open-air cinema, the football ground."""

import math

from articles.management.sample.brush import Picture, mix, ridge
from articles.management.sample.figures import heads, house, person


def open_air_cinema(picture: Picture) -> None:
    """An open-air cinema on the quay: a bright screen, a beam with moths, rows of heads."""
    random = picture.random
    picture.gradient([(0, "#0d1230"), (0.6, "#2a2a5c"), (1, "#6a4a74")], 0, 1000)
    with picture.draw(0, 0, 2400, 700) as pen:
        for _ in range(240):
            r = random.choice([1, 1.3, 2])
            pen.oval(
                random.uniform(0, 2400), random.uniform(0, 660), r, r, mix("#ffffff", "#2a2a5c", random.uniform(0, 0.7))
            )
        pen.oval(2080, 260, 82, 82, "#f6ecd0")
        pen.oval(2046, 240, 78, 78, "#141a3e")
    with picture.draw(0, 500, 2400, 1120) as pen:
        x = -20
        while x < 2400:
            wide = random.uniform(110, 210)
            house(
                pen,
                random,
                x,
                1100,
                wide,
                random.uniform(240, 440),
                "#1c1c44",
                "#15153a",
                "#14143a",
                None,
                "#ffc56e",
                0.16,
            )
            x += wide
        pen.box(0, 1080, 2400, 1600, "#16142f")
    picture.glow(1200, 620, 1250, "#9fc0e6", 0.5, 800)
    with picture.draw(460, 180, 1940, 1140) as pen:
        pen.box(560, 1000, 590, 1130, "#0b0a1c")
        pen.box(1810, 1000, 1840, 1130, "#0b0a1c")
        pen.box(530, 250, 1870, 1010, "#0b0a1c")
        pen.box(556, 276, 1844, 984, "#dfeaf2")
        pen.box(556, 276, 1844, 984, "#a9cbe0")
        pen.box(556, 276, 1844, 620, "#c9dfe9")
        pen.oval(1540, 520, 120, 120, "#fff6e0")
        pen.polygon(
            [
                (556, 720),
                (760, 600),
                (930, 680),
                (1120, 560),
                (1340, 690),
                (1560, 610),
                (1844, 720),
                (1844, 984),
                (556, 984),
            ],
            "#7ba0bf",
        )
        pen.box(556, 760, 1844, 984, "#5f88ad")
        for _ in range(120):
            pen.stroke(
                random.uniform(620, 1790),
                random.uniform(775, 975),
                random.uniform(12, 52),
                random.uniform(1.5, 4),
                random.choice(["#dcebf2", "#4a7298", "#fff6e0"]),
            )
        pen.polygon([(820, 850), (1210, 850), (1160, 900), (880, 900)], "#22334f")
        pen.polygon([(1010, 840), (1010, 500), (1200, 810)], "#f6f0e2")
        pen.polygon([(996, 840), (996, 540), (870, 810)], "#e2dccb")
        person(pen, 1130, 856, 120, "#22334f", "#16243a", "#22334f")
        pen.box(556, 276, 1844, 336, "#0b0a1c")
        pen.box(556, 924, 1844, 984, "#0b0a1c")
    picture.beams([[(530, 336), (1870, 336), (1214, 1560), (1186, 1560)]], "#e2eefa", 0.2, 36)
    picture.glow(1200, 1180, 1000, "#8fb3da", 0.35, 240)
    with picture.draw(500, 700, 1900, 1500) as pen:
        for _ in range(46):
            x, y = random.gauss(1200, 150), random.uniform(820, 1420)
            pen.oval(x, y, random.uniform(1.5, 4), random.uniform(1.5, 3), "#f4f8ff")
    for row in range(7):
        foot, size = 1110 + row * row * 7 + row * 30, 20 + row * 9
        tone = mix("#34406e", "#090816", min(1, row / 5.5))
        with picture.draw(0, foot - size * 3, 2400, 1600) as pen:
            for left, right in ((-40, 1090 - row * 12), (1310 + row * 12, 2440)):
                heads(pen, random, left, right, foot, size, mix(tone, "#a9c8ea", 0.35 * (1 - row / 7)), 2.1)

    with picture.draw(1000, 1380, 1400, 1600) as pen:
        pen.box(1110, 1500, 1290, 1600, "#090816", 12)
        pen.oval(1150, 1480, 46, 46, "#151329")
        pen.oval(1250, 1480, 46, 46, "#151329")
        pen.oval(1150, 1480, 14, 14, "#4a5578")
        pen.oval(1250, 1480, 14, 14, "#4a5578")
    picture.glow(1200, 1540, 110, "#fffbe8", 0.9)


def floodlit_pitch(picture: Picture) -> None:
    """A football pitch under floodlights from the top of the stand, on the night of a final."""
    random = picture.random
    picture.gradient([(0, "#0a1230"), (0.6, "#1d2f5c"), (1, "#4a5a82")], 0, 760)
    picture.hill(ridge(random, -10, 2410, 620, 60), "#14204a", "#2a3a66", 140, 0.8)
    with picture.draw(0, 460, 2400, 900) as pen:
        for x in range(0, 2400, 130):
            house(
                pen,
                random,
                x,
                760,
                120,
                random.uniform(40, 150),
                "#16204a",
                "#101838",
                "#0f1738",
                None,
                "#ffcf7d",
                0.35,
            )
        pen.polygon([(0, 690), (2400, 690), (2400, 850), (0, 850)], "#26305a")
        for row in range(9):
            for x in range(0, 2400, 15):
                if random.random() < 0.86:
                    colour = random.choice(
                        ["#c8453a", "#f0e4cc", "#c8453a", "#8a3a44", "#e9b94a", "#5a6a92", "#3a4570"]
                    )
                    pen.oval(x + random.uniform(-3, 3), 704 + row * 14, 5, 6, mix(colour, "#26305a", 0.25))
        pen.box(0, 826, 2400, 868, "#f0ead8")
        for x in range(-40, 2400, 300):
            pen.box(x, 830, x + 240, 864, random.choice(["#2f6d72", "#a8383c", "#d99a35", "#34466f"]))
    with picture.draw(0, 840, 2400, 1600) as pen:
        pen.polygon([(0, 868), (2400, 868), (2400, 1600), (0, 1600)], "#3f8a4a")

        def at(u, v):
            y = 884 + 600 * v**1.25
            return 1200 + (u - 0.5) * (1760 + 900 * v**1.25), y

        for stripe in range(12):
            a, b = stripe / 12, (stripe + 1) / 12
            pen.polygon([at(a, 0), at(b, 0), at(b, 1), at(a, 1)], "#4a9a52" if stripe % 2 else "#3f8a48")
        white = "#eef6ea"
        pen.line([at(0.04, 0.03), at(0.96, 0.03), at(0.96, 0.95), at(0.04, 0.95), at(0.04, 0.03)], 6, white)
        pen.line([at(0.5, 0.03), at(0.5, 0.95)], 5, white)
        circle = [
            at(0.5 + 0.1 * math.cos(a / 20 * math.pi), 0.45 + 0.2 * math.sin(a / 20 * math.pi)) for a in range(41)
        ]
        pen.line(circle, 5, white)
        for side in (0.04, 0.96):
            inward = 0.13 if side < 0.5 else -0.13
            pen.line([at(side, 0.2), at(side + inward, 0.2), at(side + inward, 0.76), at(side, 0.76)], 5, white)
            x, y = at(side, 0.5)
            pen.line([(x, y + 30), (x, y - 90), (x - inward * 200, y - 110), (x - inward * 200, y - 4)], 6, white)
        for u, v, colour in (
            (0.3, 0.2, "r"),
            (0.36, 0.5, "r"),
            (0.46, 0.32, "r"),
            (0.62, 0.62, "r"),
            (0.7, 0.36, "r"),
            (0.78, 0.5, "r"),
            (0.56, 0.14, "r"),
            (0.42, 0.66, "w"),
            (0.54, 0.46, "w"),
            (0.66, 0.22, "w"),
            (0.74, 0.7, "w"),
            (0.83, 0.42, "w"),
            (0.24, 0.42, "w"),
            (0.93, 0.48, "k"),
        ):
            x, y = at(u, v)
            tall = 74 + 66 * v
            shirt = {"r": "#c8362f", "w": "#f6f2e6", "k": "#e9b93a"}[colour]
            for dx, dy in ((70, 14), (-64, 12)):
                pen.polygon([(x - 4, y), (x + 6, y), (x + dx, y + dy), (x + dx - 9, y + dy)], "#347a40")
            person(
                pen,
                x,
                y,
                tall,
                shirt,
                "#1c2440" if colour != "w" else "#2f4a7a",
                "#7a5040",
                None,
                random.uniform(-0.09, 0.09),
            )
        pen.oval(*at(0.72, 0.46), 9, 9, "#ffffff")
    for x, top in ((230, 190), (2170, 190)):
        with picture.draw(x - 180, top - 90, x + 180, 860) as pen:
            pen.line([(x - 20, 850), (x - 8, top)], 9, "#0b1024")
            pen.line([(x + 20, 850), (x + 8, top)], 9, "#0b1024")
            for y in range(top + 60, 850, 66):
                pen.line([(x - 16, y), (x + 16, y + 50)], 4, "#0b1024")
                pen.line([(x + 16, y), (x - 16, y + 50)], 4, "#0b1024")
            pen.box(x - 130, top - 70, x + 130, top + 56, "#0b1024", 8)
            for row in range(3):
                for column in range(6):
                    pen.oval(x - 106 + column * 42, top - 46 + row * 40, 15, 15, "#fffdf0")
        picture.glow(x, top - 6, 520, "#f0f4e2", 0.75)
        picture.glow(x, top - 6, 150, "#ffffff", 0.9)
    picture.beams(
        [[(230, 190), (300, 190), (1900, 1500), (500, 1560)], [(2170, 190), (2100, 190), (500, 1500), (1900, 1560)]],
        "#f2f6e0",
        0.13,
        50,
    )
    for row in range(3):
        foot, size = 1420 + row * 66, 40 + row * 15
        with picture.draw(0, foot - size * 5, 2400, 1600) as pen:
            heads(pen, random, -30, 2430, foot, size, mix("#1d2a52", "#070a1c", row / 2), 1.9)
            for _ in range(7 - row * 2):
                x = random.uniform(60, 2340)
                pen.line(
                    [(x - size * 0.8, foot + size), (x - size * 1.2, foot - size * 1.6)],
                    size * 0.4,
                    mix("#1d2a52", "#070a1c", row / 2),
                )
                pen.line(
                    [(x + size * 0.8, foot + size), (x + size * 1.2, foot - size * 1.6)],
                    size * 0.4,
                    mix("#1d2a52", "#070a1c", row / 2),
                )
                scarf = random.choice(["#c8362f", "#f0e4cc"])
                pen.box(
                    x - size * 1.6,
                    foot - size * 1.9,
                    x + size * 1.6,
                    foot - size * 1.35,
                    mix(scarf, "#101838", 0.25),
                    4,
                )


SCENES = {
    "open_air_cinema": (open_air_cinema, 2400, 1600),
    "floodlit_pitch": (floodlit_pitch, 2400, 1600),
}
