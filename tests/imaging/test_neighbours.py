"""Near-duplicates found by an index: none within the distance is missed, and few others are read."""

import random
import sqlite3
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image, ImageEnhance

from articles.imaging.fingerprint import distance, fingerprint
from articles.imaging.neighbours import NEAR, asked, bands, colours_apart, is_plain, near, turned
from tests.imaging import pictures

BITS = some.integers(0, 2**64 - 1)


def written(bits):
    return f"{bits:016x}"


@given(BITS)
def test_a_fingerprint_is_its_bands(bits):
    dealt = bands(written(bits))
    assert len(dealt) == 4
    assert all(0 <= band < 65_536 for band in dealt)
    assert sum(band.bit_count() for band in dealt) == bits.bit_count()
    assert sum(distance(written(one), written(other)) for one, other in zip(dealt, bands(written(0)), strict=True)) == (
        bits.bit_count()
    )


@given(BITS, some.sets(some.integers(0, 63), max_size=11), some.integers(0, 11))
def test_whatever_is_near_enough_shares_a_band_with_what_is_asked(bits, changed, within):
    other = bits ^ sum(1 << place for place in changed)
    if len(changed) <= within:
        values = asked(written(bits), within)
        assert any(band in ask for band, ask in zip(bands(written(other)), values, strict=True))
        assert near(written(bits), [written(other)], within) == [(len(changed), written(other))]


@pytest.mark.parametrize(("within", "values"), [(0, 1), (3, 1), (4, 17), (7, 17), (8, 137), (11, 137)])
def test_how_many_values_are_asked(within, values):
    assert [len(set(each)) for each in asked("0123456789abcdef", within)] == [values] * 4


@pytest.mark.parametrize("within", [-1, 12])
def test_what_is_too_far_is_no_neighbour(within):
    with pytest.raises(ValueError):
        asked("0" * 16, within)


def test_among_many_pictures_every_near_one_is_found_and_few_others_are_read():
    chance = random.Random(4)
    many = [written(chance.getrandbits(64)) for _ in range(20_000)]
    wanted = many[77]
    planted = [
        written(int(wanted, 16) ^ sum(1 << place for place in chance.sample(range(64), far))) for far in range(10)
    ]
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE photo (print TEXT, a INT, b INT, c INT, d INT)")
    for band in "abcd":
        database.execute(f"CREATE INDEX photo_{band} ON photo ({band})")
    rows = [(each, *bands(each)) for each in [*many, *planted]]
    database.executemany("INSERT INTO photo VALUES (?, ?, ?, ?, ?)", rows)
    values = asked(wanted)
    question = " UNION ".join(
        f"SELECT print FROM photo WHERE {band} IN ({','.join('?' * len(ask))})"
        for band, ask in zip("abcd", values, strict=True)
    )
    read = [row[0] for row in database.execute(question, [value for ask in values for value in ask])]
    assert {each for far, each in near(wanted, read)} == {*planted[: NEAR + 1]}
    assert len(read) < 100


@pytest.mark.parametrize("seed", range(1, 9))
@pytest.mark.parametrize(
    "change",
    [
        lambda picture: picture.resize((200, 133)),
        lambda picture: picture.crop((5, 3, 475, 317)),
        lambda picture: ImageEnhance.Brightness(picture).enhance(1.15),
        lambda picture: ImageEnhance.Color(picture).enhance(0.4),
        lambda picture: Image.open(BytesIO(pictures.saved(picture, "JPEG", quality=30).getvalue())),
    ],
)
def test_a_picture_changed_a_little_is_a_near_duplicate(seed, change):
    scene = pictures.scene(seed=seed)
    assert distance(fingerprint(scene), fingerprint(change(scene).convert("RGB"))) <= NEAR


@pytest.mark.parametrize("seed", range(1, 9))
def test_a_flipped_picture_is_found_too(seed):
    scene = pictures.scene(seed=seed)
    alike = turned(fingerprint(scene))
    for name, step in (("flipped", "FLIP_LEFT_RIGHT"), ("upside down", "FLIP_TOP_BOTTOM"), ("half", "ROTATE_180")):
        assert distance(alike[name], fingerprint(scene.transpose(Image.Transpose[step]))) <= NEAR


@pytest.mark.parametrize(
    ("colour", "other", "apart"),
    [("#000000", "#000000", 0), ("#102030", "#10203f", 15), ("#ff0000", "#00ff00", 255), ("", "#000000", 255)],
)
def test_colours_are_as_far_apart_as_in_the_channel_where_they_differ_most(colour, other, apart):
    assert colours_apart(colour, other) == colours_apart(other, colour) == apart


@pytest.mark.parametrize(("ones", "plain"), [(0, True), (7, True), (8, False), (56, False), (57, True), (64, True)])
def test_a_fingerprint_with_hardly_any_texture_is_plain(ones, plain):
    assert is_plain(written(2**ones - 1)) == plain
