"""Stories in bulk, for measuring: rows as the verbs leave them, the same for the same seed."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from articles.management import load
from articles.management.load_rows import Tables
from articles.models import Edition, EditionTag, Story
from articles.models.snapshots import digest_of, snapshot


def test_stories_of_a_load_are_live_and_read_like_any_other(make, client):
    call_command("make_load", stories=12)
    assert Edition.objects.live().count() == 12
    edition = Edition.objects.live().newest().first()
    assert edition.story.live_edition == edition
    page = client.get(edition.path)
    assert page.status_code == 200
    assert edition.headline in page.content.decode()


def test_a_bulk_edition_holds_what_publishing_would_have_kept(make):
    call_command("make_load", stories=3)
    for edition in Edition.objects.select_related("story"):
        kept, made = edition.snapshot, snapshot(edition.story, as_published=True)
        assert set(kept) == set(made)
        for name in ("headline", "body", "section", "tags", "sibling_key", "language"):
            assert kept[name] == made[name], name
        assert edition.digest == digest_of(kept, f"{edition.story.uuid}:1:")
        assert [row["photo"] for row in kept["attachments"]] == [row["photo"] for row in made["attachments"]]
        assert edition.edition_tags.filter(is_live=True).count() == 3
        assert edition.edition_authors.filter(is_live=True).count() == 2


def test_the_same_seed_makes_the_same_words(make):
    call_command("make_load", stories=4, seed=3)
    first = set(Story.objects.values_list("headline", flat=True))
    Edition.objects.all().delete()
    Story.objects.all().delete()
    call_command("make_load", stories=4, seed=3)
    assert set(Story.objects.values_list("headline", flat=True)) == first


def test_a_second_load_adds_to_the_first(make):
    call_command("make_load", stories=4, seed=1)
    call_command("make_load", stories=4, seed=1)
    assert Edition.objects.live().count() == 8


@pytest.mark.parametrize("number", [0, -5])
def test_a_number_that_makes_no_sense_is_refused(make, number):
    with pytest.raises(CommandError, match="1 or more"):
        call_command("make_load", stories=number)


def test_production_is_no_place_for_it(make, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        call_command("make_load", stories=1)
    assert not Story.objects.exists()


def test_what_is_written_after_a_load_gets_numbers_of_its_own(make):
    call_command("make_load", stories=3)
    assert make.story().pk > max(Edition.objects.values_list("story", flat=True))


@pytest.mark.django_db(transaction=True)
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_batches_that_another_process_works_out_have_each_story_once(make, monkeypatch):
    monkeypatch.setattr("articles.management.load.BATCH", 3)
    for stories in (10, 7):
        call_command("make_load", stories=stories)
    assert Edition.objects.live().count() == Story.objects.count() == 17
    assert Story.objects.values("headline").distinct().count() == 17
    assert set(EditionTag.objects.values_list("edition").annotate(n=Count("pk")).values_list("n", flat=True)) == {3}
    assert make.live_story().live_edition_id > 17


@pytest.mark.django_db(transaction=True)
def test_the_indexes_of_a_large_load_are_built_afterwards_and_also_when_it_is_broken_off(make, monkeypatch):
    monkeypatch.setattr("articles.management.load.INDEXED_AFTERWARDS", 3)
    before = indexes()
    call_command("make_load", stories=2)
    assert indexes() == before
    writing = load.make(3, load.Load(1, timezone.now()))
    next(writing)
    assert len(indexes()) < len(before)
    writing.close()
    assert indexes() == before
    call_command("make_load", stories=3)
    assert indexes() == before
    assert Edition.objects.live().count() == 8


def indexes():
    with connection.cursor() as cursor:
        found = [(table.name, connection.introspection.get_constraints(cursor, table.name)) for table in Tables().all()]
    return {(table, name) for table, named in found for name in named}
