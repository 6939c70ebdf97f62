"""Renditions signed by this house: read back as trusted, with nothing of the original, and held to that by a proof."""

import re
import sys
from io import BytesIO

import pytest
from PIL import Image

from articles.imaging import credentials, manifest, signing
from articles.imaging.encode import encode
from articles.imaging.leaks import leaks
from articles.imaging.proof import served
from articles.imaging.recipes import FORMATS, recipes
from tests.imaging import pictures
from tests.imaging.signatures import KEYS, NEWSCODES, put, signed, signer

WORDS = {"credit": "وكالة", "copyright": "© 2016"}
CAPTURE = f"{NEWSCODES}digitalCapture"


@pytest.fixture
def house(tmp_path):
    return signing.house(*signer().written(tmp_path))


def rendition(format="jpeg"):
    ((_recipe, data),) = encode(pictures.saved(pictures.corners(), "PNG"), recipes(96, 64, formats=[format]), **WORDS)
    return data


def ours(house, format="jpeg", **given):
    return signing.sign(rendition(format), format, house, words=WORDS, **given)


@pytest.mark.parametrize("format", FORMATS)
def test_a_signed_rendition_is_trusted_by_whoever_trusts_us(format, house, tmp_path):
    roots = tmp_path / "roots.pem"
    roots.write_bytes(signer().authority)
    made = ours(house, format, source_type=CAPTURE, cropped=True)
    found = credentials.read(BytesIO(made), trust=str(roots))
    assert (found["state"], found["signer"], found["problems"]) == ("trusted", "Wadi Press", [])
    assert [one["action"] for one in found["actions"]] == ["c2pa.opened", "c2pa.cropped", "c2pa.resized"]
    assert found["ingredients"] == [{"title": "original", "relation": "parentOf"}]
    assert found["source_type"] == CAPTURE


@pytest.mark.parametrize("format", FORMATS)
def test_signing_changes_no_pixel_and_no_word(format, house):
    before, after = rendition(format), ours(house, format)
    assert Image.open(BytesIO(before)).convert("RGB").tobytes() == Image.open(BytesIO(after)).convert("RGB").tobytes()
    shown = served("96.jpg", after, WORDS, knows=house.knows)
    assert (shown.words, shown.leaks, shown.signed) == (WORDS, (), True)
    assert not served("96.jpg", before, WORDS).signed


@pytest.mark.parametrize("format", FORMATS)
def test_credentials_nobody_here_signed_are_a_leak(format, house):
    made = ours(house, format)
    assert leaks(made, WORDS, knows=house.knows) == []
    assert leaks(made, WORDS) != []
    assert leaks(made, WORDS, knows=lambda chain: False) == ["content credentials: certificate"]


def opened(**about):
    return {"title": "original", "relationship": "parentOf", "label": "original"} | about


def said(format="jpeg", **more):
    """What we sign, with something else in it."""
    return signing._said(f"image/{format}", "", False) | more


PLANTED = {
    "the file's name": {"ingredients": [opened(title="DSC_0042.JPG")]},
    "its ids": {"ingredients": [opened(instance_id="xmp.iid:1234", document_id="xmp.did:1234")]},
    "words": {"ingredients": [opened(description="Aleppo")]},
    "who signed for what program": {"claim_generator_info": [{"name": "Newsroom", "version": "1", "desk": "Rana"}]},
    "another program": {"claim_generator_info": [{"name": "Rana's laptop"}]},
    "a title": {"title": "DSC_0042.JPG"},
    "a place": {
        "assertions": [
            *said()["assertions"],
            {
                "label": "stds.exif",
                "data": {"@context": {"exif": "http://ns.adobe.com/exif/1.0/"}, "exif:GPSLatitude": "36"},
            },
        ]
    },
    "an author": {
        "assertions": [
            *said()["assertions"],
            {"label": "org.newsroom.author", "data": {"name": "Yusuf Tell"}},
        ]
    },
}
ACTIONS = {
    "a time": {"action": "c2pa.resized", "when": "2016-07-28T14:05:00Z"},
    "a hand": {"action": "c2pa.resized", "softwareAgent": {"name": "Rana"}},
    "a reason": {"action": "c2pa.resized", "reason": "Aleppo"},
    "another deed": {"action": "c2pa.published"},
    "a place": {"action": "c2pa.resized", "parameters": {"com.newsroom.place": "Aleppo"}},
}


def faults(data, house):
    return [leak for leak in leaks(data, WORDS, knows=house.knows) if leak.startswith("content credentials")]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_word_in_a_manifest_is_found(what, format, house):
    made = put(said(format, **PLANTED[what]), rendition(format), format)
    assert credentials.carries(BytesIO(made))
    assert faults(made, house)


@pytest.mark.parametrize("what", ACTIONS)
def test_a_planted_word_in_an_action_is_found(what, house):
    given = said()
    given["assertions"][0]["data"]["actions"][-1] = ACTIONS[what]
    assert "content credentials: c2pa.actions.v2" in faults(put(given, rendition(), "jpeg"), house)


@pytest.mark.parametrize("format", FORMATS)
def test_the_original_itself_as_what_it_was_made_of_is_found(format, house):
    """What c2pa does by itself: it takes the original's own credentials, its thumbnail and its hash with it."""
    data, original = rendition(format), signed(rendition(format), format)
    assert faults(put(said(format), data, format), house) == []  # all that follows is found for what it adds
    assert faults(put(said(format, ingredients=[]), data, format, ingredients=[(opened(), original)]), house)
    if format != "avif":  # of which c2pa makes no thumbnail
        assert faults(put(said(format), data, format, thumbnail=True), house)


def test_no_byte_of_a_manifest_may_be_another_but_its_signature_and_its_random_name(house):
    made = ours(house)
    start = made.index(b"\xff\xeb")
    end = start + 2 + int.from_bytes(made[start + 2 : start + 4])
    padding = made.index(bytes(500), start)
    free = set()
    for place in (*range(start, padding), *range(padding, padding + 900, 50), *range(padding + 900, end)):
        changed = made[:place] + bytes((made[place] ^ 1,)) + made[place + 1 :]
        if not leaks(changed, WORDS, knows=house.knows):
            free.add(place)
    signature = set(range(end - 64, end))
    (version,) = re.finditer(rb"c2pa_rs.(\d+\.\d+\.\d+)", made)
    instance = made.index(b"xmp.iid:") + 8
    kind = made.index(b"\xa2\x01\x26\x18\x21") + 2  # which way of signing, a number
    assert signature <= free <= {*signature, *range(*version.span(1)), *range(instance, instance + 36), kind}


@pytest.mark.parametrize("format", FORMATS)
def test_two_manifests_or_more_behind_one_are_found(format, house):
    made, twice = ours(house, format), signed(ours(house, format), format)
    assert leaks(made + b"\0", WORDS, knows=house.knows)
    assert faults(twice, house)


def test_nothing_of_the_original_can_be_tested_for(house):
    """The same rendition signed twice has nothing in common that an original's owner could look for."""
    first, second = (ours(house)[:4000] for _ in range(2))
    random = rb"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"
    assert set(re.findall(random, first)).isdisjoint(re.findall(random, second))
    assert first != second


def test_only_words_of_the_newscodes_are_ever_written(house):
    for kind in ("", "Aleppo", f"{NEWSCODES}Aleppo", "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture "):
        assert b"Aleppo" not in ours(house, source_type=kind)
        assert b"digitalSourceType" not in ours(house, source_type=kind)
    assert b"digitalSourceType" in ours(house, source_type=CAPTURE)
    assert all(kind.startswith(NEWSCODES) for kind in manifest.SOURCE_TYPES)


# -- Certificates


def test_a_certificate_that_expired_or_may_not_sign_is_a_sentence_and_no_signature(tmp_path):
    for name, given in {"Late": {"days": -1}, "Wrong": {"usage": "SERVER_AUTH"}}.items():
        one, folder = signer(name, **given), tmp_path / name
        folder.mkdir()
        paths = one.written(folder)
        (fault,) = signing.faults(*paths)
        assert fault.endswith(".")
        with pytest.raises(signing.NotSigned):
            signing.sign(rendition(), "jpeg", signing.house(*paths), words=WORDS)


def test_what_is_wrong_with_the_files_is_said_and_the_key_never(tmp_path):
    certificates, key = signer().written(tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    _, wrong = signer("Somebody Else").written(other)
    torn = tmp_path / "torn.pem"
    torn.write_bytes(signer().key[:80])
    secret = signer().key.decode().splitlines()[1]
    for pair, words in (
        ((certificates, wrong), "is not the key of the first certificate"),
        ((certificates, str(torn)), "is no PEM file"),
        ((str(torn), key), "is no PEM file"),
        ((certificates, str(tmp_path / "none.pem")), "cannot be read: No such file"),
    ):
        (said,) = signing.faults(*pair)
        assert words in said
        assert secret not in said
    assert signing.faults(certificates, key) == []
    assert secret not in repr(signing.house(certificates, key))


@pytest.mark.parametrize("kind", [*KEYS])
def test_keys_of_every_kind_that_c2pa_knows_can_sign(kind, tmp_path):
    assert signing.faults(*signer(f"{kind} Press", kind=kind).written(tmp_path)) == []


def test_a_certificate_is_warned_of_before_it_ends(tmp_path):
    (said,) = signing.faults(*signer("Short Press", days=20).written(tmp_path))
    assert "is valid until" in said


def test_an_earlier_certificate_of_the_same_name_is_known_when_files_are_read_again(house, tmp_path):
    other, stranger = tmp_path / "other", tmp_path / "stranger"
    other.mkdir()
    stranger.mkdir()
    renewed = signing.house(*signer(turn=1).written(other))
    made = ours(house)
    assert leaks(made, WORDS, knows=renewed.knows) == ["content credentials: certificate"]
    assert leaks(made, WORDS, knows=renewed.knew) == []
    assert leaks(made, WORDS, knows=signing.house(*signer("Somebody Else").written(stranger)).knew) != []


def test_without_the_extra_nothing_is_signed(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "c2pa", None)
    with pytest.raises(signing.NotSigned, match="not installed"):
        signing.house(*signer().written(tmp_path))
