"""The index: what readers find follows every verb in its own transaction, and indexing anew disturbs nobody."""

import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from articles.desk import photos, stories
from articles.desk.changing import changing
from articles.management.load import Load
from articles.management.load import make as make_stories
from articles.models import DeskEntry, Edition, SearchEntry, SearchName, SearchState, SearchWord, Story
from articles.search import index
from articles.search.engine import search
from articles.search.places import place


def found(text):
    return {hit.edition for hit in search(text, most=100).hits}


def counted():
    """The numbers of all words that stand anywhere, as they are and as a count from the beginning makes them."""
    rows = SearchWord.objects.exclude(documents=0).values_list("word", "documents", "leads", "headlines")
    kept = {word: numbers for word, *numbers in rows}
    live = list(Edition.objects.live().values_list(*index.COLUMNS))
    counts = index.Counts()
    for document in index._documents(live, index._hidden(live)):
        counts.add(document, 0, 1)
    return kept, {word: row[1:] for (word, _run), row in counts.found.items()}


def test_what_readers_find_follows_every_verb(make):
    story = make.story("Sluices fail", tags=["Floods"])
    assert found("sluices") == set()
    first = stories.publish(story, by=None)
    assert found("sluice") == {first.pk}
    stories.save(story, by=None, headline="Locks fail")
    assert found("locks") == set()
    assert found("sluices") == {first.pk}
    second = stories.publish(story, by=None)
    assert found("locks") == {second.pk}
    assert found("sluices") == set()
    stories.withdraw(story, by=None, reason="legal")
    assert found("locks") == set()
    stories.take_up(story, by=None)
    assert found("locks") == set()
    third = stories.publish(story, by=None)
    assert found("locks") == found("floods") == {third.pk}
    assert SearchEntry.objects.get().key == place(story.first_published_at, story.pk)


def test_a_publish_that_fails_is_not_found(make):
    story = make.story("Sluices fail")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        stories.publish(story, by=None)
        assert found("sluices")
        raise ZeroDivisionError
    assert found("sluices") == set()
    assert SearchEntry.objects.count() == SearchWord.objects.count() == 0


def test_the_numbers_of_words_are_those_of_live_editions_whatever_the_desk_does(make):
    one = make.live_story("Gates of the weir", tags=["Floods"])
    two = make.live_story("Gates and gates", section=make.section("city"))
    stories.save(one, by=None, headline="Locks of the weir", tags=["High water"])
    stories.publish(one, by=None)
    stories.withdraw(two, by=None, reason="legal")
    stories.take_up(two, by=None)
    stories.publish(two, by=None)
    stories.withdraw(one, by=None, reason="legal")
    kept, anew = counted()
    assert kept == anew
    assert "locks" not in kept
    assert kept["gates"] == [1, 1, 1]
    stories.withdraw(two, by=None, reason="legal")
    assert counted() == ({}, {})


def test_two_stories_of_one_moment_each_have_a_place(make):
    one, two = (make.live_story(f"Number {number}", at=make.moment()) for number in (1, 2))
    entry, other = SearchEntry.objects.get(story=one), SearchEntry.objects.get(story=two)
    assert other.key == entry.key + 1
    three = make.live_story("Number 3")
    edition = three.live_edition_id
    SearchEntry.objects.filter(story=three).delete()
    index._add([SearchEntry(key=entry.key, story=three, edition_id=edition, told=" number ", run=0)])
    assert SearchEntry.objects.get(story=three).key == other.key + 1


def test_a_story_deleted_for_good_leaves_both_indexes(make):
    story = make.story("Sluices fail")
    assert DeskEntry.objects.filter(story=story).exists()
    story.delete()
    assert not DeskEntry.objects.exists()


def test_indexing_anew_makes_the_same_of_nothing_and_of_what_is_there(make):
    make.live_story("Gates of the weir", authors=[make.author("Omar Said")])
    withdrawn = make.live_story("Sluices fail")
    stories.withdraw(withdrawn, by=None, reason="legal")
    make.story("A draft")
    before = list(SearchEntry.objects.values_list("key", "edition", "told"))
    copies = list(DeskEntry.objects.order_by("pk").values_list("pk", "told"))
    for spoil in (lambda: None, lambda: [one.objects.all().delete() for one in (SearchEntry, SearchWord, SearchName)]):
        spoil()
        call_command("reindex")
        assert list(SearchEntry.objects.values_list("key", "edition", "told")) == before
        assert list(DeskEntry.objects.order_by("pk").values_list("pk", "told")) == copies
        kept, anew = counted()
        assert kept == anew
        assert found("omar said") == found("gates")
        assert found("sluices") == set()
        assert SearchWord.objects.values_list("run", flat=True).distinct().get() == SearchState.objects.get().run


def test_what_is_published_and_withdrawn_while_all_is_indexed_anew_is_found_as_it_stands(make, monkeypatch):
    monkeypatch.setattr(index, "BATCH", 2)
    early, late, gone = (make.live_story(f"Gates {number}") for number in range(3))
    rest = [make.live_story(f"Gates again {number}") for number in range(3)]
    running = index.keep_anew()
    next(running)  # early and late are done
    stories.withdraw(early, by=None, reason="legal")
    stories.withdraw(gone, by=None, reason="legal")
    new = make.live_story("Gates of tomorrow")
    next(running)
    stories.save(late, by=None, headline="Gates, corrected")
    stories.publish(late, by=None)
    assert len(found("gates")) == 5
    for _batch in running:
        pass
    live = {Story.objects.get(pk=one.pk).live_edition_id for one in (late, new, *rest)}
    assert found("gates") == live
    kept, anew = counted()
    assert kept == anew


@pytest.mark.django_db(transaction=True)
def test_indexing_anew_waits_for_nobody_but_the_story_it_is_at(transactional_db, make):
    if connection.vendor != "postgresql":
        return  # SQLite has one writer at a time, whoever it is
    held, other = make.live_story("Gates one"), make.live_story("Gates two")
    done = threading.Event()

    def reindex():
        try:
            for _batch in index.keep_anew():
                pass
            done.set()
        finally:
            connection.close()

    thread = threading.Thread(target=reindex)
    with changing(held, "save", by=None):
        thread.start()
        stories.withdraw(other, by=None, reason="legal")
        held.headline = "Gates three"
        held.version += 1
    thread.join(20)
    assert done.is_set()
    assert len(found("gates")) == 1


def test_a_load_is_found(make):
    for _number in make_stories(6, Load(1, timezone.now()), indexed=True):
        pass
    assert SearchEntry.objects.count() == DeskEntry.objects.count() == 6
    kept, anew = counted()
    assert kept == anew


def test_the_caption_of_a_picture_that_readers_may_not_see_finds_nothing(make):
    photo = make.photo(caption="Zebras at the quay.")
    story = make.live_story("Gates hold", pictures=[photo])
    edition = story.live_edition
    assert found("zebras") == {edition.pk}
    assert "<mark>Zebras</mark>" in search("zebras").hits[0].snippet
    photos.withdraw(photo, by=None, reason="legal")
    assert found("zebras") == found("zebra") == set()
    assert search("zebrsa").suggestion == ""
    assert found("gates") == {edition.pk}
    assert "Zebras" not in search("gates").hits[0].snippet
    kept, anew = counted()
    assert kept == anew
    assert "zebras" not in kept
    photos.bring_back(photo, by=None)
    assert found("zebras") == {edition.pk}
    kept, anew = counted()
    assert kept == anew
    photos.describe(photo, by=None, usable_until=timezone.now() - timedelta(days=1))
    assert found("zebras") == set()
    call_command("reindex")
    assert found("zebras") == set()
    stories.withdraw(story, by=None, reason="legal")
    assert counted() == ({}, {})
