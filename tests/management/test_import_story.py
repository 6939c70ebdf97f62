"""`import_story`: a story as reporters and wires send it goes to the public site, or nothing is kept."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from PIL import Image

from articles.models import AuditLine, Author, Edition, Photo, Story, Tag

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
LOOK_ALIKE = Path(__file__).resolve().parents[1] / "data" / "quay.txt"


@pytest.fixture
def seed():
    """The real story where it lies beside the project, else one of ours in the same shape."""
    return next(iter(sorted(SEEDS.glob("*.txt"))), LOOK_ALIKE)


@pytest.fixture
def pictures(tmp_path):
    """Paths of two pictures that differ."""
    paths = []
    for number, colour in enumerate(("#7a1145", "#ffcf3f"), 1):
        path = tmp_path / f"picture-{number}.jpg"
        Image.new("RGB", (900, 600), colour).save(path)
        paths.append(str(path))
    return paths


def bring(*arguments, **options):
    """Run the command; gives what it printed, read as JSON."""
    out = io.StringIO()
    call_command("import_story", *arguments, json=True, stdout=out, **options)
    return json.loads(out.getvalue())


@pytest.fixture
def nothing_kept(make, own_media):
    """Afterwards there is no story, no photo, no tag, no author, no audit line and no file."""
    yield
    for model in (Story, Photo, Tag, Author, Edition, AuditLine):
        assert not model.objects.exists(), model
    assert not [path for path in own_media.rglob("*") if path.is_file()]


def test_the_real_story_is_recognised(make, seed):
    said = bring(str(seed))
    assert (len(said["subheads"]), said["paragraphs"], len(said["captions"])) == (2, 11, 2)
    assert len(said["crossheads"]) == 1
    kinds = [block["type"] for block in Story.objects.get().body["content"]]
    assert kinds.index("crosshead") == 7
    assert said["headline"] == seed.read_text(encoding="utf-8").splitlines()[0]


def test_the_real_story_with_two_pictures_is_read_by_readers(make, seed, pictures, client):
    make.section("world")
    said = bring(
        str(seed),
        photo=pictures,
        alt=["Smoke over roofs", "A leaflet with a map"],
        section="world",
        author=["Rana Haddad"],
        tag=["Aleppo"],
        date="2016-07-28",
        publish=True,
    )
    assert said["url"].startswith("/en/2016/07/28/")
    author = Author.objects.get()
    page = client.get(said["url"]).content.decode()
    for caption in said["captions"]:
        assert caption in page
    assert "Smoke over roofs" in page
    assert "A leaflet with a map" in page
    addresses = ["/en/", "/en/section/world/", "/en/tag/aleppo/", author.get_absolute_url("en"), "/en/archive/2016/07/"]
    for address in [*addresses, "/en/feed.xml"]:
        assert said["url"] in client.get(address).content.decode(), address


def test_a_text_seen_before_gives_the_story_there_is(make, seed, tmp_path):
    first = bring(str(seed))
    Story.objects.update(headline="Changed since")
    windows = tmp_path / "again.txt"
    windows.write_bytes(b"\xef\xbb\xbf" + seed.read_bytes().replace(b"\n", b"\r\n"))
    again = bring(str(windows))
    assert again["story"] == first["story"]
    assert "here already" in again["warnings"][0]
    assert Story.objects.get().headline == "Changed since"


def test_more_captions_than_pictures_make_a_draft_and_a_note(make, seed, pictures):
    said = bring(str(seed), photo=pictures[:1], alt=["Roofs"], publish=True)
    story = Story.objects.get()
    assert (said["edition"], said["url"], story.live_edition) == (None, None, None)
    assert said["captions"][1] in said["warnings"][0]
    assert said["captions"][1] in story.notes.get().text


def test_captions_go_to_the_pictures_in_order(make, seed, pictures):
    said = bring(str(seed), photo=pictures, alt=["One", "Two"])
    rows = Story.objects.get().attachments.all()
    assert [row.shown_words("en").caption for row in rows] == said["captions"]
    assert [row.shown_words("en").alt for row in rows] == ["One", "Two"]
    assert [row.role for row in rows] == ["lead", "text"]


def test_a_picture_known_to_the_library_keeps_its_own_caption(make, seed, pictures):
    bring(str(LOOK_ALIKE), photo=pictures[:1], alt=["Earlier"])
    earlier = Photo.objects.get().caption_in("en").text
    other = seed.read_text(encoding="utf-8").replace("the", "this")
    path = Path(pictures[0]).parent / "other.txt"
    path.write_text(other, encoding="utf-8")
    said = bring(str(path), photo=pictures, alt=["Later", "Two"])
    assert Photo.objects.order_by("pk").first().caption_in("en").text == earlier
    story = Story.objects.get(uuid=said["story"])
    assert [row.shown_words("en").caption for row in story.attachments.all()] == said["captions"]


def test_a_dry_run_says_everything_and_keeps_nothing(nothing_kept, seed, pictures):
    said = bring(str(seed), photo=pictures, alt=["One", "Two"], tag=["A"], author=["B"], publish=True, dry_run=True)
    assert said["paragraphs"] == 11


def broken(path):
    """A JPEG cut off in the middle."""
    picture = io.BytesIO()
    Image.effect_noise((800, 600), 60).convert("RGB").save(picture, "JPEG")
    path.write_bytes(picture.getvalue()[: picture.tell() // 2])
    return str(path)


def bomb(path):
    """A small PNG that would be 400 megapixels."""
    Image.new("1", (20000, 20000)).save(path, "PNG")
    return str(path)


@pytest.mark.parametrize(
    ("make_file", "sentence"),
    [
        (lambda folder: str(folder / "nothing.txt"), "There is no file"),
        (lambda folder: str(folder), "is a folder"),
        (lambda folder: write(folder / "empty.txt", b""), "empty"),
        (lambda folder: write(folder / "spaces.txt", b" \n\n "), "empty"),
        (lambda folder: write(folder / "binary.txt", bytes(range(256)) * 9), "text"),
    ],
)
def test_a_file_that_is_no_text_is_refused_in_a_sentence(nothing_kept, tmp_path, make_file, sentence):
    with pytest.raises(CommandError, match=sentence) as refusal:
        bring(make_file(tmp_path))
    assert "\n" not in str(refusal.value)


def write(path, content):
    path.write_bytes(content)
    return str(path)


@pytest.mark.parametrize(
    ("make_file", "sentence"),
    [
        (lambda folder: write(folder / "invoice.jpg", b"%PDF-1.7 not a picture"), "invoice.jpg"),
        (lambda folder: broken(folder / "cut.jpg"), "cut.jpg"),
        (lambda folder: bomb(folder / "bomb.png"), "bomb.png"),
        (lambda folder: str(folder / "missing.jpg"), "missing.jpg"),
    ],
)
def test_a_bad_second_picture_keeps_nothing_of_the_first(nothing_kept, seed, pictures, tmp_path, make_file, sentence):
    with pytest.raises(CommandError, match=sentence):
        bring(str(seed), photo=[pictures[0], make_file(tmp_path)], alt=["One", "Two"], publish=True)


def test_more_pictures_than_captions_are_refused(nothing_kept, seed, pictures, tmp_path):
    third = tmp_path / "third.png"
    Image.new("RGB", (300, 200), "#123456").save(third)
    with pytest.raises(CommandError, match="Pictures: 3; captions in the text: 2"):
        bring(str(seed), photo=[*pictures, str(third)], alt=["a", "b", "c"])


def test_publishing_without_alt_text_names_the_picture(nothing_kept, seed, pictures):
    with pytest.raises(CommandError, match=r"The second picture \(picture-2.jpg\) has no alt text"):
        bring(str(seed), photo=pictures, alt=["One"], publish=True)


def test_unknown_sections_and_languages_list_the_ones_there_are(make, seed):
    make.section("world")
    with pytest.raises(CommandError, match="There are: world"):
        bring(str(seed), section="wrold")
    with pytest.raises(CommandError, match="There are: en, ar"):
        bring(str(seed), language="fr")
    assert not Story.objects.exists()


@pytest.mark.parametrize("text", ["yesterday", "2016-13-40", "2999-01-01"])
def test_a_date_that_cannot_be_is_refused(nothing_kept, seed, text):
    with pytest.raises(CommandError, match="date"):
        bring(str(seed), date=text, publish=True)


def test_an_arabic_story_is_published_at_an_arabic_address(make, client):
    said = bring(str(LOOK_ALIKE.with_name("flood-ar.txt")), language="ar", publish=False, date="2016-07-28")
    story = Story.objects.get()
    assert story.language == "ar"
    assert said["paragraphs"] > 2
