"""Scenes on the river and the open sea: a bridge, fog, a storm."""

import math

from articles.management.sample.brush import Picture, mix, ridge
from articles.management.sample.figures import house, lamp, person


def footbridge_night(picture: Picture) -> None:
    """An iron footbridge under lamps, people crossing, the town's lights in the river."""
    random = picture.random
    picture.gradient([(0, "#141c46"), (0.4, "#35427c"), (0.7, "#81659a"), (0.9, "#d98f8b"), (1, "#f0b48d")], 0, 940)
    with picture.draw(0, 0, 2400, 620) as pen:
        for _ in range(170):
            r = random.choice([1, 1, 1.5, 2.2])
            pen.oval(
                random.uniform(0, 2400), random.uniform(0, 560), r, r, mix("#cfd8ff", "#22305e", random.uniform(0, 0.6))
            )
    picture.clouds((0, 420, 2400, 640), ["#5c5490", "#c58794"], 7, 420, 20, 14, 0.45)
    picture.hill(ridge(random, -10, 2410, 740, 70), "#5a4f86", "#8d6890", 160, 0.9)
    with picture.draw(0, 270, 2400, 1000) as pen:
        for row, (wall, foot) in enumerate((("#3a3870", 900), ("#282a5a", 960))):
            x = -20
            while x < 2400:
                wide = random.uniform(90, 190)
                high = random.uniform(110, 270) - row * 30
                house(
                    pen,
                    random,
                    x,
                    foot + 30,
                    wide,
                    high,
                    wall,
                    mix(wall, "#000010", 0.25),
                    mix(wall, "#000010", 0.3),
                    None,
                    "#ffd27f",
                    0.4,
                )
                x += wide * random.uniform(0.9, 1.15)
        pen.box(1760, 440, 1850, 960, "#282a5a")
        pen.polygon([(1746, 440), (1864, 440), (1805, 300)], "#282a5a")
        pen.oval(1805, 506, 30, 30, "#ffe7b0")
        pen.line([(1805, 506), (1805, 484)], 4, "#282a5a")
        pen.line([(1805, 506), (1821, 512)], 4, "#282a5a")
    lamps = [260, 730, 1200, 1670, 2140]
    for x in lamps:
        picture.glow(x, 672, 210, "#ffc873", 0.55)
    with picture.draw(0, 600, 2400, 1010) as pen:
        for left in (-40, 760, 1560):
            pen.arc(left + 440, 1130, 400, 300, 180, 360, 22, "#0a0c20")
            for x in range(left + 90, left + 800, 50):
                rise = 300 * math.sqrt(max(0, 1 - ((x - left - 440) / 400) ** 2))
                pen.line([(x, 1130 - rise), (x, 870)], 7, "#0a0c20")
        for x in (0, 800, 1600, 2400):
            pen.box(x - 34, 862, x + 34, 1010, "#0a0c20")
        pen.box(0, 850, 2400, 880, "#0a0c20")
        for x in range(0, 2400, 26):
            pen.line([(x, 852), (x, 786)], 3, "#0a0c20")
        pen.line([(0, 786), (2400, 786)], 7, "#0a0c20")
        coats = ["#11142e", "#2a1c3a", "#3a2233", "#15243f"]
        for x, tall in ((420, 128), (470, 118), (980, 126), (1390, 132), (1440, 96), (1860, 124)):
            person(pen, x, 852, tall, random.choice(coats), "#0a0c20", "#2c1d26", "#b8763f")
        pen.oval(1010, 838, 26, 12, "#0a0c20")
        for x in lamps:
            lamp(pen, x, 852, 180, "#0a0c20", "#fff0c2")
    picture.mirror(1000, 15, "#141c48", 0.15, 0.66, 1.15)
    for x in lamps:
        picture.ripples(1000, ["#ffd88f", "#ffbd66", "#ffe9bb"], 60, x - 36, x + 36, 1560, 0.55)
    picture.ripples(1000, ["#2c3b70", "#101838", "#53487a"], 380)


def river_fog(picture: Picture) -> None:
    """One rower on a river that has no banks this morning."""
    random = picture.random
    picture.gradient([(0, "#b9b6be"), (0.3, "#e2cfc2"), (0.55, "#f9e2c0"), (1, "#d6cfc9")])
    picture.glow(1700, 500, 760, "#fff2d0", 1)
    with picture.draw(1560, 430, 1840, 700) as pen:
        pen.oval(1700, 500, 78, 78, "#fffaea")
    for height, rough, tone in ((560, 90, "#cdc3be"), (660, 80, "#a9a6aa"), (780, 70, "#767d8a")):
        line = ridge(random, -10, 2410, height, rough)
        picture.hill(line, tone, "#f3e6d2", 210, 0.95)
        with picture.draw(0, height - 280, 2400, height + 160) as pen:
            for x, y in line[::5]:
                tall = random.uniform(26, 105) * (1.3 if tone == "#767d8a" else 0.8)
                if random.random() < 0.7:
                    pen.polygon([(x - tall * 0.2, y + 14), (x + tall * 0.2, y + 14), (x + tall * 0.02, y - tall)], tone)
    picture.shade("#f3e7d5", picture.ramp(0, 1, 770, 940), None, 0.8, grain=False)
    picture.mirror(930, 10, "#aeb2ba", 0.2, 0.5)
    picture.shade("#f3e7d5", picture.ramp(1, 0, 930, 1100), None, 0.7, grain=False)
    picture.ripples(1000, ["#f6ecdc", "#b3b6ba", "#e4dacd"], 170)
    picture.beams([[(880, 1190), (1490, 1190), (1430, 1330), (960, 1330)]], "#5c6470", 0.6, 24)
    with picture.draw(600, 860, 1860, 1360) as pen:
        pen.polygon([(820, 1140), (1560, 1140), (1480, 1196), (920, 1196)], "#3a3f4c")
        pen.polygon([(820, 1140), (1560, 1140), (1545, 1152), (838, 1152)], "#a8563f")
        pen.polygon([(1090, 1150), (1250, 1150), (1240, 1010), (1200, 962), (1130, 972), (1096, 1050)], "#8e3b3a")
        pen.polygon([(1190, 1150), (1250, 1150), (1240, 1010), (1200, 962), (1180, 964)], "#b0524a")
        pen.oval(1176, 918, 34, 42, "#5d4034")
        pen.slice(1176, 908, 40, 40, 160, 385, "#2c2e3a")
        pen.line([(1130, 1010), (1300, 1062), (1330, 1074)], 26, "#8e3b3a")
        pen.line([(1310, 1068), (740, 1236)], 9, "#4a4038")
        pen.line([(1320, 1072), (1760, 1226)], 9, "#4a4038")
        pen.polygon([(650, 1258), (742, 1228), (752, 1246), (664, 1276)], "#4a4038")
        pen.polygon([(1750, 1216), (1844, 1246), (1832, 1264), (1744, 1234)], "#4a4038")
        for x, y in ((680, 1280), (1820, 1272)):
            for ring in range(3):
                pen.arc(x, y, 60 + ring * 46, 10 + ring * 7, 0, 360, 3, "#e9e0d3")
        for _ in range(34):
            pen.stroke(
                random.uniform(920, 1460),
                random.uniform(1204, 1320),
                random.uniform(20, 64),
                random.uniform(2, 4),
                random.choice(["#d9d2c8", "#8e8f97"]),
            )
    with picture.draw(300, 300, 1200, 700) as pen:
        for index in range(7):
            x, y = 520 + index * 74 + (index % 2) * 20, 520 - abs(index - 3) * -34 - 120
            pen.line([(x - 26, y - 12), (x, y), (x + 26, y - 14)], 4, "#6c6d78")


def storm_light(picture: Picture) -> None:
    """A lighthouse over a heavy sea, its beam across the rain (upright)."""
    random = picture.random
    picture.gradient([(0, "#10202c"), (0.35, "#27414e"), (0.62, "#5d7a7c"), (0.75, "#90a39a"), (1, "#27414e")])
    picture.clouds((0, 40, 1600, 800), ["#0e1a25", "#35525d", "#182a36"], 16, 420, 80, 40, 0.55)
    picture.beams([[(905, 642), (-60, 380), (-60, 800)]], "#ffeebb", 0.42, 40)
    picture.beams([[(915, 642), (1700, 520), (1700, 800)]], "#ffeebb", 0.3, 40)
    picture.glow(910, 642, 300, "#fff1c4", 0.95)
    cliff = [
        (470, 1600),
        (560, 1500),
        (610, 1400),
        (690, 1372),
        (720, 1330),
        (860, 1310),
        (1010, 1316),
        (1120, 1340),
        (1240, 1345),
        (1330, 1410),
        (1500, 1430),
        (1610, 1490),
    ]
    with picture.draw(600, 540, 1250, 1380) as pen:
        pen.polygon([(820, 1330), (1000, 1330), (966, 720), (854, 720)], "#ece4d4")
        for low, high in ((1210, 1090), (970, 850)):
            wide = [56 + (y - 720) * 0.0557 for y in (low, high)]
            pen.polygon(
                [(910 - wide[0], low), (910 + wide[0], low), (910 + wide[1], high), (910 - wide[1], high)], "#b23a3a"
            )
        pen.polygon([(926, 1330), (1000, 1330), (966, 720), (932, 720)], "#2a3d49")
        pen.polygon([(906, 1330), (930, 1330), (934, 720), (912, 720)], "#8d9a98")
        pen.box(830, 700, 990, 724, "#17232c")
        for x in range(834, 990, 20):
            pen.line([(x, 700), (x, 668)], 3, "#17232c")
        pen.box(862, 596, 958, 700, "#fff3cf")
        for x in (862, 894, 926, 956):
            pen.line([(x, 596), (x, 700)], 5, "#17232c")
        pen.polygon([(846, 598), (974, 598), (910, 540)], "#8e2d31")
        pen.box(890, 1250, 930, 1330, "#1b2730", 18)
        for y in (800, 1000, 1150):
            pen.box(898, y, 920, y + 36, "#ffdf9c", 6)
        pen.box(1020, 1240, 1190, 1340, "#d9d2c4")
        pen.box(1120, 1240, 1190, 1340, "#6d7a7c")
        pen.polygon([(1005, 1242), (1205, 1242), (1170, 1180), (1040, 1180)], "#7e3434")
        pen.box(1050, 1270, 1086, 1304, "#ffd27a")
    with picture.mask() as (pen, mask):
        pen.polygon([*cliff, (1610, 2400), (420, 2400)], 255)
    picture.image.paste((34, 40, 46), (0, 0), mask)
    picture.shade("#6d7672", picture.ramp(1, 0, 1300, 1470), mask, 0.8)
    picture.glow(910, 1330, 260, "#ffeebb", 0.25, 90)
    for row in range(7):
        height, long = 1530 + row * row * 12 + row * 44, 150 + row * 44
        phase = random.uniform(0, 6)

        def crest(x, height=height, long=long, phase=phase, row=row):
            peak = 1 - abs(math.sin(x / long + phase))
            return height - peak**1.6 * (46 + row * 13) + math.sin(x / 61 + phase) * 6

        line = [(x, crest(x)) for x in range(-20, 1640, 12)]
        tone = mix("#4b6b70", "#142833", row / 6)
        picture.hill(line, tone, mix(tone, "#0a151d", 0.75), 170 + row * 26, 0.85)
        with picture.draw(0, height - 200, 1600, height + 260) as pen:
            for x, y in line:
                lift = (height - y) / (46 + row * 13)
                for _ in range(3 if lift > 0.45 else 0):
                    drop = abs(random.gauss(0, 10 + row * 5)) * lift
                    pen.stroke(
                        x + random.uniform(-14, 14),
                        y + 2 + drop,
                        random.uniform(6, 22 + row * 4),
                        random.uniform(1.2, 2 + row * 0.5),
                        random.choice(["#e6ece5", "#b4c4c0", "#7f9a9c"]),
                    )
            for _ in range(50):
                pen.stroke(
                    random.uniform(0, 1600),
                    height + random.uniform(10, 190),
                    random.uniform(20, 60 + row * 16),
                    random.uniform(1, 2.5),
                    mix(tone, "#9db4b2", random.uniform(0.15, 0.4)),
                )
    with picture.draw(380, 1250, 900, 1750) as pen:
        for _ in range(420):
            angle, reach = random.uniform(math.pi * 1.02, math.pi * 1.75), abs(random.gauss(0, 130))
            r = random.uniform(1.5, 9) * (1 - min(0.8, reach / 420))
            pen.oval(
                590 + math.cos(angle) * reach,
                1560 + math.sin(angle) * reach * 1.4,
                r,
                r,
                random.choice(["#eef1ea", "#cdd9d6", "#a9bdbc"]),
            )
    picture.rain(520, "#dfe8e6", 0.3, 0.34)


SCENES = {
    "footbridge_night": (footbridge_night, 2400, 1600),
    "river_fog": (river_fog, 2400, 1600),
    "storm_light": (storm_light, 1600, 2400),
}
