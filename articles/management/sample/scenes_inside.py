"""Scenes under a roof, and two under none that are built like rooms: the cinema and the stadium."""

import math

from .brush import Picture, mix, ridge
from .figures import crowd, heads, house, person


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
            pen.polygon([(x - wide, 984), (x - wide, 820), (x - wide * 0.4, 770), (x + wide * 0.2, 830), (x + wide, 760), (x + wide, 984)], "#c9d4a8")
            pen.polygon([(x - wide, 984), (x - wide, 900), (x, 860), (x + wide, 910), (x + wide, 984)], "#a3b98a")
            for part in range(-2 if wide > 200 else -1, 3 if wide > 200 else 2):
                pen.line([(x + part * 82, 984), (x + part * 82, 304 - math.sqrt(max(0, wide**2 - (part * 82) ** 2)))], 7, "#5a3f30")
            for y in range(304, 984, 136):
                pen.line([(x - wide, y), (x + wide, y)], 6, "#5a3f30")
        pen.box(0, 1080, 2400, 1120, "#5a3d2e")
        pen.box(0, 1120, 2400, 1600, "#6b4936")
        for x in range(-1200, 3600, 190):
            pen.line([(1200 + (x - 1200) * 0.5, 1120), (x, 1600)], 3, "#523626")
    picture.glow(1200, 620, 900, "#fff0c4", 0.5, 700)
    picture.beams([[(470, 220), (650, 220), (1200, 1600), (820, 1600)], [(980, 150), (1400, 150), (2020, 1600), (1340, 1600)],
                   [(1750, 220), (1930, 220), (2560, 1600), (2140, 1600)]], "#ffeec0", 0.27, 26)  # fmt: skip
    with picture.draw(0, 800, 2400, 1600) as pen:
        for y, left, right in ((1180, 480, 1920), (1350, 200, 2200)):
            for x in range(left + 160, right, 380):
                coat = random.choice(["#35506b", "#8e3e3c", "#5c6b45", "#c0893a", "#5d4264"])
                pen.box(x - 74, y - 130, x + 74, y + 20, coat, 52)
                pen.box(x + 24, y - 130, x + 74, y + 20, mix(coat, "#ffdf9f", 0.3), 50)
                pen.oval(x, y - 168, 40, 48, random.choice(["#7a5040", "#94664c", "#5d3f33"]))
                pen.slice(x, y - 176, 45, 47, 160, 380, "#241c22")
                pen.polygon([(x - 90, y - 8), (x, y + 4), (x + 90, y - 8), (x + 100, y - 50), (x, y - 34), (x - 100, y - 50)], "#f6ead0")
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
            points = [(1180 + r * math.cos(a), 900 + r * math.sin(a)) for r, a in ((440, angle + 0.008), (560, angle + 0.008), (560, angle + math.pi / 17 - 0.008), (440, angle + math.pi / 17 - 0.008))]
            pen.polygon(points, mix("#d98a50", "#7a4430", random.uniform(0.1, 0.65)))
        pen.slice(1180, 900, 432, 432, 180, 360, "#3a120a")
    for reach, high, colour, part in ((430, 380, "#a83a14", 0.9), (360, 300, "#ee7a22", 0.95), (260, 220, "#ffbe4a", 1), (150, 130, "#fff0b4", 1)):
        picture.glow(1180, 850, reach, colour, part, high)
    with picture.draw(700, 420, 1700, 1000) as pen:
        for colour, size in (("#f08a2a", 1.0), ("#ffc24d", 0.7), ("#fff2bd", 0.42)):
            for flame in range(9):
                x, tall = 930 + flame * 62, random.uniform(110, 250) * size * (1 - abs(flame - 4) * 0.1)
                pen.polygon([(x - 40 * size, 880), (x - 34 * size, 880 - tall * 0.4), (x + random.uniform(-14, 14), 880 - tall), (x + 34 * size, 880 - tall * 0.36), (x + 40 * size, 880)], colour)
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
                    pen.line([(x + (cut - 0.08) * size, y + size * 0.16), (x + (cut + 0.16) * size, y - size * 0.36)], size * 0.085, mix(crust, "#ffe9bd", 0.75))
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
                pen.oval(x + random.gauss(0, 22), 736 - abs(random.gauss(0, tall * 0.5)), 13, 10, random.choice(["#4f7a4a", "#6f9a58", "#3a5f40"]))
        pen.box(0, 1060, 2400, 1600, "#c99562")
        for x in range(-1500, 4000, 210):
            pen.line([(1200 + (x - 1200) * 0.55, 1060), (x, 1600)], 3, "#b07e4e")
    picture.beams([[(x, 168), (x + 270, 168), (x - 420, 1600), (x - 1000, 1600)] for x in (1330, 1690, 2050)], "#fff3c8", 0.4, 20)
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
                pen.box(x + size * 0.3, y - size * 0.2, x + size * 0.82, y + size * 1.8, mix(coat, "#fff0c0", 0.35), size * 0.5)
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


def open_air_cinema(picture: Picture) -> None:
    """An open-air cinema on the quay: a bright screen, a beam with moths, rows of heads."""
    random = picture.random
    picture.gradient([(0, "#0d1230"), (0.6, "#2a2a5c"), (1, "#6a4a74")], 0, 1000)
    with picture.draw(0, 0, 2400, 700) as pen:
        for _ in range(240):
            r = random.choice([1, 1.3, 2])
            pen.oval(random.uniform(0, 2400), random.uniform(0, 660), r, r, mix("#ffffff", "#2a2a5c", random.uniform(0, 0.7)))
        pen.oval(2080, 260, 82, 82, "#f6ecd0")
        pen.oval(2046, 240, 78, 78, "#141a3e")
    with picture.draw(0, 500, 2400, 1120) as pen:
        x = -20
        while x < 2400:
            wide = random.uniform(110, 210)
            house(pen, random, x, 1100, wide, random.uniform(240, 440), "#1c1c44", "#15153a", "#14143a", None, "#ffc56e", 0.16)
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
        pen.polygon([(556, 720), (760, 600), (930, 680), (1120, 560), (1340, 690), (1560, 610), (1844, 720), (1844, 984), (556, 984)], "#7ba0bf")
        pen.box(556, 760, 1844, 984, "#5f88ad")
        for _ in range(120):
            pen.stroke(random.uniform(620, 1790), random.uniform(775, 975), random.uniform(12, 52), random.uniform(1.5, 4), random.choice(["#dcebf2", "#4a7298", "#fff6e0"]))
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
            house(pen, random, x, 760, 120, random.uniform(40, 150), "#16204a", "#101838", "#0f1738", None, "#ffcf7d", 0.35)
        pen.polygon([(0, 690), (2400, 690), (2400, 850), (0, 850)], "#26305a")
        for row in range(9):
            for x in range(0, 2400, 15):
                if random.random() < 0.86:
                    colour = random.choice(["#c8453a", "#f0e4cc", "#c8453a", "#8a3a44", "#e9b94a", "#5a6a92", "#3a4570"])
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
        circle = [at(0.5 + 0.1 * math.cos(a / 20 * math.pi), 0.45 + 0.2 * math.sin(a / 20 * math.pi)) for a in range(41)]
        pen.line(circle, 5, white)
        for side in (0.04, 0.96):
            inward = 0.13 if side < 0.5 else -0.13
            pen.line([at(side, 0.2), at(side + inward, 0.2), at(side + inward, 0.76), at(side, 0.76)], 5, white)
            x, y = at(side, 0.5)
            pen.line([(x, y + 30), (x, y - 90), (x - inward * 200, y - 110), (x - inward * 200, y - 4)], 6, white)
        for u, v, colour in ((0.3, 0.2, "r"), (0.36, 0.5, "r"), (0.46, 0.32, "r"), (0.62, 0.62, "r"), (0.7, 0.36, "r"), (0.78, 0.5, "r"), (0.56, 0.14, "r"),
                             (0.42, 0.66, "w"), (0.54, 0.46, "w"), (0.66, 0.22, "w"), (0.74, 0.7, "w"), (0.83, 0.42, "w"), (0.24, 0.42, "w"), (0.93, 0.48, "k")):  # fmt: skip
            x, y = at(u, v)
            tall = 74 + 66 * v
            shirt = {"r": "#c8362f", "w": "#f6f2e6", "k": "#e9b93a"}[colour]
            for dx, dy in ((70, 14), (-64, 12)):
                pen.polygon([(x - 4, y), (x + 6, y), (x + dx, y + dy), (x + dx - 9, y + dy)], "#347a40")
            person(pen, x, y, tall, shirt, "#1c2440" if colour != "w" else "#2f4a7a", "#7a5040", None, random.uniform(-0.09, 0.09))
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
    picture.beams([[(230, 190), (300, 190), (1900, 1500), (500, 1560)], [(2170, 190), (2100, 190), (500, 1500), (1900, 1560)]], "#f2f6e0", 0.13, 50)
    for row in range(3):
        foot, size = 1420 + row * 66, 40 + row * 15
        with picture.draw(0, foot - size * 5, 2400, 1600) as pen:
            heads(pen, random, -30, 2430, foot, size, mix("#1d2a52", "#070a1c", row / 2), 1.9)
            for _ in range(7 - row * 2):
                x = random.uniform(60, 2340)
                pen.line([(x - size * 0.8, foot + size), (x - size * 1.2, foot - size * 1.6)], size * 0.4, mix("#1d2a52", "#070a1c", row / 2))
                pen.line([(x + size * 0.8, foot + size), (x + size * 1.2, foot - size * 1.6)], size * 0.4, mix("#1d2a52", "#070a1c", row / 2))
                scarf = random.choice(["#c8362f", "#f0e4cc"])
                pen.box(x - size * 1.6, foot - size * 1.9, x + size * 1.6, foot - size * 1.35, mix(scarf, "#101838", 0.25), 4)


SCENES = {
    "library_window": (library_window, 2400, 1600),
    "bakery_oven": (bakery_oven, 2400, 1600),
    "classroom": (classroom, 2400, 1600),
    "open_air_cinema": (open_air_cinema, 2400, 1600),
    "floodlit_pitch": (floodlit_pitch, 2400, 1600),
}
