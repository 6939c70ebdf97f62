"""Content credentials of what comes in: valid, trusted, invalid, none, unread; read by a process that may die."""

import json
import os
import subprocess
import sys
from io import BytesIO

import pytest

from articles.imaging import credentials, credentials_reader
from tests.imaging import pictures
from tests.imaging.signatures import MADE, NEWSCODES, signed, signer

FORMATS = ("jpeg", "png", "webp", "avif", "tiff", "gif")


def picture(format="jpeg"):
    return pictures.saved(pictures.corners(), format.upper()).getvalue()


def read(data, **given):
    return credentials.read(BytesIO(data), **given)


def roots(tmp_path, *signers):
    path = tmp_path / "trusted.pem"
    path.write_bytes(b"".join(one.authority for one in signers))
    return str(path)


@pytest.mark.parametrize("format", FORMATS)
def test_a_signed_picture_is_valid_whoever_signed_it(format):
    found = read(signed(picture(format), format))
    assert (found["state"], found["signer"], found["issuer"]) == ("valid", "Wadi Press", "Wadi Press Ltd")
    assert (found["made_with"], found["problems"]) == ("Darkroom 2", [])
    assert found["source_type"] == f"{NEWSCODES}digitalCapture"


def test_it_is_trusted_where_the_operator_trusts_its_signer(tmp_path):
    data = signed(picture())
    assert read(data, trust=roots(tmp_path, signer()))["state"] == "trusted"
    assert read(data, trust=roots(tmp_path, signer("Somebody Else")))["state"] == "valid"


@pytest.mark.parametrize("format", FORMATS)
def test_a_picture_without_any_has_none(format):
    assert read(picture(format)) == {}
    assert credentials.state_of({}) == credentials.State.NONE


def test_a_picture_changed_since_is_invalid(tmp_path):
    data = bytearray(signed(picture()))
    data[-40] ^= 1
    found = read(bytes(data), trust=roots(tmp_path, signer()))
    assert found["state"] == "invalid"
    assert "assertion.dataHash.mismatch" in found["problems"]
    assert found["signer"] == "Wadi Press"  # what they say is shown, as what they say


def test_what_was_done_to_it_is_told():
    made = [
        {"action": "c2pa.opened", "when": "2016-07-28T14:05:00Z", "softwareAgent": {"name": "Darkroom"}},
        {"action": "c2pa.color_adjustments"},
    ]
    parent = ({"title": "DSC_0042.JPG", "relationship": "parentOf", "label": "it"}, picture())
    made[0]["parameters"] = {"ingredientIds": ["it"]}
    found = read(signed(picture(), actions=made, ingredients=[parent]))
    assert [one["action"] for one in found["actions"]] == ["c2pa.opened", "c2pa.color_adjustments"]
    assert (found["actions"][0]["with"], found["actions"][0]["when"]) == ("Darkroom", "2016-07-28T14:05:00Z")
    assert found["ingredients"] == [{"title": "DSC_0042.JPG", "relation": "parentOf"}]


def opened(earlier, *more):
    about = {"title": "earlier", "relationship": "parentOf", "label": "it"}
    actions = [{"action": "c2pa.opened", "parameters": {"ingredientIds": ["it"]}}, *more]
    return signed(picture(), actions=actions, ingredients=[(about, earlier)])


@pytest.mark.parametrize(
    ("made", "edited", "kind"),
    [
        ("digitalCapture", "", "digitalCapture"),
        ("digitalCapture", "humanEdits", "digitalCapture"),
        ("trainedAlgorithmicMedia", "", "trainedAlgorithmicMedia"),
        ("digitalCapture", "compositeWithTrainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia"),
        ("digitalCapture", "trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia"),
    ],
)
def test_how_a_picture_was_made_is_known_through_every_hand_it_went(made, edited, kind):
    earlier = signed(picture(), actions=[MADE | {"digitalSourceType": NEWSCODES + made}])
    more = [{"action": "c2pa.edited", "digitalSourceType": NEWSCODES + edited}] if edited else []
    assert read(opened(opened(earlier, *more)))["source_type"] == NEWSCODES + kind


# -- What strangers send


def test_whatever_is_done_to_a_manifest_an_upload_goes_on():
    data = signed(picture(), thumbnail=True)
    start = data.index(credentials.MARK)
    states = set()
    for step, place in enumerate(range(start - 20, start + 2400, 160)):
        for change in (b"\xff" * 12, bytes(12), data[place : place + 12][::-1]):
            broken = data[:place] + change + data[place + 12 :]
            if credentials.carries(BytesIO(broken)) and step % 2:
                states.add(read(broken).get("state", "none"))
    assert states <= {"valid", "invalid", "none", "unread"}
    assert "invalid" in states


@pytest.mark.parametrize("rest", [b"", b"\0" * 5000, b"jumb" * 3000, bytes(range(256)) * 20])
def test_a_file_that_only_pretends_to_have_some_is_no_danger(rest):
    data = picture()
    box = b"\xff\xff\xff\xff" + credentials.MARK[:4] + credentials.MARK[4:] + b"\x03c2pa\0" + rest
    body = b"JP\x02\x11\0\0\0\x01\xff\xff\xff\xffjumb" + box
    segment = b"\xff\xeb" + (len(body) + 2).to_bytes(2) + body
    assert read(data[:2] + segment + data[2:]).get("state", "none") in ("invalid", "none", "unread")


def test_texts_are_cut_and_cannot_turn_a_line_round():
    title = "\u202e" + "A" * 2000 + "\0\n"
    many = [{"action": "c2pa.edited", "softwareAgent": {"name": title}} for _ in range(200)]
    found = read(signed(picture(), actions=[MADE, *many]))
    assert len(json.dumps(found)) < 40_000
    assert len(found["actions"]) == credentials_reader.MOST
    assert found["actions"][1]["with"] == "A" * (credentials_reader.LONGEST - 1) + "…"


def test_manifests_that_name_each_other_in_a_circle_end():
    action = {"label": "c2pa.actions.v2", "data": {"actions": [MADE, "no action", {"action": ["x"]}]}}
    manifests = {
        name: {"assertions": [action], "ingredients": [{"active_manifest": other, "relationship": "parentOf"}]}
        for name, other in (("a", "b"), ("b", "a"))
    }
    said = credentials_reader.summary({"active_manifest": "a", "manifests": manifests}, "Valid")
    assert said["source_type"] == MADE["digitalSourceType"]
    assert credentials_reader.summary({}, "Invalid")["state"] == "invalid"


def test_a_reader_that_dies_or_never_ends_is_said_and_harms_nobody(tmp_path, monkeypatch):
    data = signed(picture())
    for program in ("import os; os.abort()", "while True: pass", "print('{')", "raise SystemExit(1)"):
        path = tmp_path / "reader.py"
        path.write_text(program)
        monkeypatch.setattr(credentials, "_READER", path)
        monkeypatch.setattr(credentials, "SECONDS", 0.5)
        assert read(data) == {"state": "unread", "problems": ["failed"]}


ASKING = """
import io, json, socket, sys, threading
import c2pa
sys.path.insert(0, sys.argv[1])
import credentials_reader
server, heard = socket.create_server(("127.0.0.1", 0)), []
def listen():
    while True:
        line = server.accept()[0]
        heard.append(line)  # before it is closed, so that who asked goes on only when it is noted
        line.close()
threading.Thread(target=listen, daemon=True).start()
data = sys.stdin.buffer.read()
description = b'<rdf:Description rdf:about="" xmlns:dcterms="http://purl.org/dc/terms/" dcterms:provenance="%s"/>'
about = description % b"http://127.0.0.1:%d/manifest.c2pa" % server.getsockname()[1]
xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
xmp = b"http://ns.adobe.com/xap/1.0/\\0" + xmp + about + b"</rdf:RDF></x:xmpmeta>"
data = data[:2] + b"\\xff\\xe1" + (len(xmp) + 2).to_bytes(2, "big") + xmp + data[2:]
asked = []
for settings in ({}, credentials_reader.SETTINGS):
    before = len(heard)
    try:
        c2pa.Reader.try_create("image/jpeg", io.BytesIO(data), context=c2pa.Context.from_dict(settings))
    except c2pa.C2paError:
        pass
    asked.append(len(heard) > before)
print(json.dumps(asked))
"""


def test_nothing_is_fetched_for_a_manifest_that_lies_elsewhere():
    """The picture names an address for its manifest: left to itself the library asks there, with our settings not."""
    command = [sys.executable, "-I", "-c", ASKING, os.path.dirname(credentials_reader.__file__)]
    run = subprocess.run(command, input=picture(), capture_output=True, check=True, timeout=60)
    assert json.loads(run.stdout) == [True, False]


# -- Without the extra


def test_without_the_extra_the_credentials_are_said_to_be_there_and_not_read(monkeypatch):
    data = signed(picture())
    monkeypatch.setitem(sys.modules, "c2pa", None)
    assert read(data) == {"state": "unread", "problems": ["not installed"]}
    assert read(picture()) == {}


def test_the_newsroom_starts_and_takes_pictures_without_the_extra(tmp_path):
    """A process in which neither c2pa nor what it brings can be imported: nothing asks for them."""
    program = (
        "import sys\n"
        "for name in ('c2pa', 'cryptography', 'requests', 'toml'): sys.modules[name] = None\n"
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "from articles.imaging import credentials\n"
        "from articles import credentials as ours\n"
        "call_command('check')\n"
        "print(credentials.installed(), ours.known_signer())\n"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "NEWSROOM_VAR": str(tmp_path)}
    run = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True)
    assert (run.returncode, run.stdout.splitlines()[-1:]) == (0, ["False None"]), run.stderr
