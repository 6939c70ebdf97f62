"""Copies: a story begun from another, in everything but its place among the others."""

from uuid import uuid4

import pytest

from articles.body import document
from articles.desk import bin as the_bin
from articles.desk import copies, sharing, stories
from articles.desk.errors import NotAllowed
from articles.models import AuditLine, Photo, Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(make):
    """A published story with a sibling, a share link, a note, pictures in the text and in a gallery."""
    places = [uuid4() for _number in range(4)]
    rows = [
        {"uuid": place, "photo": make.photo(), "role": role, "caption": f"Own {role}", "crop": [0, 0, 900, 900]}
        for place, role in zip(places, ("lead", "text", "gallery", "gallery"), strict=True)
    ]
    other = make.live_story("The other")
    blocks = [
        document.paragraph("It rained."),
        document.paragraph([document.text("as told", link=f"story:{other.uuid}")]),
        document.figure(places[1]),
        document.bullet_list(["One", "Two"]),
        document.gallery(places[2:], "The weir"),
    ]
    authors = [make.author("Leila Haddow"), make.author("Tomas Arran")]
    story = make.live_story(
        paragraphs=blocks,
        attachments=rows,
        authors=authors,
        tags=["Rivers", "Bridges"],
        related=[other],
        kind="analysis",
    )
    make.story(language="ar", sibling_key=story.sibling_key)
    sharing.make(story, by=None)
    stories.note(story, "Ask the lawyer", by=None)
    return story


def test_a_copy_has_everything_that_is_in_the_story(full, make):
    copy = copies.duplicate(full, by=make.reporter())
    for name in ("headline", "subheads", "kicker", "dateline", "summary", "kind", "section", "language"):
        assert getattr(copy, name) == getattr(full, name), name
    assert copy.signed_by() == full.signed_by()
    assert list(copy.tags.order_by("story_tags__id")) == list(full.tags.order_by("story_tags__id"))
    assert list(copy.related.all()) == list(full.related.all())
    assert document.text_of(copy.body) == document.text_of(full.body)
    assert document.links(copy.body) == document.links(full.body)


def test_a_copys_blocks_and_pictures_have_names_of_their_own_and_belong_together(full, make):
    copy = copies.duplicate(full, by=make.reporter())
    ids, theirs = ({block["attrs"]["id"] for block in story.body["content"]} for story in (copy, full))
    assert len(ids) == len(theirs)
    assert not ids & theirs
    shown = document.attachments(copy.body)
    rows = {str(row.uuid): row for row in copy.attachments.all()}
    assert [rows[uuid].role for uuid in shown] == ["text", "gallery", "gallery"]
    pairs = list(zip(copy.attachments.all(), full.attachments.all(), strict=True))
    for own, other in pairs:
        assert own.uuid != other.uuid
        for name in ("photo", "role", "caption", "alt", "decorative", "crop", "order"):
            assert getattr(own, name) == getattr(other, name), name
    assert Photo.objects.count() == len(pairs)


def test_a_copy_is_a_draft_that_stands_by_itself(full, make):
    user = make.reporter()
    copy = copies.duplicate(full, by=user)
    copy.refresh_from_db()
    assert (copy.status, copy.live_edition, copy.first_published_at, copy.path, copy.slug) == (
        "draft",
        None,
        None,
        "",
        "",
    )
    assert copy.started_by == user
    assert copy.changeable_by(user)
    assert not copy.siblings().exists()
    assert not copy.share_links.exists()
    assert not copy.editions.exists()
    assert [note.text for note in copy.notes.all()] == [f"Copied from “{full.headline}”."]
    line = AuditLine.objects.about(copy).get(kind="duplicate")
    assert (line.by, line.details) == (user, {"of": str(full.uuid)})
    stories.publish(copy, by=None)
    full.refresh_from_db()
    assert copy.path != full.path
    assert full.status == "published"


def test_what_is_changed_in_a_copy_leaves_the_story_alone(full, make):
    copy = copies.duplicate(full, by=None)
    stories.save(copy, by=None, body=document.empty(), attachments=[], headline="Another", tags=[])
    full.refresh_from_db()
    assert full.headline != "Another"
    assert full.attachments.count() == 4
    assert len(full.body["content"]) == 5


def test_an_empty_story_is_copied_too(make):
    copy = copies.duplicate(stories.start(language="ar", by=None), by=make.reporter())
    assert (copy.language, copy.headline, copy.body) == ("ar", "", document.empty())


def test_only_who_may_begin_stories_copies_one_and_none_out_of_the_bin(make):
    story = make.story()
    for user in (make.photo_editor(), make.person("")):
        with pytest.raises(NotAllowed):
            copies.duplicate(story, by=user)
    the_bin.put_in(story, by=None)
    with pytest.raises(NotAllowed, match="bin"):
        copies.duplicate(story, by=make.editor())
    assert Story.objects.count() == 1
