"""Two editors, two tabs, a dropped line: whatever happens, each word is in the story or in a clash that is shown."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from articles.body import document
from articles.body.changes import InvalidChange
from articles.body.text import plain
from articles.desk import editing, revisions, sittings, stories
from articles.desk.errors import NotAllowed, Refused, Settled
from articles.models import Attachment, AuditLine, Clash, Save, Sitting, Status, Story
from tests.tabs import Tab

PARAGRAPHS = ["The weir opens on Monday.", "The council paid for it.", "Boats may pass from noon."]


@pytest.fixture
def desk(make):
    """A story of three paragraphs and two editors with a tab each."""
    story = make.story(paragraphs=PARAGRAPHS)
    return story, Tab(story, make.editor()), Tab(story, make.editor())


def stored(story):
    return Story.objects.get(pk=story.pk)


def text(story):
    return plain(stored(story).body)


# -- Merging


def test_changes_to_different_blocks_and_fields_merge_by_themselves(desk):
    story, rana, omar = desk
    rana.write("The weir opens on Tuesday.", 0)
    omar.write("Boats may pass from one o’clock.", 2)
    omar.put("headline", "A weir for Marsana")
    rana.save()
    edited = omar.save()
    assert not edited.clashes
    assert text(story).split("\n\n") == [
        "The weir opens on Tuesday.",
        "The council paid for it.",
        "Boats may pass from one o’clock.",
    ]
    assert stored(story).headline == "A weir for Marsana"
    assert omar.words(0) == "The weir opens on Tuesday."
    assert stored(story).version == story.version + 2


def test_the_answer_holds_only_what_its_sender_does_not_know(desk):
    _story, rana, omar = desk
    changed = rana.ids()[0]
    rana.write("The weir opens on Tuesday.", 0)
    assert rana.save().fresh == editing.Fresh(False)
    omar.put("kicker", "Rivers")
    fresh = omar.save().fresh
    assert (fresh.whole, list(fresh.blocks), fresh.fields) == (False, [changed], {})
    assert [(deed.by, deed.fields, deed.blocks) for deed in fresh.deeds] == [(rana.by, [], [changed])]


def test_changes_to_one_block_that_do_not_touch_are_merged_by_words(desk):
    story, rana, omar = desk
    rana.write("The new weir opens on Monday.", 0)
    omar.write("The weir opens on Monday morning.", 0)
    rana.save()
    assert not omar.save().clashes
    assert text(story).startswith("The new weir opens on Monday morning.")
    assert omar.words(0) == "The new weir opens on Monday morning."


def test_changes_that_touch_are_kept_side_by_side_until_somebody_chooses(desk):
    story, rana, omar = desk
    rana.write("The weir opens on Tuesday.", 0)
    omar.write("The weir opens on Friday.", 0)
    rana.save()
    (clash,) = omar.save().clashes
    assert text(story).startswith("The weir opens on Tuesday.")
    assert document.inline_text(clash.mine) == "The weir opens on Friday."
    assert document.inline_text(clash.theirs) == "The weir opens on Tuesday."
    assert clash.by == omar.by


def test_who_types_on_in_a_clash_lengthens_it_and_makes_no_second_one(desk):
    story, rana, omar = desk
    rana.write("The weir opens on Tuesday.", 0)
    rana.save()
    omar.write("The weir opens on Friday.", 0)
    sent = omar.page
    editing.edit(stored(story), omar.change(), by=omar.by, save=uuid4(), version=omar.version)
    omar.base, omar.page = sent, Tab(story, omar.by).page
    omar.write("The weir opens on Saturday.", 0)  # the page was left as it was typed, not as answered
    editing.edit(stored(story), omar.change(), by=omar.by, save=uuid4(), version=omar.version)
    clash = Clash.objects.get()
    assert document.inline_text(clash.mine) == "The weir opens on Saturday."
    assert "Tuesday" in document.inline_text(clash.both)
    assert "Saturday" in document.inline_text(clash.both)


@pytest.mark.parametrize("first", ["edits", "deletes"])
def test_what_one_deletes_while_the_other_edits_it_is_a_clash(desk, first):
    story, rana, omar = desk
    rana.write("The council paid for it with a loan.", 1)
    omar.remove(1)
    left = [tab.save().clashes for tab in ((rana, omar) if first == "edits" else (omar, rana))]
    assert [len(one) for one in left] == [0, 1]
    clash = left[1][0]
    assert "with a loan" in document.inline_text(clash.mine or clash.theirs)
    assert ("loan" in text(story)) == (first == "edits")


def test_long_offline_means_nothing_to_the_merge(desk):
    story, rana, omar = desk
    for day in ("Tuesday", "Wednesday", "Thursday"):
        rana.write(f"The weir opens on {day}.", 0)
        rana.save()
    Save.objects.all().delete()  # nobody knows any more what changed when
    omar.add("Written on a train without a line.")
    edited = omar.save()
    assert edited.fresh.whole
    assert not edited.clashes
    assert omar.words(0) == "The weir opens on Thursday."
    assert text(story).endswith("Written on a train without a line.")


def test_a_save_by_the_form_is_answered_with_the_whole_story(desk):
    story, rana, _omar = desk
    stories.save(stored(story), by=None, headline="By another door")
    rana.add("And a fourth one.")
    assert rana.save().fresh.whole
    assert rana.page.fields["headline"] == "By another door"


def test_tags_authors_section_and_related_stories_travel_with_a_save(desk, make):
    story, rana, omar = desk
    other, author, city = make.story("Another"), make.author("Samir Tell"), make.section("city")
    rana.put("tags", [*rana.page.fields["tags"], "Rivers"])
    rana.put("authors", [*rana.page.fields["authors"], author.pk])
    omar.put("tags", [*omar.page.fields["tags"], "Boats"])
    omar.put("related", [other.pk])
    omar.put("section", city.pk)
    rana.save()
    assert not omar.save().clashes
    now = stored(story)
    assert set(now.tags.names()) == {"Bridges", "Rivers", "Boats"}
    assert now.signed_by()[-1] == author
    assert [row.other for row in now.related_from.all()] == [other]
    assert now.section == city


def test_two_who_make_different_pictures_the_lead_are_asked_which(make):
    story = make.story(pictures=[make.photo(), make.photo()])
    Attachment.objects.update(role="text")
    rana, omar = Tab(story, make.editor()), Tab(story, make.editor())
    for tab, place in ((rana, 0), (omar, 1)):
        tab.put(
            "attachments",
            [row | {"role": "lead" if n == place else "text"} for n, row in enumerate(tab.page.fields["attachments"])],
        )
    rana.save()
    (clash,) = omar.save().clashes
    assert [row.role for row in stored(story).attachments.all()] == ["lead", "text"]
    editing.settle(clash, "mine", by=omar.by)
    assert [row.role for row in stored(story).attachments.all()] == ["text", "lead"]


def test_two_texts_that_fit_alone_and_not_together_are_a_clash(desk):
    story, rana, omar = desk
    rana.put("kicker", "Water " + "and so on " * 5 + rana.page.fields["kicker"])
    omar.put("kicker", omar.page.fields["kicker"] + " and back again" * 4)
    rana.save()
    (clash,) = omar.save().clashes
    assert stored(story).kicker == clash.theirs
    assert clash.mine.endswith("and back again")


# -- Once and not half


def test_a_save_sent_twice_counts_once(desk):
    story, rana, _omar = desk
    rana.add("Once.")
    change, name = rana.change(), uuid4()
    first = editing.edit(stored(story), change, by=rana.by, save=name, version=rana.version)
    again = editing.edit(stored(story), change, by=rana.by, save=name, version=rana.version)
    assert (first.version, first.fresh) == (again.version, again.fresh)
    assert again.repeated
    assert text(story).count("Once.") == 1
    assert Save.objects.count() == 1


def test_a_saves_name_belongs_to_one_editor_and_one_story(desk, make):
    story, rana, omar = desk
    name = uuid4()
    rana.add("Mine.")
    rana.save(name)
    with pytest.raises(Refused, match="name"):
        editing.edit(stored(story), omar.change(), by=omar.by, save=name)
    with pytest.raises(Refused, match="name"):
        editing.edit(make.story("Another"), rana.change(), by=rana.by, save=name)


def test_a_save_killed_in_the_middle_stores_nothing_half(desk, monkeypatch):
    story, rana, omar = desk
    omar.write("The weir opens on Friday.", 0)
    omar.save()
    before, lines = Story.objects.values().get(pk=story.pk), AuditLine.objects.count()
    rana.write("The weir opens on Tuesday.", 0)
    rana.add("And a fourth one.")
    rana.put("tags", ["Rivers"])

    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(revisions, "keep_autosave", killed)
        rana.save()
    assert Story.objects.values().get(pk=story.pk) == before
    assert (AuditLine.objects.count(), Clash.objects.count(), Save.objects.count()) == (lines, 0, 1)
    assert list(stored(story).tags.names()) == ["Bridges"]
    assert len(rana.save().clashes) == 1
    assert "And a fourth one." in text(story)


def test_nothing_of_a_refused_save_is_stored(desk):
    story, rana, _omar = desk
    rana.add("And a fourth one.")
    rana.put("kicker", "x" * 81)
    with pytest.raises(Refused, match="81 characters"):
        rana.save()
    assert "fourth" not in text(story)
    assert not Save.objects.exists()


def test_no_required_field_stops_a_save(desk):
    story, rana, _omar = desk
    for name in ("headline", "summary", "dateline"):
        rana.put(name, "")
    rana.put("section", None)
    rana.put("authors", [])
    rana.save()
    assert stored(story).headline == ""


def test_a_save_of_nothing_raises_no_version(desk):
    story, rana, _omar = desk
    assert rana.save().version == story.version
    assert not revisions.Revision.objects.autosaves().exists()


# -- What a save leaves behind


def test_a_published_story_is_a_draft_again_and_its_edition_stays(make):
    story = make.live_story()
    tab = Tab(story, make.editor())
    tab.put("headline", "Another")
    tab.save()
    now = stored(story)
    assert (now.status, now.live_edition.headline) == (Status.DRAFT, story.headline)


def test_each_editor_has_one_autosave_and_it_is_no_named_version(desk):
    story, rana, omar = desk
    stories.submit(stored(story), by=rana.by)
    for words in ("One.", "Two.", "Three."):
        for tab in (rana, omar):
            tab.add(words)
            tab.save()
    history = stored(story).revisions
    assert [row.reason for row in history.named()] == ["submit"]
    assert {row.by for row in history.autosaves()} == {rana.by, omar.by}
    assert history.autosaves().count() == 2
    latest = history.autosaves().get(by=omar.by)
    assert latest.snapshot["body"] == stored(story).body
    stories.send_back(stored(story), by=rana.by)
    assert [row.number for row in history.named()] == [2, 1]


def test_the_audit_log_tells_of_an_editors_typing_once_in_half_an_hour(desk):
    story, rana, omar = desk

    def told():
        return [line.by_name for line in AuditLine.objects.about(story).filter(kind="edit")]

    for tab in (rana, rana, rana, omar, omar, rana):
        tab.add("More.")
        tab.save()
    assert told() == [omar.by.username, rana.by.username]
    stories.submit(stored(story), by=rana.by)
    rana.add("After the move.")
    rana.save()
    assert told() == [rana.by.username, omar.by.username, rana.by.username]


# -- Settling


@pytest.mark.parametrize(
    ("choice", "words"),
    [("theirs", ["Tuesday"]), ("mine", ["Friday"]), ("both", ["Friday", "Tuesday"])],
)
def test_an_editor_chooses_mine_theirs_or_both(desk, choice, words):
    story, rana, omar = desk
    rana.write("The weir opens on Tuesday.", 0)
    omar.write("The weir opens on Friday.", 0)
    rana.save()
    (clash,) = omar.save().clashes
    editing.settle(clash, choice, by=omar.by)
    first = text(story).split("\n\n")[0]
    assert [day for day in ("Friday", "Tuesday") if day in first] == words
    assert not stored(story).clashes.open().exists()
    version = stored(story).version
    assert editing.settle(Clash.objects.get(), choice, by=rana.by).version == version
    with pytest.raises(Settled):
        editing.settle(Clash.objects.get(), "mine" if choice == "theirs" else "theirs", by=rana.by)


def test_a_paragraph_taken_out_comes_back_where_it_stood(desk):
    story, rana, omar = desk
    rana.remove(1)
    omar.write("The council paid for it with a loan.", 1)
    rana.save()
    (clash,) = omar.save().clashes
    editing.settle(clash, "mine", by=omar.by)
    assert text(story).split("\n\n")[1] == "The council paid for it with a loan."


def test_a_paragraph_can_be_taken_out_against_the_others_change(desk):
    story, rana, omar = desk
    rana.write("The council paid for it with a loan.", 1)
    omar.remove(1)
    rana.save()
    (clash,) = omar.save().clashes
    editing.settle(clash, "mine", by=omar.by)
    assert len(text(story).split("\n\n")) == 2


def test_settling_late_loses_nothing_of_what_the_others_wrote_meanwhile(desk):
    story, rana, omar = desk
    rana.write("The weir opens on Tuesday.", 0)
    omar.write("The weir opens on Friday.", 0)
    rana.save()
    (clash,) = omar.save().clashes
    rana.write("The weir opens on Wednesday, perhaps.", 0)
    rana.save()
    (new,) = editing.settle(clash, "mine", by=omar.by).clashes
    assert "Wednesday, perhaps" in text(story)
    assert "Friday" in document.inline_text(new.mine)


def test_two_blocks_that_cannot_be_one_can_stand_one_behind_the_other(desk):
    story, rana, omar = desk
    name = rana.ids()[0]
    rana.page.blocks[0] = document.document([document.crosshead("The weir")])["content"][0] | {"attrs": {"id": name}}
    omar.page.blocks[0] = document.document([document.embed("https://example.org/", "The weir seen")])["content"][0]
    omar.page.blocks[0]["attrs"]["id"] = name
    rana.save()
    (clash,) = omar.save().clashes
    editing.settle(clash, "both", by=omar.by)
    assert text(story).split("\n\n")[:2] == ["The weir", "The weir seen: https://example.org/"]


def test_half_of_each_kind_is_no_kind(desk):
    story, rana, omar = desk
    rana.put("kind", "opinion")
    omar.put("kind", "analysis")
    rana.save()
    (clash,) = omar.save().clashes
    with pytest.raises(Refused):
        editing.settle(clash, "both", by=omar.by)
    editing.settle(clash, "mine", by=omar.by)
    assert stored(story).kind == "analysis"


# -- Who may, and what may not come in


@pytest.mark.parametrize(
    ("role", "others", "own"),
    [
        ("reporter", False, True),
        ("photo", False, False),
        ("editor", True, True),
        ("front_editor", True, True),
        ("publisher", True, True),
        ("administrator", True, True),
        ("", False, False),
    ],
)
def test_who_may_change_a_story_may_save_it_and_nobody_else(make, role, others, own):
    person = make.person(role)
    theirs, mine = make.story(), make.story(by=None)
    Story.objects.filter(pk=mine.pk).update(started_by=person)
    for story, may in ((theirs, others), (mine, own)):
        tab = Tab(story, person)
        tab.add("More.")
        if may:
            tab.save()
        else:
            with pytest.raises(NotAllowed):
                tab.save()
        assert ("More." in text(story)) is may


def test_a_picture_of_another_story_is_refused(desk, make):
    story, rana, _omar = desk
    foreign = make.story("Another", pictures=[make.photo()]).attachments.get()
    rana.page.blocks.append(document.document([document.figure(foreign.uuid)])["content"][0])
    with pytest.raises(Refused, match="another story"):
        rana.save()
    row = {"uuid": str(foreign.uuid), "photo": str(foreign.photo.uuid)}
    change = {"fields": {"attachments": {"from": [], "to": [row]}}}
    with pytest.raises(Refused, match="another story"):
        editing.edit(stored(story), change, by=rana.by, save=uuid4())


def test_a_picture_that_is_not_there_or_withdrawn_cannot_be_attached(desk, make):
    story, rana, _omar = desk
    withdrawn = make.photo()
    type(withdrawn).objects.filter(pk=withdrawn.pk).update(status="withdrawn")
    for photo in (uuid4(), withdrawn.uuid):
        change = {"fields": {"attachments": {"from": [], "to": [{"uuid": str(uuid4()), "photo": str(photo)}]}}}
        with pytest.raises(Refused, match="library"):
            editing.edit(stored(story), change, by=rana.by, save=uuid4())


def test_a_picture_of_the_library_is_attached_with_its_figure_in_one_save(desk, make):
    story, rana, _omar = desk
    uuid = str(uuid4())
    row = {"uuid": uuid, "photo": str(make.photo().uuid), "role": "text", "caption": "At noon.", "alt": ""}
    rana.put("attachments", [row | {"decorative": False, "crop": [0, 0, 500, 500]}])
    rana.page.blocks.append(document.document([document.figure(uuid)])["content"][0])
    rana.save()
    assert stored(story).attachments.get().caption == "At noon."
    assert rana.save().fresh == editing.Fresh(False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("headline", 7),
        ("headline", ["a"]),
        ("subheads", "one"),
        ("subheads", [{}]),
        ("section", "world"),
        ("section", True),
        ("section", 10**30),
        ("section", 99_999),
        ("authors", [99_999]),
        ("authors", ["1"]),
        ("related", [None]),
        ("tags", [1]),
        ("tags", ["x"] * 201),
        ("tags", ["x" * 101]),
        ("attachments", [{}]),
        ("attachments", [{"uuid": "x", "photo": "y"}]),
        ("attachments", [{"uuid": str(uuid4()), "photo": str(uuid4()), "crop": [900, 0, 500, 1]}]),
        ("attachments", [{"uuid": str(uuid4()), "photo": str(uuid4()), "story": 1}]),
        ("kind", "gossip"),
        ("language", "fr"),
        ("version", 3),
        ("body", {}),
        ("started_by", 1),
    ],
)
def test_a_value_that_cannot_be_kept_is_refused_with_a_sentence(desk, name, value):
    story, rana, _omar = desk
    before = stored(story).body
    with pytest.raises((Refused, InvalidChange)) as refused:
        change = {"fields": {name: {"from": rana.page.fields.get(name), "to": value}}}
        editing.edit(stored(story), change, by=rana.by, save=uuid4())
    assert str(refused.value)
    assert stored(story).body == before


def test_characters_that_cannot_be_stored_are_let_go(desk):
    story, rana, _omar = desk
    change = {"fields": {"headline": {"from": rana.page.fields["headline"], "to": "A\x00 \ud800weir\u202e\nopens "}}}
    editing.edit(stored(story), change, by=rana.by, save=uuid4())
    assert stored(story).headline == "A weir opens"


# -- Who is here


def test_presence_says_who_is_here_and_forgets_the_silent(desk):
    story, rana, omar = desk
    ranas, omars = uuid4(), uuid4()
    assert sittings.sit(story, rana.by, ranas, "abc") == []
    (seen,) = sittings.sit(story, omar.by, omars, "headline")
    assert (seen.user, seen.block) == (rana.by, "abc")
    Sitting.objects.filter(token=ranas).update(last_seen=timezone.now() - timedelta(seconds=31))
    assert sittings.sit(story, omar.by, omars) == []
    sittings.leave(omars, user=rana.by)
    assert sittings.sit(story, rana.by, ranas)
    sittings.leave(omars, user=omar.by)
    assert sittings.sit(story, rana.by, ranas) == []
    with pytest.raises(Refused):
        sittings.sit(story, omar.by, ranas)


# -- All at once


@pytest.mark.django_db(transaction=True)
def test_ten_editors_at_once_lose_no_word(transactional_db, request):
    make = request.getfixturevalue("make")
    story = make.story(paragraphs=PARAGRAPHS)
    people = [make.editor() for _number in range(10)]

    def typing(number):
        try:
            tab, typed = Tab(story, people[number]), []
            for turn in range(5):
                word = f"word{number}x{turn}"
                place = (number * 3 + turn) % len(tab.page.blocks)
                if turn == 2:
                    tab.add(f"{word} in a paragraph of its own")
                elif turn == 3:
                    tab.put("summary", f"{tab.page.fields['summary']} {word}")
                else:
                    row = tab.words(place).split(" ")
                    row.insert((number + turn) % (len(row) + 1), word)
                    tab.write(" ".join(row), place)
                typed.append(word)
                tab.save()
            return typed
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        typed = [word for words in pool.map(typing, range(10)) for word in words]
    shown = f"{text(story)} {stored(story).summary}"
    shown += "".join(f"{clash.mine} {clash.theirs}" for clash in Clash.objects.open())
    assert len(typed) == 50
    assert [word for word in typed if word not in shown] == []
    assert stored(story).version == 1 + Save.objects.exclude(version=None).count()
