"""What may be done with a story, from first word to withdrawal."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import claims
from articles.body import document
from articles.desk import clock, photos, pixels, stories
from articles.desk.errors import NotAllowed, NotReady, Overtaken, Refused
from articles.models import AuditLine, Edition, Revision, Status, Story, Withdrawal
from articles.models.editions import Immutable
from tests.make import WORDS


def test_publishing_makes_an_edition_and_shows_it_to_readers(make):
    story = make.story(pictures=[make.photo()])
    edition = stories.publish(story, by=make.publisher())
    assert (edition.number, edition.is_live, edition.headline) == (1, True, story.headline)
    assert Story.objects.get().live_edition == edition
    assert story.status == Status.PUBLISHED


def test_readers_keep_the_last_edition_until_the_next_is_published(make):
    story, editor = make.live_story(), make.publisher()
    stories.save(story, by=editor, headline="The bridge opens on Tuesday")
    assert story.status == Status.DRAFT
    assert Edition.objects.live().get().headline == WORDS["en"]["headline"]
    stories.publish(story, by=editor)
    live = Edition.objects.live().get()
    assert (live.number, live.headline) == (2, "The bridge opens on Tuesday")
    assert story.editions.count() == 2


def test_an_edition_never_changes_after_it_is_made(make):
    edition = make.live_story().live_edition
    edition.headline = "Another"
    with pytest.raises(Immutable):
        edition.save()
    with pytest.raises(Immutable):
        Edition.objects.update(headline="Another")


def test_the_address_stays_as_it_was_first_published(make):
    story = make.live_story()
    path = story.path
    with pytest.raises(NotAllowed, match="address"):
        stories.save(story, by=None, slug="another")
    stories.save(story, by=None, headline="Another headline altogether")
    assert stories.publish(story, by=None).path == path


def test_two_stories_of_one_headline_and_day_have_two_addresses(make):
    first, second = make.live_story(), make.live_story()
    assert first.path == "/en/2024/11/22/the-bridge-opens-on-monday/"
    assert second.path == "/en/2024/11/22/the-bridge-opens-on-monday-2/"


def test_the_day_in_the_address_is_the_newsrooms_day(make):
    late = make.moment(13 * 60)  # 22:00 UTC is 1:00 of the next day in Damascus
    story = make.story()
    assert stories.publish(story, by=None, at=late - timedelta(days=1)).path.startswith("/en/2024/11/22/")


def test_content_alone_moves_the_modification_date(make):
    story = make.live_story()
    first = story.live_edition
    assert first.modified_at == first.first_published_at
    stories.withdraw(story, by=None, reason="legal")
    again = stories.publish(story, by=None)
    assert again.modified_at == first.modified_at
    stories.save(story, by=None, headline="Another")
    assert stories.publish(story, by=None).modified_at > first.modified_at


def test_publishing_what_has_not_changed_is_refused_in_a_sentence(make):
    story = make.live_story()
    with pytest.raises(NotAllowed, match="Nothing has changed since edition 1"):
        stories.publish(story, by=None)
    assert story.editions.count() == 1


def test_editions_are_chained_by_their_digests(make):
    story = make.live_story()
    stories.save(story, by=None, headline="Another")
    second = stories.publish(story, by=None)
    first = story.editions.get(number=1)
    assert second.previous_digest == first.digest
    assert len({first.digest, second.digest}) == 2


def test_a_publication_in_the_future_is_refused(make):
    story = make.story()
    with pytest.raises(Refused, match="future"):
        stories.publish(story, by=None, at=timezone.now() + timedelta(hours=1))
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ({"headline": ""}, "The story has no headline."),
        ({"body": document.empty()}, "The story has no text."),
    ],
)
def test_a_story_that_lacks_something_is_not_published(make, content, sentence):
    story = make.story(**content) if "headline" not in content else make.story(headline="")
    with pytest.raises(NotReady) as refusal:
        stories.publish(story, by=None)
    assert sentence in str(refusal.value)
    story.refresh_from_db()
    assert (story.status, story.path, story.live_edition) == (Status.DRAFT, "", None)


def test_the_gate_names_the_picture_without_alt_text(make):
    story = make.story(pictures=[make.photo(), make.photo(alt="")])
    with pytest.raises(NotReady, match=r"The second picture \(DSC_\d+.JPG\) has no alt text"):
        stories.publish(story, by=None)


def test_a_decorative_picture_needs_no_alt_text(make):
    story = make.story(pictures=[make.photo(alt="")])
    row = story.attachments.get()
    stories.save(
        story, by=None, attachments=[{"uuid": row.uuid, "photo": row.photo, "role": "lead", "decorative": True}]
    )
    edition = stories.publish(story, by=None)
    assert edition.edition_photos.get().alt == ""


def test_a_figure_that_lost_its_picture_is_not_published(make):
    lost = document.figure("11111111-1111-4111-8111-111111111111")
    story = make.story(paragraphs=["A line.", lost])
    with pytest.raises(NotReady, match="1 figure in the text has lost its picture"):
        stories.publish(story, by=None)


def test_captions_are_frozen_as_published(make):
    photo = make.photo(caption="As it was")
    edition = make.live_story(pictures=[photo]).live_edition
    from_library = edition.edition_photos.get()
    assert (from_library.caption, from_library.credit) == ("As it was", "Yusuf Tell")


def test_withdrawing_takes_a_story_off_and_keeps_the_reasons(make):
    story = make.live_story()
    stories.withdraw(story, by=make.publisher(), reason="legal", public_reason="A name was wrong.")
    assert not Edition.objects.live().exists()
    withdrawal = Withdrawal.objects.standing().get(path=story.path)
    assert (withdrawal.reason, withdrawal.public_reason) == ("legal", "A name was wrong.")
    assert (story.status, story.live_edition) == (Status.WITHDRAWN, None)


def test_withdrawing_needs_a_reason_and_a_live_edition(make):
    live, draft = make.live_story(), make.story()
    with pytest.raises(Refused, match="Say why"):
        stories.withdraw(live, by=None, reason=" ")
    with pytest.raises(NotAllowed, match="not live"):
        stories.withdraw(draft, by=None, reason="legal")


def test_publishing_again_lifts_a_withdrawal(make):
    story = make.live_story()
    stories.withdraw(story, by=None, reason="legal")
    stories.publish(story, by=None)
    assert not Withdrawal.objects.standing().exists()
    assert Edition.objects.live().get().number == 2


def test_saving_from_an_old_version_is_refused_and_names_who_was_quicker(make):
    story, noor = make.story(), make.editor(username="noor")
    began_from = story.version
    stories.save(story, by=noor, headline="Noor's headline")
    with pytest.raises(Overtaken, match="noor saved"):
        stories.save(story, by=make.editor(), version=began_from, headline="Mine")
    assert Story.objects.get().headline == "Noor's headline"


def test_saving_the_same_again_changes_nothing(make):
    story = make.story(pictures=[make.photo()])
    version = story.version
    assert not stories.save(story, by=None, headline=story.headline, tags=["Bridges"], body=story.body)
    assert story.version == version


def test_every_deed_leaves_a_line_in_the_audit_log(make):
    publisher = make.publisher(username="samir")
    story = make.story(by=publisher)
    stories.submit(story, by=publisher)
    stories.publish(story, by=publisher)
    stories.withdraw(story, by=publisher, reason="legal")
    lines = list(AuditLine.objects.about(story))
    assert [line.kind for line in lines] == ["withdraw", "publish", "submit", "start"]
    assert {line.by_name for line in lines} == {"samir"}


def test_every_move_keeps_a_revision(make):
    story, publisher = make.story(), make.publisher()
    stories.submit(story, by=publisher)
    stories.send_back(story, by=publisher, reason="Who pays?")
    stories.save(story, by=publisher, headline="Another")
    stories.publish(story, by=publisher)
    assert list(story.revisions.values_list("number", "reason")) == [(2, "publish"), (1, "submit")]
    assert Revision.objects.first().snapshot["headline"] == "Another"
    assert story.notes.get().text == "Who pays?"


def test_a_reporter_changes_own_stories_only(make):
    rana, dima = make.reporter(), make.reporter()
    story = make.story(by=rana)
    stories.save(story, by=rana, headline="Mine")
    with pytest.raises(NotAllowed, match="another's story"):
        stories.save(story, by=dima, headline="Not mine")
    signed = make.story(authors=[make.author("Dima", user=dima)])
    assert stories.save(signed, by=dima, headline="I sign it")


def test_the_question_on_one_row_and_on_many_gives_the_same_answer(make):
    people = [make.reporter(), make.reporter(), make.editor(), make.photo_editor()]
    written = [make.story(by=people[0]), make.story(authors=[make.author("D", user=people[1])]), make.story()]
    for person in people:
        many = set(Story.objects.changeable_by(person))
        assert many == {story for story in written if story.changeable_by(person)}


@pytest.mark.parametrize(
    ("role", "may"),
    [("reporter", False), ("photo", False), ("editor", False), ("front_editor", True), ("publisher", True)],
)
def test_who_may_publish(make, role, may):
    story = make.story()
    if may:
        stories.publish(story, by=make.person(role))
    else:
        with pytest.raises(NotAllowed):
            stories.publish(story, by=make.person(role))
    assert Edition.objects.exists() is may


def test_unknown_language_lists_the_ones_there_are(make):
    with pytest.raises(Refused, match="en, ar"):
        stories.start(language="fr", by=None)


def test_a_story_has_one_sibling_in_each_language(make):
    story = make.story()
    arabic = make.story(language="ar", sibling_key=story.sibling_key)
    assert list(story.siblings()) == [arabic]
    with pytest.raises(Refused, match="sibling"):
        stories.start(language="ar", by=None, sibling_key=story.sibling_key)


def test_renditions_are_public_only_while_a_live_edition_shows_the_photo(
    make, own_media, django_capture_on_commit_callbacks
):
    def lies_in(folder):
        return sorted(path.name for path in (own_media / folder / photo.token).glob("*"))

    with django_capture_on_commit_callbacks(execute=True):
        photo = make.photo()
        story = make.story(pictures=[photo])
    photo.refresh_from_db()
    made = lies_in("desk")
    assert made
    assert not lies_in("renditions")
    with django_capture_on_commit_callbacks(execute=True):
        stories.publish(story, by=None)
    assert (lies_in("renditions"), lies_in("desk")) == (made, [])
    with django_capture_on_commit_callbacks(execute=True):
        stories.withdraw(story, by=None, reason="legal")
    assert (lies_in("renditions"), lies_in("desk")) == ([], made)


def test_a_new_credit_gives_the_renditions_new_addresses(make, own_media, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        photo = make.photo()
        make.live_story(pictures=[photo])
    photo.refresh_from_db()
    old = photo.token
    with django_capture_on_commit_callbacks(execute=True):
        photos.describe(photo, by=None, credit="Lina Tell")
    photo.refresh_from_db()
    assert photo.token == old
    assert clock.beat(timezone.now() + claims.PATIENCE) == 1
    photo.refresh_from_db()
    assert photo.token != old
    assert list((own_media / "renditions" / photo.token).glob("*.jpg"))
    # A page in somebody's cache may still name the old ones: they go a week later.
    assert list((own_media / "renditions" / old).glob("*.jpg"))
    clock.beat(timezone.now() + pixels.KEPT)
    assert not list((own_media / "renditions" / old).glob("*"))


def test_reasons_hold_no_character_that_cannot_be_stored(make):
    story = make.live_story()
    stories.withdraw(story, by=None, reason="leg\0al", public_reason="An err\0or.")
    withdrawal = story.editions.get().withdrawals.get()
    assert (withdrawal.reason, withdrawal.public_reason) == ("legal", "An error.")
    assert stories.note(story, "Lo\0ok", by=None).text == "Look"


def test_a_withdrawn_story_is_taken_up_and_not_sent_back(make):
    story = make.live_story()
    stories.withdraw(story, by=None, reason="an error")
    with pytest.raises(NotAllowed, match="Withdrawn"):
        stories.send_back(story, by=make.editor(), reason="Again")
    story.refresh_from_db()
    assert story.status == Status.WITHDRAWN
    assert not story.notes.exists()
    stories.take_up(story, by=make.editor())


def test_a_story_in_review_is_sent_back_and_not_taken_up(make):
    story = make.story(by=make.reporter())
    stories.submit(story, by=story.started_by)
    with pytest.raises(NotAllowed, match="In review"):
        stories.take_up(story, by=story.started_by)
    story.refresh_from_db()
    assert story.status == Status.REVIEW


def test_a_story_has_at_most_fifty_tags_and_one_with_more_may_lose_some(make):
    story = make.story(tags=[])
    with pytest.raises(Refused, match="at most 50 tags"):
        stories.save(story, by=None, tags=[f"Tag {number}" for number in range(51)])
    stories.save(story, by=None, tags=[f"Tag {number}" for number in range(50)])
    for number in range(50, 60):
        story.story_tags.create(tag=make.tag(f"Tag {number}"))
    stories.save(story, by=None, tags=[f"Tag {number}" for number in range(58)])
    assert story.story_tags.count() == 58
