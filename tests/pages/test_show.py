"""What a page is made of, asked without a browser: previews, and questions whose SQL is kept."""

from datetime import timedelta
from uuid import uuid4

import pytest

from articles.body import document
from articles.desk import stories
from articles.models import Edition, Story
from articles.pages import show
from articles.pages.asking import ask
from articles.pages.spans import River, counts_in, newest_in
from articles.views import answers

pytestmark = pytest.mark.django_db


def test_a_preview_shows_the_working_copy_in_the_same_clothes(make):
    place = uuid4()
    picture = {"uuid": place, "photo": make.photo(caption="The gate."), "role": "text"}
    story = make.live_story("As published", paragraphs=["It rained.", document.figure(place)], attachments=[picture])
    published = show.story("en", 2024, 11, 22, story.slug)
    before = show.preview(Story.objects.get(pk=story.pk))
    for name in ("headline", "label", "subheads", "dateline", "body", "authors", "tags", "at", "minutes", "language"):
        assert getattr(before, name) == getattr(published, name), name
    assert [figure.caption for figure in before.figures.values()] == ["The gate."]
    stories.save(story, by=None, headline="As it will be")
    assert show.preview(Story.objects.get(pk=story.pk)).headline == "As it will be"
    assert show.story("en", 2024, 11, 22, story.slug).headline == "As published"


def test_a_preview_of_an_empty_draft_is_a_page_too(make):
    story = stories.start(language="ar", by=None)
    page = show.preview(story)
    html = answers.page("pages/story.html", {"page": page, "frame": page.frame}).content.decode()
    assert '<meta name="robots" content="noindex">' in html


def test_a_preview_never_names_the_public_folder(make):
    story = make.story(pictures=[make.photo()])
    page = show.preview(story)
    assert page.lead.picture.src.startswith("/admin/renditions/")


def ids(paths):
    return (
        Edition.objects.filter(path__in=paths).order_by("path").values_list("path", "story__uuid", "first_published_at")
    )


def test_a_kept_question_answers_what_the_queryset_answers(make):
    editions = make.many(5)
    for number in (1, 2, 5, 2):
        paths = tuple(edition.path for edition in editions[:number])
        assert ask(ids, paths) == list(ids(paths))


def test_spans_say_what_counting_each_of_them_would(make):
    author, tag = make.author(), make.tag()
    editions = make.many(40, author=author, tag=tag, apart=timedelta(hours=31))
    section, first = editions[0].section_id, editions[0].first_published_at
    spans = [(first - timedelta(days=days + 3), first - timedelta(days=days)) for days in range(0, 80, 3)]
    for river in (
        River("en"),
        River("en", section=section),
        River("en", tag=tag.pk),
        River("en", author=author.pk),
        River("ar", author=author.pk),
    ):
        held = [list(river.between(span)) for span in spans]
        assert counts_in(river, spans) == [len(rows) for rows in held]
        assert newest_in(river, spans) == [rows[0].first_published_at if rows else None for rows in held]
        assert [row.pk for row in river.newest(30)] == list(river.editions().values_list("pk", flat=True)[:30])
