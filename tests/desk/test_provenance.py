"""Where a picture came from, from the file to the reader: kept with the original, shown to who may know, signed."""

import sys
from io import BytesIO, StringIO

import pytest
from django.core import checks
from django.core.management import CommandError, call_command
from django.urls import reverse
from PIL import Image

from articles import credentials as ours
from articles import tasks
from articles.desk import captions, clock, photos, pixels, provenance
from articles.imaging import credentials, signing
from articles.imaging.leaks import leaks
from articles.models import Photo
from articles.pages.pictures import label
from tests.imaging.signatures import MADE, NEWSCODES, put, signed, signer

CAMERA = signer("Camera of Salma Noor")
BY_AI = MADE | {"digitalSourceType": f"{NEWSCODES}trainedAlgorithmicMedia"}


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def trusting(settings, tmp_path):
    settings.C2PA_TRUST = str(tmp_path / "trusted.pem")
    (tmp_path / "trusted.pem").write_bytes(CAMERA.authority)


@pytest.fixture
def signing_house(settings, tmp_path):
    settings.C2PA_CERTIFICATE, settings.C2PA_KEY = signer().written(tmp_path)
    return signing.house(settings.C2PA_CERTIFICATE, settings.C2PA_KEY)


def file(make, **given):
    return signed(make.picture_file().getvalue(), **({"by": CAMERA} | given))


def taken(data, **given):
    photo = photos.take(BytesIO(data), name="DSC_0042.JPG", by=None, **({"credit": "Yusuf Tell"} | given))
    captions.caption(photo, "en", by=None, text="The square at noon.", alt="A square")
    return photo


def kept(photo):
    return Photo.objects.get(pk=photo.pk).metadata.get(provenance.KEPT, {})


def served(own_media, photo):
    photo.refresh_from_db()
    found = {path.name: path.read_bytes() for path in own_media.glob(f"*/{photo.token}/*")}
    assert not credentials.carries(BytesIO(found.pop("24.jpg")))  # what shines through a shield is never signed
    return found


# -- On the way in


def test_what_a_file_says_of_where_it_came_from_is_kept_with_it(make, trusting):
    data = file(make)
    photo = taken(data)
    assert (kept(photo)["state"], kept(photo)["signer"]) == ("trusted", "Camera of Salma Noor")
    with photo.original.open("rb") as original:
        assert original.read() == data
    assert photo.digital_source_type == f"{NEWSCODES}digitalCapture"


def test_a_picture_without_any_keeps_nothing(make):
    assert provenance.KEPT not in make.photo().metadata


def test_a_picture_made_with_ai_is_labelled_by_its_credentials_even_when_they_broke(make):
    whole = file(make, actions=[BY_AI])
    broken = bytearray(file(make, actions=[BY_AI]))
    broken[-40] ^= 1
    for data, state in ((whole, "valid"), (bytes(broken), "invalid")):
        photo = taken(data)
        assert (kept(photo)["state"], label(photo)) == (state, "Made with AI")


def test_credentials_that_lie_elsewhere_are_named_and_not_fetched(make, client):
    packet = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description rdf:about="" xmlns:dcterms="http://purl.org/dc/terms/" '
        b'dcterms:provenance="http://127.0.0.1:9/manifest.c2pa"/></rdf:RDF></x:xmpmeta>'
    )
    photo = taken(make.picture_file(xmp=packet).getvalue())
    assert kept(photo)["state"] == "unread"
    client.force_login(make.photo_editor())
    assert "They lie on another server, which is not asked" in page(client, photo)


def test_what_the_desk_says_counts_more(make):
    assert label(taken(file(make, actions=[BY_AI]), digital_source_type=f"{NEWSCODES}digitalCapture")) == ""


def test_a_replaced_picture_has_the_credentials_of_its_new_file(make):
    photo = taken(file(make))
    pixels.replace(photo, make.picture_file(), name="new.jpg", by=None)
    assert kept(photo) == {}
    pixels.replace(photo, BytesIO(file(make, by=signer("Somebody Else"))), name="newer.jpg", by=None)
    assert kept(photo)["signer"] == "Somebody Else"


def test_a_picture_nobody_said_anything_of_is_labelled_when_ai_replaces_it(make):
    photo = make.photo()
    pixels.replace(photo, BytesIO(file(make, actions=[BY_AI])), name="new.jpg", by=None)
    photo.refresh_from_db()
    assert label(photo) == "Made with AI"


# -- On its page


def page(client, photo, name="change", **headers):
    return client.get(reverse(f"admin:articles_photo_{name}", args=[photo.pk]), **headers).content.decode()


@pytest.mark.parametrize("name", ["change", "proof"])
def test_its_page_says_in_words_what_they_say(client, make, trusting, name):
    client.force_login(make.photo_editor())
    photo = taken(file(make))
    shown = page(client, photo, name)
    for words in ("Trusted.", "Camera of Salma Noor", "Darkroom 2", "A photograph", "What was done to it"):
        assert words in shown, words
    broken = bytearray(file(make))
    broken[-40] ^= 1
    assert "The picture was changed after it was signed." in page(client, taken(bytes(broken)), name)
    assert "The file came without any." in page(client, make.photo(), name)


def test_every_state_and_every_odd_value_can_be_shown(client, make):
    client.force_login(make.photo_editor())
    photo = make.photo()
    odd = {
        "signer": "<b>Rana</b>",
        "signed_at": "2016-02-31T99:00:00Z",
        "problems": ["something.new", "<i>"],
        "actions": [{"action": "<i>", "when": "never", "with": "", "source_type": "javascript:alert(1)"}],
        "ingredients": [{"title": "", "relation": ""}],
        "source_type": "?",
    }
    for state in credentials.State:
        Photo.objects.filter(pk=photo.pk).update(metadata={provenance.KEPT: odd | {"state": state.value}})
        for language in ("en", "ar"):
            client.cookies["django_language"] = language
            shown = page(client, photo)
            assert "&lt;b&gt;Rana" in shown
            assert "<i>" not in shown


def test_it_is_said_when_the_desk_says_otherwise_than_the_credentials(client, make):
    client.force_login(make.photo_editor())
    photo = taken(file(make, actions=[BY_AI]))
    assert "They say that AI had a part in it." not in page(client, photo)
    photos.describe(photo, by=None, digital_source_type="")
    assert "They say that AI had a part in it." in page(client, photo)


def test_of_a_hidden_source_they_tell_nobody_but_who_may_know(client, make, trusting):
    keeper, other = make.photo_editor(), make.photo_editor()
    made = [MADE | {"when": "2016-07-28T14:05:00Z", "softwareAgent": {"name": "Laptop of Salma"}}]
    about = {"title": "Salma, Aleppo.JPG", "relationship": "componentOf"}
    photo = taken(file(make, actions=made, ingredients=[(about, make.picture_file().getvalue())]))
    photos.describe(photo, by=keeper, hide_source=True)
    for name in ("change", "proof"):
        client.force_login(other)
        shown = page(client, photo, name)
        assert "Trusted." in shown
        assert "is for the people who may know it" in shown
        assert not [word for word in ("Salma", "Aleppo", "2016", "Darkroom", "Laptop") if word in shown]
        client.force_login(keeper)
        assert "Camera of Salma Noor" in page(client, photo, name)


# -- On the way out


def test_what_readers_get_is_signed_by_this_house_and_says_nothing_of_the_original(
    make, signing_house, own_media, commits
):
    with commits():
        photo = taken(file(make, thumbnail=True), creator="Salma Noor")
        tasks.encode(photo, ["jpeg", "webp", "avif"])
        make.live_story(pictures=[photo])
    files, words = served(own_media, photo), ours.written(photo)
    assert {name.rpartition(".")[2] for name in files} == {"jpg", "webp", "avif"}
    for name, data in files.items():
        assert credentials.carries(BytesIO(data)), name
        assert leaks(data, words, knows=signing_house.knows) == [], name
        for secret in (
            b"Salma",
            b"Camera",
            b"DSC_0042",
            b"Darkroom",
            bytes.fromhex(photo.digest),
            photo.digest.encode(),
        ):
            assert secret not in data, (name, secret)
    found = credentials.read(BytesIO(max(files.values(), key=len)))
    assert (found["state"], found["signer"]) == ("valid", "Wadi Press")


@pytest.mark.parametrize("changed", [{"policy": "nothing"}, {"hide_source": True}])
def test_a_picture_that_is_to_tell_nothing_is_not_signed(make, signing_house, own_media, changed):
    assert not any(
        credentials.carries(BytesIO(data)) for data in served(own_media, taken(file(make), **changed)).values()
    )


def test_hiding_the_source_takes_the_signature_out_of_served_files_at_once(make, signing_house, own_media, commits):
    with commits():
        photo = taken(file(make))
        make.live_story(pictures=[photo])
    assert all(credentials.carries(BytesIO(data)) for data in served(own_media, photo).values())
    with commits():
        photos.describe(photo, by=None, hide_source=True)
    files = served(own_media, photo)
    assert files
    assert not any(credentials.carries(BytesIO(data)) for data in files.values())


def test_a_word_on_how_it_was_made_is_signed_anew(make, signing_house, own_media, commits):
    with commits():
        photo = taken(file(make))
        before = photo.token
        photos.describe(photo, by=None, digital_source_type=BY_AI["digitalSourceType"])
    with commits():
        tasks.renew(Photo.objects.get(pk=photo.pk))
    files = served(own_media, photo)
    assert photo.token != before
    assert files
    assert all(b"trainedAlgorithmicMedia" in data for data in files.values())


def test_no_picture_waits_for_a_certificate(make, settings, tmp_path, own_media, caplog, client):
    """One that expired, or was lost, costs the signature; the picture goes out clean, and the desk is told."""
    settings.C2PA_CERTIFICATE, settings.C2PA_KEY = signer("Late Press", days=-1).written(tmp_path)
    photo = taken(file(make))
    files = served(own_media, photo)
    assert files
    assert all(leaks(data, ours.written(photo)) == [] for data in files.values())
    assert "has no content credentials" in caplog.text
    assert signer("Late Press", days=-1).key.decode().splitlines()[1] not in caplog.text
    client.force_login(make.photo_editor())
    assert "signing failed" in page(client, photo)


def test_the_desk_reads_who_signed_what_is_served(make, signing_house, client):
    client.force_login(make.photo_editor())
    photo = taken(file(make))
    assert "They carry this newsroom’s content credentials." in page(client, photo)
    shown = page(client, photo, "proof")
    assert "proven clean" in shown
    assert "signed by this newsroom" in shown
    assert "as is asked for this picture" in page(client, taken(file(make), policy="nothing"))


def test_a_planted_leak_in_a_manifest_is_on_the_proof(make, signing_house, client, own_media):
    client.force_login(make.photo_editor())
    photo = taken(file(make))
    told = signing._said("image/jpeg", "", False)
    told["ingredients"][0]["title"] = "DSC_0042.JPG"
    (path,) = own_media.glob(f"*/{photo.token}/320.jpg")
    clean = BytesIO()
    Image.new("RGB", (64, 64)).save(clean, "JPEG")
    path.write_bytes(put(told, clean.getvalue(), "jpeg"))
    shown = page(client, photo, "proof")
    assert "withdraw the picture and tell the operator" in shown
    assert "content credentials: c2pa.ingredient.v3" in shown


# -- For the operator


def test_after_a_certificate_was_renewed_every_picture_is_signed_anew(make, settings, tmp_path, own_media, commits):
    with pytest.raises(CommandError, match="No certificate is set up"):
        call_command("sign_pictures")
    with commits():
        photo, silent = taken(file(make)), make.photo(policy="nothing")
        make.live_story(pictures=[photo])
    assert not any(credentials.carries(BytesIO(data)) for data in served(own_media, photo).values())
    settings.C2PA_CERTIFICATE, settings.C2PA_KEY = signer().written(tmp_path)
    out = StringIO()
    call_command("sign_pictures", stdout=out)
    assert out.getvalue() == "1 picture is signed anew by the worker.\n"
    with commits():
        clock.beat()
    files = served(own_media, photo)
    assert {name.rpartition(".")[2] for name in files} == {"jpg", "webp", "avif"}
    assert all(credentials.carries(BytesIO(data)) for data in files.values())
    silent.refresh_from_db()
    assert not silent.needs_renditions


def said():
    return {
        one.id: one
        for one in checks.run_checks()
        if "ontent credentials" in one.msg or "C2PA" in one.msg or "key" in one.msg
    }


def test_the_operator_is_told_what_is_wrong_before_a_picture_is(settings, tmp_path, monkeypatch):
    assert said() == {}
    settings.C2PA_CERTIFICATE, settings.C2PA_KEY = signer().written(tmp_path)
    assert said() == {}
    (tmp_path / "key.pem").chmod(0o644)
    assert said()["articles.E002"].is_serious()
    (tmp_path / "key.pem").chmod(0o640)
    settings.C2PA_TRUST = str(tmp_path / "none.pem")
    assert set(said()) == {"articles.W001"}
    settings.C2PA_TRUST, settings.C2PA_CERTIFICATE = "", str(tmp_path / "none.pem")
    assert set(said()) == {"articles.W003"}
    monkeypatch.setitem(sys.modules, "c2pa", None)
    assert set(said()) == {"articles.W002"}


def test_without_the_extra_a_signed_picture_is_taken_and_goes_out(
    make, monkeypatch, client, settings, tmp_path, own_media
):
    data = file(make)
    settings.C2PA_CERTIFICATE, settings.C2PA_KEY = signer("Elsewhere").written(tmp_path)
    monkeypatch.setitem(sys.modules, "c2pa", None)
    photo = taken(data)
    assert kept(photo)["state"] == "unread"
    assert all(leaks(each, ours.written(photo)) == [] for each in served(own_media, photo).values())
    client.force_login(make.photo_editor())
    shown = page(client, photo)
    assert "Not read." in shown
    assert "ask the operator" in shown
