"""What renditions cost: seconds beside bare Pillow doing the same encodings, and the memory of a worker making them."""

import itertools
import json
import os
import statistics
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path

from PIL import Image

from articles.imaging.cards import cards
from articles.imaging.encode import SAVING, encode
from articles.imaging.recipes import Recipe, recipes

PRESS, LARGE = (2400, 1600), (6000, 4000)
PICTURES = int(os.environ.get("BENCH_PICTURES", "50"))
MOST_TIMES, MOST_MEMORY = 1.15, 400  # times bare Pillow; megabytes
MEGABYTE = 1_000_000


def photograph(size: tuple[int, int], seed: int) -> Image.Image:
    """Something an encoder has to work on as on a photograph: broad shapes, edges, and grain."""
    channels = []
    for turn in (0, 31, 77):
        shapes = Image.radial_gradient("L").rotate(turn + 7 * seed).resize(size, Image.Resampling.BICUBIC)
        edges = Image.effect_noise((size[0] // 40, size[1] // 40), 60).resize(size, Image.Resampling.BICUBIC)
        grain = Image.effect_noise(size, 12)
        channels.append(Image.blend(Image.blend(shapes, edges, 0.4), grain, 0.15))
    return Image.merge("RGB", channels)


def planned(size: tuple[int, int]) -> list[Recipe]:
    """What a picture of this size gets: every width in every format, and the cards."""
    return list(dict.fromkeys(recipes(*size) + cards(*size)))


def ours(path: Path, size: tuple[int, int]) -> int:
    with path.open("rb") as original:
        return sum(len(data) for _recipe, data in encode(original, planned(size), credit="C", copyright="© C"))


def bare(path: Path, size: tuple[int, int]) -> int:
    """The same encodings by nothing but Pillow: one decoding, each width from the one before, no look at the result."""
    made, by_crop = 0, {}
    for recipe in planned(size):
        by_crop.setdefault(recipe.crop, []).append(recipe)
    with Image.open(path) as picture:
        scale = max(recipe.width / (recipe.crop.size(*size)[0] if recipe.crop else size[0]) for recipe in planned(size))
        picture.draft("RGB", (round(size[0] * scale), round(size[1] * scale)))
        picture.load()
        for crop, wanted in by_crop.items():
            box = [part * picture.width / size[0] for part in crop.box(*size)] if crop else None
            smaller = picture
            for recipe in sorted(wanted, key=lambda recipe: -recipe.width):
                if smaller.size != (recipe.width, recipe.height) or box:
                    smaller = smaller.resize(
                        (recipe.width, recipe.height), Image.Resampling.LANCZOS, box=box, reducing_gap=3.0
                    )
                    box = None
                file = BytesIO()
                smaller.save(file, recipe.format, **SAVING[recipe.format])
                made += file.tell()
    return made


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def times(folder: Path) -> Iterator[tuple[str, float, float]]:
    """(what, seconds a picture, times bare Pillow); the two sides take turns, each first as often as the other."""
    for size, count in ((PRESS, PICTURES), (LARGE, 1)):
        found = []
        for number in range(count):
            path = folder / f"{size[0]}-{number}.jpg"
            photograph(size, number).save(path, quality=88)
            sides = (partial(ours, path, size), partial(bare, path, size))
            for turn in range(1 if count > 1 else 4):
                order = sides if (number + turn) % 2 else sides[::-1]
                taken = dict(zip(order, map(seconds, order), strict=True))
                found.append((taken[sides[0]], taken[sides[1]]))
            path.unlink()
        each = statistics.median(mine for mine, _theirs in found)
        yield f"{size[0]} × {size[1]}", each, sum(pair[0] for pair in found) / sum(pair[1] for pair in found)


def heavy(folder: Path) -> Iterator[tuple[str, Path]]:
    """Originals of 24 megapixels that take most memory, by name."""
    large = photograph(LARGE, 1)
    kinds = {
        "JPEG": lambda path: large.save(path, "JPEG", quality=88),
        "JPEG, upright": lambda path: large.save(path, "JPEG", quality=88, exif=_lying()),
        "transparent PNG": lambda path: _see_through(large).save(path, "PNG", compress_level=1),
        "CMYK TIFF": lambda path: large.convert("CMYK").save(path, "TIFF", compression="tiff_lzw"),
        "16-bit colour TIFF": lambda path: path.write_bytes(_deep_colours(large)),
        "AVIF": lambda path: large.save(path, "AVIF", quality=60, speed=10),
        "16-bit grey TIFF": lambda path: _deep(large).save(path, "TIFF", compression="tiff_lzw"),
        "WebP": lambda path: large.save(path, "WEBP", quality=80, method=0),
    }
    for name, save in kinds.items():
        path = folder / "heavy"
        save(path)
        yield name, path


def peak(path: Path, size: tuple[int, int]) -> float:
    """The most memory (MB) a worker's process ever held while it made the renditions of this original."""
    words = [sys.executable, "-m", "tests.bench.renditions", str(path), *map(str, size)]
    return json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout)


def _lying() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif


def _see_through(picture: Image.Image) -> Image.Image:
    picture = picture.copy()
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    return picture


def _deep(picture: Image.Image) -> Image.Image:
    return picture.convert("L").convert("I").point(lambda value: value * 256).convert("I;16")


def _deep_colours(picture: Image.Image) -> bytes:
    """A TIFF of 16 bits a channel, deflated in one strip a row of tiles, which Pillow reads and does not write."""
    width, height = picture.size
    pixels = picture.tobytes()
    deep = bytearray(2 * len(pixels))
    deep[1::2] = pixels
    rows = 64
    strips = [zlib.compress(deep[at : at + 6 * width * rows], 1) for at in range(0, len(deep), 6 * width * rows)]
    places = list(itertools.accumulate((len(strip) for strip in strips), initial=8))
    tail = places.pop()
    lists = (struct.pack(f"<{len(strips)}I", *numbers) for numbers in (places, map(len, strips)))
    count, bits = len(strips), struct.pack("<3H", 16, 16, 16)
    entries = (
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 3, tail), (259, 3, 1, 8), (262, 3, 1, 2),
        (273, 4, count, tail + 6), (277, 3, 1, 3), (278, 4, 1, rows), (279, 4, count, tail + 6 + 4 * count),
    )  # fmt: skip
    directory = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries) + bytes(4)
    head = struct.pack("<4sI", b"II*\0", tail + 6 + 8 * count)
    return head + b"".join(strips) + bits + b"".join(lists) + directory


def _worker(path: str, width: str, height: str) -> None:
    """Make the renditions in a process that has loaded what a worker loads, and print its peak."""
    import django  # noqa: PLC0415  only this process needs it set up here

    django.setup()
    ours(Path(path), (int(width), int(height)))
    status = Path("/proc/self/status").read_text().splitlines()
    print(next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) * 1024 / MEGABYTE)


if __name__ == "__main__":
    _worker(*sys.argv[1:])
