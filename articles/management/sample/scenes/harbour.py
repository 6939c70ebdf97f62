"""Scenes in the harbour: the ferry, the cranes, the boats at rest."""

import math

from articles.management.sample.brush import Picture, mix, ridge
from articles.management.sample.figures import crowd, house, person, sailing_boat


def ferry_dawn(picture: Picture) -> None:
    """The first ferry leaves before sunrise, its windows lit; hills in mist behind."""
    random = picture.random
    picture.gradient([(0, "#26345c"), (0.35, "#6a6d95"), (0.62, "#e5a98b"), (0.82, "#ffdca3"), (1, "#ffe8bd")], 0, 930)
    picture.clouds((0, 120, 2400, 520), ["#8a7f9d", "#f3b795"], 9, 420, 20, 12, 0.5)
    picture.glow(1620, 880, 900, "#fff0c4", 0.85, 520)
    with picture.draw(1400, 600, 1900, 960) as pen:
        pen.oval(1620, 812, 62, 62, "#fff6dc")
    for height, rough, colour, shadow in (
        (790, 90, "#b59aa3", "#e3bfa6"),
        (850, 60, "#7f7792", "#c3a5a5"),
        (895, 34, "#565a7c", "#a08f9d"),
    ):
        picture.hill(ridge(random, -10, 2410, height, rough), colour, shadow, 150, 0.9)
    with picture.draw(0, 760, 2400, 950) as pen:
        for x in range(60, 900, 74):
            tall = random.uniform(40, 110)
            house(
                pen, random, x, 926, random.uniform(60, 84), tall, "#474a69", "#3a3d59", "#353853", None, "#ffd58a", 0.3
            )
        pen.box(0, 918, 2400, 934, "#33374f")
    picture.mirror(930, 16, "#3b4a72", 0.12, 0.62)
    picture.ripples(930, ["#ffd9a6", "#f2b38e", "#54608c", "#3a4672"], 420)
    picture.ripples(930, ["#fff0cd", "#ffe0ac"], 260, 1430, 1810, 1500, 0.9)
    with picture.draw(500, 700, 1900, 1400) as pen:
        pen.polygon([(610, 1120), (1560, 1120), (1650, 1010), (560, 1034)], "#e9e2d6")
        pen.polygon([(610, 1120), (1560, 1120), (1548, 1160), (640, 1160)], "#8c2f39")
        pen.polygon([(560, 1034), (1650, 1010), (1640, 1026), (566, 1052)], "#2a3c66")
        pen.box(720, 906, 1440, 1030, "#f3ece0")
        pen.box(1240, 906, 1440, 1030, "#d6cbc2")
        for x in range(748, 1410, 84):
            pen.box(x, 936, x + 58, 990, "#ffd283", 8)
            pen.box(x, 966, x + 58, 990, "#f3b765", 6)
        pen.box(840, 822, 1250, 908, "#e9e2d6")
        pen.box(1130, 822, 1250, 908, "#cfc4bd")
        for x in range(868, 1230, 74):
            pen.box(x, 842, x + 50, 884, "#ffdf9e", 6)
        pen.polygon([(960, 822), (1090, 822), (1078, 700), (972, 700)], "#8c2f39")
        pen.box(970, 724, 1081, 752, "#f3ece0")
        pen.line([(1380, 906), (1380, 740)], 6, "#2c2f44")
        pen.line([(700, 1030), (700, 880), (1500, 880), (1500, 1016)], 3, "#c9beb6")
        crowd(pen, random, 1452, 1600, 1022, 92, ["#343a58", "#6b3444", "#4d5874"], "#20202e", 0.42)
        for x in range(590, 1640, 40):
            pen.line([(x, 1040), (x, 992)], 2, "#c9beb6")
        pen.line([(566, 994), (1630, 978)], 3, "#c9beb6")
    picture.beams([[(640, 1160), (1548, 1160), (1480, 1330), (720, 1330)]], "#2b3358", 0.62, 26)
    with picture.draw(560, 1140, 1700, 1400) as pen:
        for _ in range(70):
            pen.stroke(
                random.uniform(700, 1500),
                random.uniform(1170, 1330),
                random.uniform(20, 70),
                random.uniform(2, 5),
                random.choice(["#ffd283", "#c98d6a", "#e9d8c4"]),
            )
        for part in range(40):
            pen.stroke(
                560 - part * 13 + random.uniform(-20, 20),
                1150 + part * 1.5 + random.uniform(-12, 12),
                random.uniform(14, 44),
                4,
                "#f6e9da",
            )
    with picture.draw(200, 300, 1500, 800) as pen:
        for x, y, s in ((560, 560, 26), (640, 600, 20), (480, 640, 16), (1240, 470, 18), (1310, 500, 14)):
            pen.line([(x - s, y - s * 0.35), (x, y), (x + s, y - s * 0.4)], 4, "#3a3f60")


def harbour_crane(picture: Picture) -> None:
    """Cranes over a ship at the end of the day, everything dark against an orange sky."""
    random = picture.random
    picture.gradient([(0, "#3d2f55"), (0.3, "#93456a"), (0.6, "#ec7a55"), (0.85, "#ffc06e"), (1, "#ffdc92")], 0, 1130)
    picture.clouds((0, 130, 2400, 640), ["#7b3c63", "#f79a68", "#ffc886"], 8, 520, 18, 16, 0.42)
    picture.glow(720, 1010, 980, "#ffe9a9", 0.9, 640)
    with picture.draw(560, 760, 880, 1130) as pen:
        pen.oval(720, 950, 118, 118, "#fff3c9")
    picture.hill(ridge(random, -10, 2410, 1040, 40), "#b85c5c", "#e99a6c", 120, 0.9)

    def crane(pen, x, scale, colour, edge):
        def at(*points):
            return [(x + px * scale, 1120 - py * scale) for px, py in points]

        for leg in (0, 170):
            pen.polygon(at((leg, 0), (leg + 22, 0), (leg + 16, 430), (leg + 4, 430)), colour)
        for low in (20, 150, 280):
            pen.line(at((8, low), (180, low + 110)), 7 * scale, colour)
            pen.line(at((180, low), (8, low + 110)), 7 * scale, colour)
        pen.polygon(at((-40, 420), (230, 420), (230, 452), (-40, 452)), colour)
        pen.polygon(at((30, 452), (160, 452), (140, 560), (50, 560)), colour)
        pen.polygon(at((120, 470), (152, 470), (152, 520), (120, 520)), edge)
        pen.polygon(at((-200, 560), (900, 640), (900, 656), (-200, 590)), colour)
        pen.polygon(at((80, 560), (110, 560), (104, 800), (86, 800)), colour)
        pen.line(at((95, 800), (880, 650)), 6 * scale, colour)
        pen.line(at((95, 800), (480, 620)), 4 * scale, colour)
        pen.line(at((95, 800), (-190, 580)), 6 * scale, colour)
        for step in range(0, 880, 55):
            pen.line(at((step, 585 + step * 0.07), (step + 28, 612 + step * 0.07)), 3 * scale, edge)
        pen.box(*at((-200, 590))[0], *at((-110, 540))[0], colour)

    with picture.draw(0, 200, 2400, 1150) as pen:
        crane(pen, 1980, 0.62, "#7b3a52", "#a9525a")
        crane(pen, 1500, 0.8, "#57294a", "#8a3f54")
        pen.polygon(
            [(880, 1122), (2240, 1122), (2330, 930), (2240, 930), (2230, 952), (860, 952), (850, 930), (800, 930)],
            "#3b1f3e",
        )
        pen.polygon([(874, 1098), (2252, 1098), (2240, 1122), (880, 1122)], "#8c2f3c")
        pen.box(2050, 700, 2200, 952, "#4b2746")
        for row in range(4):
            for column in range(4):
                pen.box(
                    2064 + column * 34,
                    722 + row * 52,
                    2084 + column * 34,
                    744 + row * 52,
                    "#ffd07a" if random.random() < 0.6 else "#6a3552",
                )
        pen.box(2130, 610, 2176, 700, "#6f2f48")
        boxes = ["#b4464d", "#d6803f", "#43456f", "#7f3357", "#e0a754", "#5b3a66"]
        for column in range(9):
            for row in range(random.choice([2, 3, 4, 3])):
                colour, x, y = random.choice(boxes), 900 + column * 122, 952 - row * 58
                pen.box(x, y - 56, x + 118, y, colour)
                for line in range(8, 116, 12):
                    pen.line([(x + line, y - 50), (x + line, y - 6)], 2, mix(colour, "#2a1530", 0.3))
        crane(pen, 420, 1.08, "#2a1533", "#6f3048")
        pen.line([(1110, 505), (1110, 690)], 3, "#2a1533")
        pen.line([(1168, 505), (1168, 690)], 3, "#2a1533")
        pen.box(1080, 690, 1200, 750, "#e0a754")
        for line in range(1090, 1198, 12):
            pen.line([(line, 696), (line, 744)], 2, "#a8642f")
        pen.box(0, 1106, 2400, 1134, "#1e1027")
        crowd(pen, random, 90, 400, 1110, 74, ["#2a1533", "#3b1f3e"], "#1e1027", 0.9, "#2a1533")
    picture.mirror(1134, 14, "#3a1c3d", 0.2, 0.72, 1.2)
    picture.ripples(1134, ["#ffbf73", "#e9794f", "#51264a", "#3a1c3d"], 380)
    picture.ripples(1134, ["#ffe3a0", "#ffcf85"], 220, 560, 900, 1590, 0.9)


def moored_boats(picture: Picture) -> None:
    """Fishing boats at rest on a pale morning, each colour twice: once in the water."""
    random = picture.random
    picture.gradient([(0, "#a9cbd0"), (0.55, "#d8e3d6"), (1, "#f7e3c4")], 0, 840)
    picture.clouds((0, 140, 2400, 460), ["#f3efe2", "#fff8ea"], 8, 380, 34, 26, 0.55)
    for height, rough, colour, shadow in ((720, 60, "#9fb9bb", "#cfd6c9"), (780, 40, "#7fa0a2", "#b9c8bd")):
        picture.hill(ridge(random, -10, 2410, height, rough), colour, shadow, 120, 0.9)
    with picture.draw(0, 560, 2400, 860) as pen:
        walls = ["#efe0c8", "#e6c9a8", "#dba98b", "#f3ead8", "#c9d2c4"]
        x = 1240
        while x < 2380:
            wide = random.uniform(84, 150)
            house(
                pen,
                random,
                x,
                824,
                wide,
                random.uniform(90, 190),
                random.choice(walls),
                "#c9b79c",
                "#8a8f8c",
                random.choice(["#b86a4b", None, "#a85d45"]),
            )
            x += wide * 1.02
        pen.box(1180, 812, 2400, 846, "#c4b49b")
        pen.box(1180, 812, 2400, 820, "#e2d5bd")
    with picture.draw(0, 120, 2400, 1000) as pen:
        for x, long, hull in ((250, 330, "#f2efe6"), (1010, 300, "#e9b949"), (2200, 340, "#f2efe6")):
            sailing_boat(pen, x, 868, long, hull, mast=1.15)
    picture.mirror(846, 13, "#6fa0a6", 0.1, 0.45)
    picture.ripples(846, ["#e9efe4", "#8fb6b8", "#5f959d", "#fbe9cb"], 460)
    for x, water, long, hull in ((640, 1060, 620, "#d5503e"), (1640, 1130, 740, "#1f5673")):
        picture.beams(
            [
                [
                    (x - long * 0.45, water),
                    (x + long * 0.42, water),
                    (x + long * 0.36, water + 170),
                    (x - long * 0.38, water + 170),
                ]
            ],
            mix(hull, "#2f5660", 0.35),
            0.75,
            22,
        )
        with picture.draw(x - long, water - long * 1.4, x + long, water + 260) as pen:
            for row in range(0, int(long * 0.5), 9):
                sway = math.sin(row * 0.21) * (4 + row * 0.04)
                pen.stroke(x + long * 0.05 + sway, water + row, 8, 3, "#4b5a5e")
            for _ in range(46):
                pen.stroke(
                    x + random.uniform(-0.5, 0.48) * long,
                    water + random.uniform(6, 190),
                    random.uniform(18, 70),
                    random.uniform(2, 5),
                    random.choice(["#bcd3cf", "#83adb1", mix(hull, "#83adb1", 0.4)]),
                )
            sailing_boat(pen, x, water, long, hull, mast=1.2)
    with picture.draw(500, 780, 1900, 1110) as pen:
        person(pen, 560, 984, 150, "#e9b949", "#22323c", "#7a5040", "#f6d680")
        person(pen, 1500, 1040, 170, "#7c2f3f", "#22323c", "#7a5040", "#a64a55")


SCENES = {
    "ferry_dawn": (ferry_dawn, 2400, 1600),
    "harbour_crane": (harbour_crane, 2400, 1600),
    "moored_boats": (moored_boats, 2400, 1600),
}
