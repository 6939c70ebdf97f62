"""Scenes under a roof: the reading room, the bakery, the classroom."""

import math

from articles.management.sample.brush import Picture, mix
from articles.management.sample.figures import person


def library_window(picture: Picture) -> None:
    """A reading room: tall arched windows, shafts of sun, green lamps and readers."""
    random = picture.random
    picture.gradient([(0, "#5a4336"), (0.6, "#7a5a44"), (1, "#4a3329")])
    spines = ["#8c3b34", "#2f5a62", "#c49a4a", "#5c3a4c", "#3f5a3f", "#a8653c", "#d8c39a", "#34405c"]
    with picture.draw() as pen:
        for left, right in ((0, 430), (690, 940), (1460, 1710), (1970, 2400)):
            pen.box(left, 120, right, 1080, "#3f2a22")
            for shelf in range(6):
                foot, x = 280 + shelf * 156, left + 16
                while x < right - 30:
                    wide, high = random.uniform(13, 28), random.uniform(86, 128)
                    colour = mix(random.choice(spines), "#3a2a26", 0.22)
                    pen.box(x, foot - high, x + wide, foot, colour)
                    pen.box(x, foot - high * 0.8, x + wide, foot - high * 0.74, mix(colour, "#e9cf94", 0.5))
                    x += wide + (1 if random.random() < 0.9 else 26)
                pen.box(left, foot, right, foot + 16, "#6b4733")
        for x in (560, 1200, 1840):
            wide = 124 if x != 1200 else 250
            pen.box(x - wide - 16, 300, x + wide + 16, 1000, "#e0c49a")
            pen.slice(x, 304, wide + 16, wide + 16, 180, 360, "#e0c49a")
            pen.box(x - wide, 300, x + wide, 984, "#f9eccb")
            pen.slice(x, 304, wide, wide, 180, 360, "#f9eccb")
            pen.polygon(
                [
                    (x - wide, 984),
                    (x - wide, 820),
                    (x - wide * 0.4, 770),
                    (x + wide * 0.2, 830),
                    (x + wide, 760),
                    (x + wide, 984),
                ],
                "#c9d4a8",
            )
            pen.polygon([(x - wide, 984), (x - wide, 900), (x, 860), (x + wide, 910), (x + wide, 984)], "#a3b98a")
            for part in range(-2 if wide > 200 else -1, 3 if wide > 200 else 2):
                pen.line(
                    [(x + part * 82, 984), (x + part * 82, 304 - math.sqrt(max(0, wide**2 - (part * 82) ** 2)))],
                    7,
                    "#5a3f30",
                )
            for y in range(304, 984, 136):
                pen.line([(x - wide, y), (x + wide, y)], 6, "#5a3f30")
        pen.box(0, 1080, 2400, 1120, "#5a3d2e")
        pen.box(0, 1120, 2400, 1600, "#6b4936")
        for x in range(-1200, 3600, 190):
            pen.line([(1200 + (x - 1200) * 0.5, 1120), (x, 1600)], 3, "#523626")
    picture.glow(1200, 620, 900, "#fff0c4", 0.5, 700)
    picture.beams(
        [
            [(470, 220), (650, 220), (1200, 1600), (820, 1600)],
            [(980, 150), (1400, 150), (2020, 1600), (1340, 1600)],
            [(1750, 220), (1930, 220), (2560, 1600), (2140, 1600)],
        ],
        "#ffeec0",
        0.27,
        26,
    )
    with picture.draw(0, 800, 2400, 1600) as pen:
        for y, left, right in ((1180, 480, 1920), (1350, 200, 2200)):
            for x in range(left + 160, right, 380):
                coat = random.choice(["#35506b", "#8e3e3c", "#5c6b45", "#c0893a", "#5d4264"])
                pen.box(x - 74, y - 130, x + 74, y + 20, coat, 52)
                pen.box(x + 24, y - 130, x + 74, y + 20, mix(coat, "#ffdf9f", 0.3), 50)
                pen.oval(x, y - 168, 40, 48, random.choice(["#7a5040", "#94664c", "#5d3f33"]))
                pen.slice(x, y - 176, 45, 47, 160, 380, "#241c22")
                pen.polygon(
                    [(x - 90, y - 8), (x, y + 4), (x + 90, y - 8), (x + 100, y - 50), (x, y - 34), (x - 100, y - 50)],
                    "#f6ead0",
                )
                pen.polygon([(x, y + 4), (x + 90, y - 8), (x + 100, y - 50), (x, y - 34)], "#dfcba6")
            pen.box(left, y, right, y + 30, "#a8683f", 6)
            pen.box(left, y + 22, right, y + 44, "#6b3d28")
            pen.box(left + 40, y + 44, left + 84, y + 250, "#52301f")
            pen.box(right - 84, y + 44, right - 40, y + 250, "#52301f")
            for x in range(left + 350, right - 100, 380):
                pen.line([(x, y), (x, y - 92)], 9, "#c79a4a")
                pen.box(x - 60, y - 118, x + 60, y - 84, "#2f7d5d", 15)
                pen.box(x - 54, y - 90, x + 54, y - 82, "#fff0bd")
                pen.box(x - 26, y - 8, x + 26, y + 2, "#c79a4a")
    for y, left, right in ((1180, 480, 1920), (1350, 200, 2200)):
        for x in range(left + 350, right - 100, 380):
            picture.glow(x, y - 50, 190, "#ffe9a6", 0.55, 90)
    picture.shade("#2a1a1c", picture.ramp(0, 0.8, 1380, 1600), None, 0.7)


def bakery_oven(picture: Picture) -> None:
    """A wood-fired oven at four in the morning, a baker with the peel, rows of loaves."""
    random = picture.random
    picture.gradient([(0, "#2a1a1c"), (0.6, "#4a2a22"), (1, "#2a1918")])
    picture.glow(1180, 760, 1150, "#c8622a", 0.75, 900)
    with picture.draw() as pen:
        for row in range(15):
            for column in range(26):
                x, y = column * 96 - (row % 2) * 48, row * 62
                distance = math.hypot(x + 48 - 1180, (y + 30 - 720) * 1.2)
                tone = mix("#c8743f", "#38211f", min(1, distance / 1150) ** 0.75)
                pen.box(x + 3, y + 3, x + 93, y + 58, mix(tone, "#200f10", random.uniform(0, 0.28)), 7)
        pen.slice(1180, 900, 560, 560, 180, 360, "#24100e")
        for stone in range(17):
            angle = math.pi + stone * math.pi / 17
            points = [
                (1180 + r * math.cos(a), 900 + r * math.sin(a))
                for r, a in (
                    (440, angle + 0.008),
                    (560, angle + 0.008),
                    (560, angle + math.pi / 17 - 0.008),
                    (440, angle + math.pi / 17 - 0.008),
                )
            ]
            pen.polygon(points, mix("#d98a50", "#7a4430", random.uniform(0.1, 0.65)))
        pen.slice(1180, 900, 432, 432, 180, 360, "#3a120a")
    for reach, high, colour, part in (
        (430, 380, "#a83a14", 0.9),
        (360, 300, "#ee7a22", 0.95),
        (260, 220, "#ffbe4a", 1),
        (150, 130, "#fff0b4", 1),
    ):
        picture.glow(1180, 850, reach, colour, part, high)
    with picture.draw(700, 420, 1700, 1000) as pen:
        for colour, size in (("#f08a2a", 1.0), ("#ffc24d", 0.7), ("#fff2bd", 0.42)):
            for flame in range(9):
                x, tall = 930 + flame * 62, random.uniform(110, 250) * size * (1 - abs(flame - 4) * 0.1)
                pen.polygon(
                    [
                        (x - 40 * size, 880),
                        (x - 34 * size, 880 - tall * 0.4),
                        (x + random.uniform(-14, 14), 880 - tall),
                        (x + 34 * size, 880 - tall * 0.36),
                        (x + 40 * size, 880),
                    ],
                    colour,
                )
        for x in (940, 1080, 1230, 1370):
            pen.line([(x - 70, 886), (x + 70, 866)], 34, "#3a1710")
            pen.oval(x + 70, 866, 15, 17, "#e2742e")
        pen.box(600, 900, 1760, 956, "#8a5238", 6)
        pen.box(600, 900, 1760, 914, "#ffb765", 6)
    with picture.draw(0, 900, 2400, 1600) as pen:
        pen.box(0, 956, 2400, 1180, "#3a211d")
        pen.box(0, 1180, 2400, 1210, "#c98a52")
        pen.box(0, 1204, 2400, 1600, "#8a5634")
        for y in (1260, 1360, 1480):
            pen.line([(0, y), (2400, y)], 3, "#744527")
        for row, (y, size) in enumerate(((1216, 66), (1330, 84), (1474, 106))):
            x = -30 + row * 50
            while x < 2440:
                distance = abs(x - 1180) / 1500
                crust = mix("#e69a48", "#8a4b24", distance + random.uniform(-0.06, 0.1) if distance < 0.9 else 0.9)
                pen.oval(x, y + size * 0.34, size * 1.12, size * 0.34, "#4f2c1c")
                pen.oval(x, y, size, size * 0.58, mix(crust, "#4a2414", 0.42))
                pen.oval(x - size * 0.02, y - size * 0.07, size * 0.95, size * 0.5, crust)
                pen.oval(x - size * 0.08, y - size * 0.2, size * 0.7, size * 0.26, mix(crust, "#ffdf9a", 0.4))
                for cut in (-0.42, -0.06, 0.3):
                    pen.line(
                        [(x + (cut - 0.08) * size, y + size * 0.16), (x + (cut + 0.16) * size, y - size * 0.36)],
                        size * 0.085,
                        mix(crust, "#ffe9bd", 0.75),
                    )
                x += size * 2.42
    with picture.draw(1200, 380, 2400, 1240) as pen:
        pen.line([(1270, 860), (2330, 1010)], 22, "#2a1613")
        pen.polygon([(1120, 832), (1290, 846), (1284, 884), (1120, 872)], "#2a1613")
        pen.polygon([(1760, 1190), (1790, 760), (1850, 690), (2010, 690), (2080, 770), (2110, 1190)], "#1d1214")
        pen.polygon([(1760, 1190), (1790, 760), (1850, 690), (1890, 690), (1836, 790), (1812, 1190)], "#d9793a")
        pen.polygon([(1816, 1190), (1836, 900), (1960, 900), (1990, 1190)], "#e9d8bd")
        pen.polygon([(1816, 1190), (1836, 900), (1860, 900), (1850, 1190)], "#ffe9b8")
        pen.line([(1850, 760), (1760, 900), (1640, 920)], 60, "#4f2a22")
        pen.line([(2040, 780), (2100, 930), (1960, 972)], 62, "#1d1214")
        pen.oval(1636, 920, 34, 30, "#c98a5a")
        pen.oval(1950, 974, 34, 30, "#6b4030")
        pen.box(1900, 640, 1960, 710, "#6b4030")
        pen.oval(1918, 590, 74, 92, "#6b4030")
        pen.slice(1918, 590, 74, 92, 100, 262, "#c98a5a")
        pen.box(1838, 500, 2004, 560, "#f3e4ca", 24)
        pen.oval(1926, 488, 104, 54, "#f3e4ca")
        pen.oval(1886, 494, 60, 44, "#fff3d6")
    for _ in range(70):
        x, y = random.gauss(1180, 260), random.uniform(330, 900)
        picture.glow(x, y, random.uniform(5, 13), "#ffd27a", random.uniform(0.4, 1))


def classroom(picture: Picture) -> None:
    """A classroom in the afternoon: sun through three windows, bent heads, one raised hand."""
    random = picture.random
    picture.gradient([(0, "#e9d9b4"), (0.6, "#dfc595"), (1, "#c69a68")])
    with picture.draw() as pen:
        pen.box(0, 640, 2400, 1060, "#7fa39a")
        pen.box(0, 632, 2400, 648, "#5f837d")
        pen.box(200, 190, 1180, 800, "#8a5a3c")
        pen.box(226, 216, 1154, 770, "#2f5348")
        pen.box(226, 770, 1154, 806, "#a8704a")
        pen.line([(300, 330), (520, 300), (700, 340), (860, 290), (1080, 320)], 5, "#b9cfc0")
        pen.line([(300, 380), (540, 350), (720, 396), (880, 345), (1080, 376)], 5, "#b9cfc0")
        pen.line([(420, 600), (520, 460), (620, 600), (420, 600)], 6, "#e9dfb4")
        pen.line([(520, 460), (520, 600)], 4, "#e9dfb4")
        pen.arc(860, 540, 90, 90, 0, 360, 6, "#d9a0a0")
        pen.line([(860, 540), (936, 492)], 4, "#d9a0a0")
        for row, width in enumerate((170, 120, 150)):
            pen.line([(990, 520 + row * 50), (990 + width * 0.8, 520 + row * 50)], 5, "#b9cfc0")
        for x in (260, 330, 420):
            pen.box(x, 758, x + 50, 770, "#f6f0e0")
        for x in (1330, 1690, 2050):
            pen.box(x - 18, 150, x + 288, 800, "#f6ecd6")
            pen.box(x, 168, x + 270, 780, "#bfe0e4")
            pen.polygon([(x, 780), (x, 560), (x + 90, 500), (x + 190, 570), (x + 270, 520), (x + 270, 780)], "#9fc0a0")
            pen.polygon([(x, 780), (x, 670), (x + 120, 640), (x + 270, 690), (x + 270, 780)], "#7aa57f")
            pen.box(x + 128, 168, x + 142, 780, "#f6ecd6")
            pen.box(x, 430, x + 270, 444, "#f6ecd6")
            pen.box(x - 30, 796, x + 300, 822, "#e3cfa6")
        for x, tall in ((1390, 70), (1600, 54), (2130, 74)):
            pen.polygon([(x - 30, 746), (x + 30, 746), (x + 22, 798), (x - 22, 798)], "#b4563a")
            for _ in range(22):
                pen.oval(
                    x + random.gauss(0, 22),
                    736 - abs(random.gauss(0, tall * 0.5)),
                    13,
                    10,
                    random.choice(["#4f7a4a", "#6f9a58", "#3a5f40"]),
                )
        pen.box(0, 1060, 2400, 1600, "#c99562")
        for x in range(-1500, 4000, 210):
            pen.line([(1200 + (x - 1200) * 0.55, 1060), (x, 1600)], 3, "#b07e4e")
    picture.beams(
        [[(x, 168), (x + 270, 168), (x - 420, 1600), (x - 1000, 1600)] for x in (1330, 1690, 2050)], "#fff3c8", 0.4, 20
    )
    with picture.draw(0, 560, 2400, 1600) as pen:
        person(pen, 730, 1080, 480, "#8e3b46", "#2c2436", "#7a5040", "#b05a5c", 0.01)
        pen.line([(680, 700), (600, 630)], 28, "#8e3b46")
        pen.line([(606, 640), (560, 570)], 8, "#7a5a3a")
        coats = ["#35607a", "#c8503c", "#e0a53a", "#5f7a4a", "#7a4a6a", "#f0e4cc", "#3d4a6b"]
        for row, (y, size) in enumerate(((1150, 64), (1300, 84), (1500, 112))):
            x = 160 - row * 60
            number = 0
            while x < 2500:
                coat = coats[(number * 3 + row * 2) % 7]
                skin = random.choice(["#8a5a44", "#a8765a", "#6b4636"])
                pen.box(x - size * 1.9, y - size * 0.2, x + size * 1.9, y, "#e9c690", 6)
                pen.box(x - size * 1.9, y - 6, x + size * 1.9, y + size * 0.16, "#a9753f")
                pen.box(x - size * 0.82, y - size * 0.2, x + size * 0.82, y + size * 1.8, coat, size * 0.6)
                pen.box(
                    x + size * 0.3,
                    y - size * 0.2,
                    x + size * 0.82,
                    y + size * 1.8,
                    mix(coat, "#fff0c0", 0.35),
                    size * 0.5,
                )
                lean = size * random.uniform(-0.14, 0.14)
                pen.oval(x + lean, y - size * 0.55, size * 0.5, size * 0.58, skin)
                hair = random.choice(["#241c22", "#3a2620", "#4f3324"])
                pen.slice(x + lean, y - size * 0.6, size * 0.56, size * 0.62, 150, 390, hair)
                pen.oval(x + lean, y - size * 0.66, size * 0.5, size * 0.48, hair)
                if (row, number) in ((1, 2), (2, 4)):
                    pen.line([(x + size * 0.55, y + size * 0.3), (x + size * 0.95, y - size * 0.7)], size * 0.34, coat)
                    pen.line([(x + size * 0.95, y - size * 0.7), (x + size * 1.0, y - size * 1.25)], size * 0.24, skin)
                    pen.oval(x + size * 1.0, y - size * 1.36, size * 0.18, size * 0.22, skin)
                x, number = x + size * 4.6, number + 1
    picture.shade("#6a3a34", picture.ramp(0.5, 0, 0, 1300, sideways=True), None, 0.35)


SCENES = {
    "library_window": (library_window, 2400, 1600),
    "bakery_oven": (bakery_oven, 2400, 1600),
    "classroom": (classroom, 2400, 1600),
}
