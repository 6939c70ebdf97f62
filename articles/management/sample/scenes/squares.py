"""Scenes in the town's open places: the courthouse, a tram stop, the square by night."""

import math

from articles.management.sample.brush import Picture, mix
from articles.management.sample.figures import heads, house, lamp, person


def courthouse_steps(picture: Picture) -> None:
    """The courthouse in low sun: eight columns, long shadows, people waiting on the steps."""
    random = picture.random
    picture.gradient([(0, "#4f7ea8"), (0.38, "#a9c4cf"), (0.68, "#f3ddbd"), (0.7, "#c9a586"), (1, "#d8b995")])
    picture.clouds((0, 100, 2400, 480), ["#f5efe6", "#ffffff"], 6, 360, 26, 14, 0.55)
    stone, shade = "#ead9bd", "#a98b78"
    with picture.draw() as pen:
        pen.box(0, 700, 240, 1200, "#c49a7c")
        pen.box(2160, 640, 2400, 1200, "#9a7a72")
        for x in (40, 130, 2220, 2310):
            for y in (780, 920):
                pen.box(x, y, x + 44, y + 84, "#6a5a60")
        pen.box(260, 560, 2140, 1160, "#c7ad94")
        pen.polygon([(220, 520), (2180, 520), (1200, 190)], stone)
        pen.polygon([(350, 492), (2050, 492), (1200, 214)], "#cdb394")
        pen.polygon([(1200, 190), (2180, 520), (2130, 520), (1200, 206)], shade)
        pen.line([(1200, 280), (1200, 440)], 10, stone)
        pen.line([(1080, 320), (1320, 320)], 10, stone)
        for x in (1080, 1320):
            pen.line([(x, 320), (x - 50, 410)], 4, stone)
            pen.line([(x, 320), (x + 50, 410)], 4, stone)
            pen.slice(x, 410, 56, 34, 0, 180, stone)
        pen.box(220, 520, 2180, 610, stone)
        pen.box(220, 596, 2180, 612, shade)
        for x in range(250, 2170, 34):
            pen.box(x, 576, x + 17, 594, "#c9ad8c")
        pen.box(1090, 800, 1310, 1160, "#4a3038")
        pen.slice(1200, 804, 110, 110, 180, 360, "#6d4a44")
        pen.line([(1200, 700), (1200, 1160)], 6, "#2c1c26")
        for x in (560, 860, 1540, 1840):
            pen.box(x - 54, 780, x + 54, 1020, "#5e5a68")
            pen.slice(x, 784, 54, 54, 180, 360, "#5e5a68")
    picture.beams(
        [[(x, 612), (x + 90, 612), (x + 330, 1160), (x + 220, 1160)] for x in range(300, 2100, 240)],
        "#5a3d4c",
        0.42,
        10,
    )
    with picture.draw(200, 600, 2200, 1180) as pen:
        for x in (300, 555, 810, 1065, 1335, 1590, 1845, 2100):
            pen.polygon([(x - 50, 1150), (x + 50, 1150), (x + 42, 650), (x - 42, 650)], stone)
            for flute in (-30, -12, 6, 24):
                pen.polygon(
                    [(x + flute, 1140), (x + flute + 7, 1140), (x + flute * 0.86 + 6, 664), (x + flute * 0.86, 664)],
                    mix(stone, shade, 0.35 + flute / 110),
                )
            pen.polygon([(x + 28, 1150), (x + 50, 1150), (x + 42, 650), (x + 24, 650)], shade)
            pen.box(x - 62, 612, x + 62, 636, stone)
            pen.box(x - 54, 636, x + 54, 654, shade)
            pen.box(x - 64, 1130, x + 64, 1164, stone)
            pen.box(x + 30, 1130, x + 64, 1164, shade)
    with picture.draw(0, 1150, 2400, 1600) as pen:
        for step in range(9):
            y = 1160 + step * 32
            pen.box(200 - step * 26, y, 2200 + step * 26, y + 13, mix("#f5e7cd", "#e8d0ae", step / 9))
            pen.box(200 - step * 26, y + 13, 2200 + step * 26, y + 32, mix("#b7977f", "#9a7a6c", step / 9))
        pen.box(0, 1448, 2400, 1600, "#d8b995")
        for x in range(-600, 2600, 150):
            pen.line([(x + 300, 1448), (x, 1600)], 3, "#bf9c7b")
        pen.line([(0, 1512), (2400, 1512)], 3, "#bf9c7b")
    people = [
        (520, 1300, 210, "#34506e"),
        (640, 1306, 200, "#8d3d45"),
        (930, 1240, 190, "#3c3347"),
        (1180, 1206, 180, "#2b2733"),
        (1240, 1206, 184, "#6b5a4a"),
        (1580, 1364, 230, "#a9562f"),
        (1690, 1370, 222, "#2f5a5a"),
        (1990, 1520, 270, "#3a3550"),
    ]
    picture.beams(
        [[(x - 20, foot), (x + 22, foot), (x + 420, foot + 150), (x + 350, foot + 160)] for x, foot, _t, _c in people],
        "#4b3144",
        0.5,
        7,
    )
    with picture.draw(400, 980, 2200, 1600) as pen:
        for x, foot, tall, coat in people:
            person(pen, x, foot, tall, coat, "#231d2b", random.choice(["#7a5040", "#94664c", "#5d3f33"]), None, 0)
            pen.polygon(
                [
                    (x - tall * 0.137, foot - tall * 0.28),
                    (x - tall * 0.06, foot - tall * 0.3),
                    (x - tall * 0.06, foot - tall * 0.84),
                    (x - tall * 0.137, foot - tall * 0.78),
                ],
                mix(coat, "#ffe4b8", 0.45),
            )
        pen.box(2020, 1370, 2080, 1440, "#7a4a2c", 8)
        pen.box(1722, 1262, 1764, 1300, "#efe6d2")
    picture.shade("#6a4458", picture.ramp(0, 0.6, 1300, 2400, sideways=True), None, 0.3)
    picture.beams([[(0, 300), (0, 700), (1500, 1600), (700, 1600)]], "#fff2cf", 0.16, 120)


def tram_rain(picture: Picture) -> None:
    """A red tram in evening rain, the whole street doubled in the wet."""
    random = picture.random
    picture.gradient([(0, "#3c4b60"), (0.55, "#6f7f8c"), (1, "#b6a79c")], 0, 1080)
    picture.clouds((0, 60, 2400, 420), ["#2f3d52", "#7f8b96"], 8, 420, 60, 30, 0.45)
    with picture.draw(0, 200, 2400, 1100) as pen:
        for wall, window, foot, low, high in (
            ("#66727f", "#59646f", 1070, 520, 740),
            ("#4d5866", "#3f4956", 1082, 330, 600),
        ):
            x = random.uniform(-90, 0)
            while x < 2400:
                wide = random.uniform(170, 300)
                tall = random.uniform(low, high) * (0.7 + abs(x - 1250) / 2600)
                house(pen, random, x, foot, wide, tall, wall, mix(wall, "#222a36", 0.3), window, None, "#ffd489", 0.28)
                x += wide * 1.01
        for x in range(60, 2400, 470):
            pen.box(x, 900, x + 330, 1076, "#39424e")
            pen.box(x + 20, 930, x + 190, 1064, "#ffcf82")
            pen.box(x + 210, 930, x + 300, 1076, "#f3b765")
            pen.polygon(
                [(x - 14, 900), (x + 344, 900), (x + 364, 946), (x - 34, 946)],
                random.choice(["#7d3b45", "#2f5f66", "#8a6a35"]),
            )
        pen.box(0, 1070, 2400, 1090, "#2b323d")
    for x in (300, 1180, 2060):
        picture.glow(x, 560, 260, "#ffd998", 0.6)
    with picture.draw(0, 420, 2400, 1130) as pen:
        for x in (300, 1180, 2060):
            lamp(pen, x, 1100, 540, "#1d222c", "#fff2cd")
        pen.line([(0, 500), (2400, 470)], 4, "#1d222c")
        pen.line([(0, 520), (2400, 500)], 3, "#1d222c")
        pen.line([(980, 660), (1080, 560), (1010, 494)], 8, "#1d222c")
        left, right, roof, floor = 560, 1760, 680, 1090
        pen.box(left, roof, right, floor, "#c23b32", 46)
        pen.box(left + 20, roof - 22, right - 20, roof + 24, "#8e2a2b", 20)
        pen.box(left, 926, right, 962, "#f4e6cc")
        pen.box(left + 10, floor - 40, right - 10, floor + 14, "#53242a", 16)
        for number in range(6):
            x = left + 56 + number * 186
            if number in (1, 4):
                pen.box(x, 740, x + 70, 1050, "#f6cf86", 8)
                pen.box(x + 78, 740, x + 148, 1050, "#f6cf86", 8)
                pen.box(x, 926, x + 148, 962, "#a83230")
            else:
                pen.box(x, 740, x + 156, 904, "#ffdf9f", 12)
                pen.box(x, 740, x + 156, 772, "#f6cf86", 12)
                for seat in range(random.choice([1, 2, 2])):
                    sx = x + 46 + seat * 66
                    colour = random.choice(["#5a3440", "#3c4458", "#6d4a35"])
                    pen.box(sx - 30, 846, sx + 30, 904, colour, 14)
                    pen.oval(sx, 824, 19, 24, mix(colour, "#2a1a20", 0.4))
        pen.box(right - 96, 740, right - 18, 890, "#cfe0e2", 18)
        pen.box(right - 210, 692, right - 30, 730, "#1d222c", 8)
        pen.box(right - 196, 700, right - 150, 722, "#ffcf5a")
        pen.box(right - 136, 702, right - 50, 720, "#ffcf5a")
        pen.oval(right - 26, 1010, 20, 20, "#fff6d8")
        for x in (left + 150, left + 300, right - 330, right - 180):
            pen.slice(x, floor + 6, 48, 48, 0, 180, "#1a1c24")
    picture.glow(1746, 1010, 320, "#fff0c8", 0.75, 200)
    picture.mirror(1112, 7, "#29323f", 0.42, 0.72, 1.0)
    picture.ripples(1120, ["#8d97a0", "#3a4452", "#f3c98a", "#252d39"], 260, size=0.9)
    picture.shade("#1d2430", picture.ramp(0.0, 0.5, 1250, 1600), None, 0.6, grain=False)
    with picture.draw(0, 1080, 2400, 1600) as pen:
        for offset in (0, 150):
            pen.line([(-50, 1170 + offset), (2450, 1142 + offset * 1.1)], 7, "#1f2631")
            pen.line([(-50, 1166 + offset), (2450, 1138 + offset * 1.1)], 2, "#9aa6ad")
    with picture.draw(0, 880, 2400, 1600) as pen:
        for x, tall, coat, brolly in (
            (2020, 430, "#2d3a50", "#e0a23a"),
            (2210, 400, "#5a3344", "#2f6d72"),
            (250, 460, "#2a2f3f", "#e9e2d2"),
        ):
            pen.oval(x, 1400, tall * 0.22, 16, "#1a2029")
            person(pen, x, 1396, tall, coat, "#141821", "#5d3f33", mix(coat, "#ffd998", 0.25))
            top = 1396 - tall * 1.06
            pen.line([(x + tall * 0.1, top), (x + tall * 0.12, 1396 - tall * 0.5)], 7, "#141821")
            pen.slice(x + tall * 0.08, top + tall * 0.05, tall * 0.4, tall * 0.26, 180, 360, brolly)
            pen.slice(
                x + tall * 0.08, top + tall * 0.05, tall * 0.4, tall * 0.26, 290, 360, mix(brolly, "#141821", 0.35)
            )
            pen.slice(
                x + tall * 0.08, top + tall * 0.05, tall * 0.13, tall * 0.26, 180, 360, mix(brolly, "#ffffff", 0.12)
            )
    picture.rain(760, "#e6edf0", 0.36, 0.2)


def lantern_square(picture: Picture) -> None:
    """The town-hall square full of people with lanterns, after dark."""
    random = picture.random
    picture.gradient([(0, "#141433"), (0.5, "#33265a"), (0.85, "#7c4468"), (1, "#b9655c")], 0, 980)
    with picture.draw(0, 0, 2400, 500) as pen:
        for _ in range(110):
            pen.oval(random.uniform(0, 2400), random.uniform(0, 480), 1.4, 1.4, "#a9a6d8")
    with picture.draw(0, 160, 2400, 1060) as pen:
        x = -40
        while x < 2400:
            wide = random.uniform(180, 280)
            if not 680 < x + wide / 2 < 1720:
                house(
                    pen,
                    random,
                    x,
                    1050,
                    wide,
                    random.uniform(400, 560),
                    "#2a1f48",
                    "#1f1738",
                    "#1b1433",
                    random.choice(["#1f1738", None]),
                    "#ffc56e",
                    0.34,
                )
            x += wide * 1.01
        pen.box(760, 520, 1640, 1050, "#3d2a55")
        pen.box(730, 500, 1670, 536, "#56396a")
        pen.box(1110, 240, 1290, 520, "#3d2a55")
        pen.box(1240, 240, 1290, 520, "#2f2147")
        pen.polygon([(1086, 244), (1314, 244), (1200, 110)], "#56396a")
        pen.oval(1200, 350, 62, 62, "#ffe6ae")
        pen.line([(1200, 350), (1200, 308)], 7, "#3d2a55")
        pen.line([(1200, 350), (1232, 366)], 7, "#3d2a55")
        for row in range(2):
            for column in range(8):
                x, y = 800 + column * 104, 580 + row * 180
                pen.box(x, y + 20, x + 58, y + 116, "#ffcb78" if random.random() < 0.7 else "#2a1f42")
                pen.slice(x + 29, y + 22, 29, 29, 180, 360, "#ffcb78" if row else "#6a4666")
        pen.box(1130, 880, 1270, 1050, "#ffd890")
        pen.slice(1200, 884, 70, 70, 180, 360, "#ffd890")
        for line, dip in ((((0, 330), (1110, 420)), ((1290, 420), (2400, 330))),):
            for start, end in (line, dip):
                points = []
                for step in range(41):
                    part = step / 40
                    points.append(
                        (
                            start[0] + (end[0] - start[0]) * part,
                            start[1] + (end[1] - start[1]) * part + math.sin(part * math.pi) * 120,
                        )
                    )
                pen.line(points, 3, "#15102a")
                for px, py in points[2:-1:3]:
                    pen.oval(px, py + 14, 13, 16, random.choice(["#ffdf94", "#ffb765", "#ffe9bb"]))
    picture.glow(1200, 1040, 1100, "#ff9f5a", 0.55, 420)
    with picture.draw(0, 900, 2400, 1600) as pen:
        pen.box(0, 1050, 2400, 1600, "#3a2145")
    picture.glow(1200, 1180, 1300, "#e27a4c", 0.5, 420)
    for row in range(8):
        foot = 1090 + row * row * 9 + row * 22
        size = 17 + row * 8.6
        tone = mix("#7a3f55", "#0f0b1e", min(1, row / 6.5))
        spots = [
            (random.uniform(0, 2400), foot - size * random.uniform(1.4, 3.2))
            for _ in range(22 - row * 2 if row < 6 else 0)
        ]
        for x, y in spots:
            picture.glow(x, y, size * 4.2, "#ffb45f", 0.6)
        with picture.draw(0, foot - size * 6, 2400, 1600) as pen:
            heads(pen, random, -30, 2430, foot, size, tone, 1.75)
            for x, y in spots:
                pen.line([(x, y), (x, foot + size * 1.6)], size * 0.14, tone)
                pen.box(x - size * 0.36, y - size * 0.5, x + size * 0.36, y + size * 0.5, "#ffdf98", size * 0.16)
                pen.box(x - size * 0.36, y - size * 0.12, x + size * 0.36, y + size * 0.12, "#ffc063")
    picture.shade("#0a0818", picture.ramp(0, 0.85, 1330, 1600), None, 0.8)


SCENES = {
    "courthouse_steps": (courthouse_steps, 2400, 1600),
    "tram_rain": (tram_rain, 2400, 1600),
    "lantern_square": (lantern_square, 2400, 1600),
}
