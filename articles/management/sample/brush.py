"""The sample's paint box: a picture, a pen with smooth edges, light, water and grain, on Pillow alone.

Everything random comes from the picture's own seeded generator, so that a scene is the same, byte for byte, each time
it is drawn. (Pillow's own noise is not: it asks the C library, which nobody has seeded.)
"""

import itertools
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Points = Sequence[tuple[float, float]]
SMOOTH = 2  # shapes are drawn this many times larger, then reduced: edges without steps


def rgb(colour: str | Colour) -> Colour:
    """The three numbers of a colour written as "#rrggbb" (or given as numbers already)."""
    if isinstance(colour, tuple):
        return colour
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(first: str | Colour, second: str | Colour, part: float) -> Colour:
    """The colour between two, `part` (0 to 1) of the way from the first to the second."""
    return tuple(round(a + (b - a) * part) for a, b in zip(rgb(first), rgb(second), strict=True))


def ridge(random: Random, left: float, right: float, height: float, rough: float, steps: int = 8) -> list:
    """A natural line from left to right around a height, by halving: `rough` is its first swing, in pixels."""
    line, swing = [random.uniform(-1, 1) * rough for _ in range(3)], rough
    for _ in range(steps):
        swing *= 0.52
        between = [(a + b) / 2 + random.uniform(-1, 1) * swing for a, b in itertools.pairwise(line)]
        line = [value for pair in zip(line, between, strict=False) for value in pair] + [line[-1]]
    width = (right - left) / (len(line) - 1)
    return [(left + index * width, height + value) for index, value in enumerate(line)]


class Pen:
    """Draws in the picture's own pixels, on a sheet that is larger by SMOOTH."""

    def __init__(self, sheet: Image.Image, left: int, top: int):
        self.pencil, self.left, self.top = ImageDraw.Draw(sheet), left, top

    def _at(self, points: Points) -> list:
        return [((x - self.left) * SMOOTH, (y - self.top) * SMOOTH) for x, y in points]

    def polygon(self, points: Points, colour) -> None:
        self.pencil.polygon(self._at(points), fill=colour)

    def box(self, left, top, right, bottom, colour, radius: float = 0) -> None:
        if right - left < 0.5 or bottom - top < 0.5:
            return
        corners = self._at([(left, top), (right, bottom)])
        corners[1] = (corners[1][0] - 1, corners[1][1] - 1)
        if radius:
            self.pencil.rounded_rectangle(corners, radius * SMOOTH, fill=colour)
        else:
            self.pencil.rectangle(corners, fill=colour)

    def oval(self, x, y, wide, high, colour) -> None:
        """A filled oval around a centre, with its half width and half height."""
        self.pencil.ellipse(self._at([(x - wide, y - high), (x + wide, y + high)]), fill=colour)

    def slice(self, x, y, wide, high, start, end, colour) -> None:
        """A slice of an oval from one angle to another, in degrees, clockwise from three o'clock."""
        self.pencil.pieslice(self._at([(x - wide, y - high), (x + wide, y + high)]), start, end, fill=colour)

    def line(self, points: Points, width: float, colour) -> None:
        self.pencil.line(self._at(points), fill=colour, width=max(1, round(width * SMOOTH)), joint="curve")

    def arc(self, x, y, wide, high, start, end, width, colour) -> None:
        box = self._at([(x - wide, y - high), (x + wide, y + high)])
        self.pencil.arc(box, start, end, fill=colour, width=max(1, round(width * SMOOTH)))

    def stroke(self, x, y, half, thick, colour) -> None:
        """A lens-shaped touch of the brush, lying flat: light on water."""
        self.polygon(
            [
                (x - half, y),
                (x - half / 3, y - thick),
                (x + half / 3, y - thick * 0.8),
                (x + half, y),
                (x + half / 3, y + thick),
                (x - half / 3, y + thick * 0.8),
            ],
            colour,
        )


class Picture:
    """One picture in the making: width and height in pixels, and the seed of all its chances."""

    def __init__(self, width: int, height: int, seed: int):
        self.width, self.height, self.random = width, height, Random(seed)
        self.image = Image.new("RGB", (width, height))
        side = 600
        noise = Image.frombytes("L", (side, side), self.random.randbytes(side * side))
        self.noise, self.fine = self.tiled(noise), self.tiled(noise.filter(ImageFilter.BoxBlur(0.6)))

    def tiled(self, tile: Image.Image) -> Image.Image:
        """A tile laid out over the size of the picture."""
        whole = Image.new(tile.mode, (self.width, self.height))
        for left in range(0, self.width, tile.width):
            for top in range(0, self.height, tile.height):
                whole.paste(tile, (left, top))
        return whole

    # Surfaces

    def gradient(self, stops: Sequence[tuple[float, str | Colour]], top: int = 0, bottom: int | None = None) -> None:
        """Fill a band from edge to edge; `stops` are (part of the band from its top, colour), in order."""
        bottom = self.height if bottom is None else bottom
        strip = Image.new("RGB", (1, 256))
        for row in range(256):
            part = row / 255
            for (start, first), (end, second) in itertools.pairwise(stops):
                if part <= end:
                    strip.putpixel((0, row), mix(first, second, max(0, (part - start) / (end - start))))
                    break
        self.image.paste(strip.resize((self.width, bottom - top), Image.Resampling.BICUBIC), (0, top))

    @contextmanager
    def draw(self, left: int = 0, top: int = 0, right: int | None = None, bottom: int | None = None) -> Iterator[Pen]:
        """A pen on a part of the picture (all of it unless told): quicker the smaller the part."""
        left, top = max(0, int(left)), max(0, int(top))
        box = (left, top, min(self.width, int(right or self.width)), min(self.height, int(bottom or self.height)))
        size = ((box[2] - left) * SMOOTH, (box[3] - top) * SMOOTH)
        sheet = self.image.crop(box).resize(size, Image.Resampling.NEAREST)
        yield Pen(sheet, left, top)
        self.image.paste(sheet.reduce(SMOOTH), (left, top))

    @contextmanager
    def mask(self, blur: float = 0) -> Iterator[tuple[Pen, Image.Image]]:
        """A pen and the mask it makes (draw with 0 to 255); the mask is ready, and blurred, when the block ends."""
        sheet = Image.new("L", (self.width * SMOOTH, self.height * SMOOTH))
        mask = Image.new("L", (self.width, self.height))
        yield Pen(sheet, 0, 0), mask
        if blur:
            small = sheet.reduce(SMOOTH * 4).filter(ImageFilter.GaussianBlur(blur / 4))
            mask.paste(small.resize(mask.size, Image.Resampling.BICUBIC))
        else:
            mask.paste(sheet.reduce(SMOOTH))

    def lay(self, colour: str | Colour, mask: Image.Image) -> None:
        """Lay a colour over the picture through a mask, touching only the part that the mask covers."""
        box = mask.getbbox()
        if box:
            self.image.paste(rgb(colour), box, mask.crop(box))

    # Light

    def ramp(self, start: float, end: float, top: int = 0, bottom: int | None = None, sideways: bool = False):
        """A mask that goes from one strength to another (0 to 1) between two heights (or across), even outside them."""
        across = self.width if sideways else self.height
        bottom = across if bottom is None else bottom
        line = Image.new("L", (across, 1) if sideways else (1, across))
        values = [start + (end - start) * min(1, max(0, (row - top) / (bottom - top))) for row in range(across)]
        line.putdata([round(value * 255) for value in values])
        return line.resize((self.width, self.height), Image.Resampling.NEAREST)

    def grainy(self, mask: Image.Image, hardness: float = 2.2) -> Image.Image:
        """A mask broken up into fine grain where it is neither full nor empty, as in a printed picture."""
        rough = ImageChops.add(mask, self.noise, 1, -128)
        table = [min(255, max(0, round((value - 128) * hardness + 128))) for value in range(256)]
        return ImageChops.multiply(rough.point(table), mask.point([min(255, value * 3) for value in range(256)]))

    def shade(
        self, colour: str | Colour, ramp: Image.Image, within: Image.Image | None = None, strength=1.0, grain=True
    ):
        """Lay a colour over the picture through a ramp, kept within a mask, in grain or smooth."""
        mask = self.grainy(ramp) if grain else ramp
        if within is not None:
            mask = ImageChops.multiply(mask, within)
        if strength < 1:
            mask = mask.point([round(value * strength) for value in range(256)])
        self.lay(colour, mask)

    def hill(self, line: Points, colour, shadow, reach: int = 260, strength: float = 0.6) -> Image.Image:
        """Fill from a line down to the foot of the picture, lit at the ridge and grainy below; gives its mask."""
        with self.mask() as (pen, mask):
            pen.polygon([*line, (self.width + 9, self.height + 9), (-9, self.height + 9)], 255)
        self.lay(colour, mask)
        top = int(min(y for _x, y in line))
        self.shade(shadow, self.ramp(0, 1, top, top + reach), mask, strength)
        return mask

    def glow(self, x: float, y: float, radius: float, colour, strength: float = 1.0, high: float | None = None) -> None:
        """Light that falls off from a point; `high` makes it an oval."""
        high = radius if high is None else high
        # Pillow counts to the corners of its square: at 179 the circle that fits into it is full.
        fall = [round(strength * 255 * max(0, 1 - value / 179) ** 2) for value in range(256)]
        light = Image.radial_gradient("L").point(fall)
        light = light.resize((max(2, round(radius * 2)), max(2, round(high * 2))), Image.Resampling.BICUBIC)
        left, top = round(x - light.width / 2), round(y - light.height / 2)
        box = (max(0, left), max(0, top), min(self.width, left + light.width), min(self.height, top + light.height))
        if box[0] < box[2] and box[1] < box[3]:
            self.image.paste(rgb(colour), box, light.crop((box[0] - left, box[1] - top, box[2] - left, box[3] - top)))

    def beams(self, shapes: Sequence[Points], colour, strength: float, blur: float = 40) -> None:
        """Soft-edged light (or shadow) in the shape of polygons."""
        with self.mask(blur) as (pen, mask):
            for points in shapes:
                pen.polygon(points, round(255 * strength))
        self.lay(colour, mask)

    # Water and weather

    def mirror(
        self, horizon: int, ripple: float = 16, tint="#204060", near: float = 0.25, far: float = 0.6, squash=1.0
    ):
        """Water from a height down: what is above it upside down, broken by waves, tinted from near to far part."""
        depth = self.height - horizon
        tall = min(horizon, round(depth * squash))
        above = self.image.crop((0, horizon - tall, self.width, horizon)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        above = above.resize((self.width, depth), Image.Resampling.BILINEAR)
        water, phase = above.copy(), self.random.uniform(0, 6)
        for row in range(depth):
            part = row / depth
            wave = math.sin(phase + 95 * math.sqrt(part)) + 0.6 * math.sin(phase * 2 + 231 * math.sqrt(part))
            wave += self.random.uniform(-0.5, 0.5)
            source = min(depth - 1, max(0, round(row + wave * ripple * (0.3 + part) * 0.9)))
            line = above.crop((0, source, self.width, source + 1))
            water.paste(line, (round(wave * ripple * (0.15 + part) * 0.6), row))
        self.image.paste(water, (0, horizon))
        lower = self.ramp(near, far, horizon, self.height).crop((0, horizon, self.width, self.height))
        self.image.paste(rgb(tint), (0, horizon), lower)

    def ripples(self, horizon: int, colours: Sequence, count: int, left=0, right=None, bottom=None, size=1.0) -> None:
        """Flat touches of light and dark on water, larger the nearer they lie."""
        right, bottom, random = right or self.width, bottom or self.height, self.random
        with self.draw(0, horizon) as pen:
            for _ in range(count):
                part = random.random() ** 1.6
                half = (10 + 90 * part) * random.uniform(0.4, 1.3) * size
                thick = (0.8 + 4.2 * part) * random.uniform(0.5, 1.1) * size
                y = horizon + 4 + (bottom - horizon) * part
                pen.stroke(random.uniform(left, right), y, half, thick, rgb(random.choice(colours)))

    def clouds(
        self, box: tuple, colours: Sequence, count: int, long: float = 260, thick: float = 26, blur=14, strength=0.6
    ):
        """Long soft clouds of many flat ovals inside (left, top, right, bottom), a layer for each colour."""
        left, top, right, bottom = box
        for colour in colours:
            with self.mask(blur) as (pen, mask):
                for _ in range(count):
                    x, y = self.random.uniform(left, right), self.random.uniform(top, bottom)
                    for _ in range(7):
                        dx, wide = self.random.gauss(0, long * 0.6), self.random.uniform(0.3, 1) * long
                        pen.oval(x + dx, y + self.random.gauss(0, thick * 0.6), wide, thick * wide / long, 255)
            self.lay(colour, mask.point([round(value * strength) for value in range(256)]))

    def rain(self, count: int, colour, strength: float = 0.4, slant: float = 0.28) -> None:
        """Fine slanted lines of rain in front of everything."""
        with self.mask() as (pen, mask):
            for _ in range(count):
                x, y, long = (
                    self.random.uniform(-200, self.width),
                    self.random.uniform(-80, self.height),
                    self.random.uniform(30, 110),
                )
                pen.line(
                    [(x, y), (x - long * slant, y + long)], 1.6, round(255 * strength * self.random.uniform(0.4, 1))
                )
        self.lay(colour, mask)

    def brushed(self, strength: float = 0.25, long: int = 30, top: int = 0, bottom: int | None = None) -> None:
        """Broad strokes lying across a band of the picture, as of a dry brush."""
        box = (0, top, self.width, self.height if bottom is None else bottom)
        high = box[3] - top
        small = self.noise.crop((0, 0, max(2, self.width // (long * 3)), max(2, high // 3)))
        strokes = small.resize((self.width, high), Image.Resampling.BICUBIC)
        part = self.image.crop(box)
        laid = ImageChops.overlay(part, Image.merge("RGB", (strokes,) * 3))
        self.image.paste(Image.blend(part, laid, strength), box)

    def finish(self, grain: float = 0.16, edges: float = 0.15) -> Image.Image:
        """The last coat: darker corners and a fine grain over everything; gives the picture."""
        fall = [round(255 * edges * max(0, (value - 90) / 165) ** 1.6) for value in range(256)]
        corners = Image.radial_gradient("L").point(fall).resize(self.image.size, Image.Resampling.BICUBIC)
        self.lay((18, 14, 26), corners)
        laid = ImageChops.overlay(self.image, Image.merge("RGB", (self.fine,) * 3))
        return Image.blend(self.image, laid, grain)
