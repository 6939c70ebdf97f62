"""Where pages lie: a folder and a bucket keep them alike. The bucket is moto's, asked over HTTP as Amazon's is."""

import socket
from functools import partialmethod
from pathlib import Path

import boto3
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from moto.server import ThreadedMotoServer

from articles.desk import stories
from articles.models import Page, Purge
from articles.pages import packing, press, proof, stale, store
from articles.pages.bucket import Bucket, NotReached, content_type
from articles.pages.folder import Folder, NotPages

PAGE, OTHER = "en/2026/11/23/الميناء/index.html", "en/feed.xml"


@pytest.fixture(scope="module")
def object_storage():
    """Where an object storage listens on this machine."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


@pytest.fixture
def bucket(object_storage, monkeypatch):
    """The address of an empty bucket."""
    for name, value in {
        "AWS_ENDPOINT_URL_S3": object_storage,
        "AWS_ACCESS_KEY_ID": "newsroom",
        "AWS_SECRET_ACCESS_KEY": "only-for-tests",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    made = boto3.resource("s3").Bucket("news-pages")
    made.create()
    yield "s3://news-pages/site"
    made.objects.delete()
    made.delete()


@pytest.fixture(params=["folder", "bucket"])
def place(request, tmp_path):
    return Folder(tmp_path) if request.param == "folder" else Bucket(request.getfixturevalue("bucket"))


def put(place, name, content):
    with place.beside(name, content) as put_in_place:
        put_in_place()


def test_a_page_is_read_as_it_was_put(place):
    assert place.read(PAGE) is None
    assert place.packed(PAGE) is None
    put(place, PAGE, "<p>المرفأ</p>".encode())
    assert place.read(PAGE)[0] == "<p>المرفأ</p>".encode()
    assert place.read(PAGE)[1].tzinfo
    assert place.packed(PAGE).startswith(b"\x1f\x8b")
    assert place.asked_at(PAGE)


def test_a_page_that_is_not_put_in_its_place_leaves_what_was_there(place):
    put(place, PAGE, b"old")
    with place.beside(PAGE, b"new"):
        assert place.read(PAGE)[0] == b"old"
    assert place.read(PAGE)[0] == b"old"
    put(place, PAGE, b"new")
    assert place.read(PAGE)[0] == b"new"


def test_a_page_taken_away_is_away_and_no_other(place):
    put(place, PAGE, b"page")
    put(place, OTHER, b"feed")
    place.remove(PAGE)
    place.remove(PAGE)
    assert place.read(PAGE) is None
    assert place.read(OTHER)[0] == b"feed"


def test_the_pages_of_another_newsroom_go_when_it_is_taken_over(place):
    assert place.take_over("one")
    put(place, PAGE, b"page")
    assert not place.take_over("one")
    assert place.read(PAGE)
    assert place.take_over("two")
    assert place.read(PAGE) is None


def test_a_place_where_other_things_lie_is_never_emptied(place):
    put(place, PAGE, b"page")
    put(place, "photos/originals.json", b"page")
    if isinstance(place, Folder):
        (place.root / "backup.sql").write_text("all we have")
    else:
        boto3.resource("s3").Object("news-pages", "site/backup.sql").put(Body=b"all we have")
    with pytest.raises(NotPages, match=r"backup\.sql is no page"):
        place.take_over("one")
    assert place.read(PAGE)[0] == b"page"


def test_whoever_presses_is_told_so_in_a_sentence(make, settings, tmp_path):
    settings.PAGES = tmp_path
    (tmp_path / "backup.sql").write_text("all we have")
    with pytest.raises(CommandError, match="NEWSROOM_PAGE_STORE"):
        call_command("press_pages")
    assert (tmp_path / "backup.sql").exists()


def test_what_lies_beside_the_folder_in_a_bucket_is_let_alone(bucket):
    put(Bucket("s3://news-pages"), "elsewhere/index.html", b"another's")
    Bucket(bucket).take_over("one")
    assert Bucket("s3://news-pages").read("elsewhere/index.html")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("en/index.html", "text/html; charset=utf-8"),
        ("en/feed.xml", "application/rss+xml; charset=utf-8"),
        ("en/tag/a/atom.xml", "application/atom+xml; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
    ],
)
def test_an_object_says_what_it_is_to_whoever_serves_it(bucket, name, said):
    put(Bucket(bucket), name, b"page")
    found = boto3.resource("s3").Object("news-pages", f"site/{name}").get()
    assert found["ContentType"] == said == content_type(name)
    assert found["CacheControl"] == "public, max-age=0, must-revalidate"


def test_a_newsroom_whose_pages_lie_in_a_bucket(make, client, bucket, settings, django_capture_on_commit_callbacks):
    """Published, read, changed, pressed, withdrawn: as with files."""
    settings.PAGES = bucket
    story = make.live_story("The harbour opens")
    assert "The harbour opens" in client.get(story.path).content.decode()
    assert "The harbour opens" in store.read(story.path)[0].decode()
    stories.save(story, by=None, headline="The harbour is shut")
    stories.publish(story, by=None)
    assert press.press_stale()
    assert "The harbour is shut" in store.read(story.path)[0].decode()
    assert not list(proof.check(iter([story.path])))
    with django_capture_on_commit_callbacks(execute=True):
        stories.withdraw(story, by=None, reason="wrong")
    assert store.read(story.path) is None
    assert client.get(story.path).status_code == 410


def test_a_page_of_a_bucket_is_answered_without_the_database(make, client, bucket, settings, django_assert_num_queries):
    settings.PAGES = bucket
    story = make.live_story()
    client.get(story.path)
    with django_assert_num_queries(0):
        assert client.get(story.path).status_code == 200


def test_readers_are_answered_while_the_bucket_is_away(make, client, bucket, settings, monkeypatch):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # and never listens
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", f"http://127.0.0.1:{nobody.getsockname()[1]}")
        settings.PAGES = "s3://news-pages/away"
        story = make.live_story("Still here")
        assert "Still here" in client.get(story.path).content.decode()
        with pytest.raises(NotReached, match="object storage"):
            Bucket("s3://news-pages/away").remove(PAGE)


def test_a_withdrawal_takes_away_all_it_can_and_leaves_the_rest_to_be_pressed(
    make, client, bucket, settings, monkeypatch, django_capture_on_commit_callbacks
):
    settings.PAGES = bucket
    story = make.live_story("The harbour opens")
    for path in ("/en/", story.path):
        client.get(path)
    remove = Bucket.remove
    monkeypatch.setattr(Bucket, "remove", partialmethod(_refused, remove=remove))
    told = []
    with django_capture_on_commit_callbacks(execute=True), stale.telling(told.extend):
        stories.withdraw(story, by=None, reason="wrong")
    assert told == ["/en/"]
    assert store.place().read("en/index.html") is not None
    assert store.read("/en/") is store.packed("/en/") is None
    assert store.read(story.path) is None
    monkeypatch.setattr(Bucket, "remove", remove)
    assert Page.objects.exclude(stale_since=None).filter(path="/en/").exists()
    press.press_stale()
    assert "The harbour opens" not in store.read("/en/")[0].decode()


# -- What readers and caches are told, wherever the pages lie, and where they lie nowhere


@pytest.fixture(params=["folder", "bucket", "off"])
def kept_in(request, settings, tmp_path):
    """Where pages lie: a folder, a bucket, nowhere."""
    if request.param == "folder":
        settings.PAGES = tmp_path / "pages"
    elif request.param == "bucket":
        settings.PAGES = request.getfixturevalue("bucket")
    return request.param


def test_an_answer_is_the_same_wherever_pages_lie(make, client, kept_in):
    story = make.live_story()
    first, second = client.get(story.path), client.get(story.path)
    assert first.content == second.content
    assert first["ETag"] == second["ETag"]
    for answer in (first, second, client.get(story.path, headers={"if-none-match": first["ETag"]})):
        assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert "Surrogate-Control" not in answer
    assert (answer.status_code, answer.content) == (304, b"")


def test_a_cache_in_front_is_told_the_same_wherever_pages_lie(make, client, kept_in, settings):
    settings.CDN = {"kind": "varnish", "addresses": ("http://127.0.0.1:1",), "service": "", "token": ""}
    story = make.live_story("The harbour opens")
    for headline in ("The harbour opens", "The harbour is shut"):
        stories.save(story, by=None, headline=headline, kicker="Harbours")
        stories.publish(story, by=None)
        first, second = client.get(story.path), client.get(story.path)
        assert first["xkey"] == second["xkey"]
        assert {"site", f"story:{story.pk}"} <= set(first["xkey"].split())
        assert first["Surrogate-Control"] == second["Surrogate-Control"] == "max-age=86400, stale-if-error=604800"
        assert headline in second.content.decode()
    assert client.get("/robots.txt")["xkey"] == "site"
    missing = client.get("/en/nowhere/")
    assert "no-store" in missing["Surrogate-Control"]
    assert "xkey" not in missing


def test_a_change_is_purged_wherever_pages_lie(make, client, kept_in, settings):
    settings.CDN = {"kind": "varnish", "addresses": ("http://127.0.0.1:1",), "service": "", "token": ""}
    story = make.live_story()
    client.get(story.path)
    Purge.objects.all().delete()
    stories.save(story, by=None, headline="Another")
    stories.publish(story, by=None)
    assert Purge.objects.filter(key=f"story:{story.pk}", next_try_at=None).exists()


def _refused_all(place, name):
    raise PermissionError("not now")


def _refused(place, name, remove):
    if name == "en/index.html":
        raise NotReached("not now")
    remove(place, name)


# -- A database that was put back to an earlier day --------------------------------------------------------------------


@pytest.fixture(params=["folder", "bucket"])
def kept_pages(request, settings, tmp_path):
    """The page store, in either kind of place."""
    settings.PAGES = tmp_path / "pages" if request.param == "folder" else request.getfixturevalue("bucket")


def test_the_pages_that_lie_in_a_place_are_named(kept_pages):
    paths = {"/", "/en/", "/en/feed.xml", "/en/2026/11/23/الميناء/"}
    for path in paths:
        with store.beside(path, b"page") as put_in_place:
            put_in_place()
    assert sorted(store.paths()) == sorted(paths)


def test_files_that_no_row_tells_of_are_found_and_swept(make, kept_pages, capsys):
    call_command("press_pages")
    lost, kept = make.live_story("Lost"), make.live_story("Kept")
    for story in (lost, kept):
        press.press(story.path)
    Page.objects.filter(path=lost.path).delete()  # as in a backup of before
    with pytest.raises(CommandError, match="1 of"):
        call_command("press_pages", check="all")
    assert f"{lost.path}: there is a file that no row tells of" in capsys.readouterr().err
    assert proof.sweep() == 1
    assert store.read(lost.path) is None
    assert store.read(kept.path)


def test_the_whole_site_is_pressed_and_every_other_file_goes(make, kept_pages, capsys):
    story = make.live_story("Kept")
    store.take_over(str(stale.locked_state().owner))
    with store.beside("/en/gone/", b"of another day") as put_in_place:
        put_in_place()
    call_command("press_pages", all=True)
    assert "1 files that were no page are gone." in capsys.readouterr().out
    assert store.read("/en/gone/") is None
    assert store.read(story.path)
    call_command("press_pages", check="all")


def test_only_the_packed_file_of_a_page_is_left_over_too(page_store, make):
    with store.beside("/en/gone/", b"page") as put_in_place:
        put_in_place()
    store.file_of("/en/gone/").unlink()
    assert list(proof.left()) == ["/en/gone/"]


def test_a_page_lies_there_in_every_small_form_that_can_be_made(tmp_path, monkeypatch):
    folder, content = Folder(tmp_path), "<p>المرفأ</p>".encode() * 50
    put(folder, PAGE, content)
    forms = {ending: (tmp_path / f"{PAGE}{ending}").read_bytes() for ending in packing.ENDINGS}
    assert {packing.unpacked(ending, form) for ending, form in forms.items()} == {content}
    assert max(map(len, forms.values())) < len(content) / 5
    assert len(list((tmp_path / PAGE).parent.iterdir())) == 3

    monkeypatch.setattr(packing, "brotli", None)  # the extra is taken away
    put(folder, PAGE, b"new")
    assert not (tmp_path / f"{PAGE}.br").exists(), "nginx would give the page of before"
    assert folder.agrees(PAGE, b"new")


@pytest.mark.parametrize("ending", packing.ENDINGS)
def test_a_small_form_that_says_something_else_is_found(page_store, make, capsys, ending):
    story = make.live_story()
    call_command("press_pages", story.path)
    call_command("press_pages", check="all")
    file = store.file_of(story.path)
    other = packing.packed(b"Something else")[ending]
    for form in (other, other[:-1], b"", b"no small form"):
        file.with_name(f"{file.name}{ending}").write_bytes(form)
        with pytest.raises(CommandError, match="1 of 1 pages"):
            call_command("press_pages", check="all")
    assert "the packed file is not what it should be" in capsys.readouterr().err


# -- What cannot be removed --------------------------------------------------------------------------------------------


def test_what_is_packed_goes_first_and_whatever_can_go_goes(tmp_path, monkeypatch):
    """nginx gives the packed file to who takes it, without looking for the page itself."""
    folder, gone, unlink = Folder(tmp_path), [], Path.unlink
    put(folder, PAGE, b"page")

    def refused(file, **said):
        gone.append(file.name)
        if file.name.endswith(packing.ENDINGS[0]):
            raise PermissionError("not this one")
        unlink(file, **said)

    monkeypatch.setattr(Path, "unlink", refused)
    with pytest.raises(PermissionError):
        folder.remove(PAGE)
    assert gone == [*(f"index.html{ending}" for ending in packing.ENDINGS), "index.html"]
    assert folder.read(PAGE) is None


@pytest.mark.django_db(transaction=True)
def test_whoever_withdraws_is_told_what_could_not_be_taken_away(make, client, page_store, monkeypatch):
    photo, publisher = make.photo(), make.publisher()
    story = make.live_story(pictures=[photo])
    press.press(story.path)
    monkeypatch.setattr(Folder, "remove", partialmethod(_refused_all))
    client.force_login(publisher)
    client.post(reverse("admin:articles_photo_withdraw", args=[photo.pk]), {"reason": "the family asks"})
    page = client.get(reverse("admin:articles_photo_change", args=[photo.pk])).content.decode()
    assert 'class="error"' in page
    assert story.path in page
