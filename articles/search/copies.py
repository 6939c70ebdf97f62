"""Working copies found by words: headline, text, captions, tags, authors, as they are now."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from articles.models import Attachment, Caption, DeskEntry, SearchName, Story, StoryTag
from articles.models.stories import Byline

from . import backend, documents, names, question
from .expressions import Beginning, Expression, all_of, any_of
from .folding import stems, without_article

NAMES = 200  # authors and tags whose names hold a word
CAPTION = ("photo_id", "language", "text", "alt")


def matching(stories: QuerySet[Story], text: str) -> QuerySet[Story]:
    """Those of `stories` in which every word of `text` begins a word, or is a form of one. No words: no stories.

    One query, before the one that is given.
    """
    words = list(dict.fromkeys(word for one in question.read(text) for word in one.folded))
    if not words:
        return stories.none()
    marks = _marks(words)
    sql, given = backend.current().stories(all_of(_held(word, marks.get(word, [])) for word in words))
    return stories.filter(pk__in=RawSQL(sql, given))


def _held(word: str, marks: list[str]) -> Expression:
    begun = dict.fromkeys((word, without_article(word))) if len(word) >= question.SHORTEST else ()
    return any_of([*map(Beginning, begun), *stems(word), *marks])


def _marks(words: list[str]) -> dict[str, list[str]]:
    """The marks of the authors and tags whose names hold each word. One query."""
    asked = Q()
    for word in words:
        asked |= Q(word__gte=word, word__lt=word + "\U0010ffff") | Q(stem__in=stems(word))
    found: dict[str, list[str]] = {}
    rows = SearchName.objects.filter(asked).order_by("mark", "word").values_list("word", "stem", "mark")
    for other, its_stem, mark in rows[:NAMES]:
        for word in words:
            if other.startswith(word) or its_stem in stems(word):
                found.setdefault(word, []).append(mark)
    return found


# -- Kept as they are now ----------------------------------------------------------------------------------------------


def keep(stories: Iterable[Story]) -> None:
    """Have the newsroom find those working copies as they are now: words, captions, tags, authors. Some five queries,
    and nothing is written where no word came or went."""
    held = {story.pk: story for story in stories}
    there = dict(DeskEntry.objects.filter(story__in=held).values_list("story_id", "told"))
    marks: dict[int, list[str]] = {number: [] for number in held}
    for story, author in Byline.objects.filter(story__in=held).order_by("author").values_list("story_id", "author_id"):
        marks[story].append(documents.author_mark(author))
    tagged = StoryTag.objects.filter(content_object__in=held).order_by("tag").values_list("content_object_id", "tag_id")
    for story, tag in tagged:
        marks[story].append(documents.tag_mark(tag))
    words = _words_of_pictures(held)
    changed = []
    for number, story in held.items():
        told = documents.of_copy([*_texts(story), *words.get(number, [])], marks[number])
        if there.get(number) != told:
            changed.append(DeskEntry(story_id=number, told=told))
    new = {mark for entry in changed for mark in marks[entry.story_id] if f" {mark} " not in there.get(entry.pk, "")}
    if changed:
        DeskEntry.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["story"], update_fields=["told"], batch_size=200
        )
        names.keep_new(new)


def keep_showing(photos: Iterable[int]) -> None:
    """Have the newsroom find the working copies that show any of those photos by the words these have now."""
    shown = Attachment.objects.filter(photo__in=photos).values("story")
    stories = list(Story.objects.filter(pk__in=shown).order_by("pk"))
    if stories:
        keep(stories)


def _texts(story: Story) -> list[str]:
    state = {name: getattr(story, name) for name in (*("headline", "short_headline", "kicker", "subheads", "summary"),)}
    state |= {"dateline": story.dateline, "body": story.body}
    return [*documents.headlines(state), *documents.head(state), *documents.text(state), story.slug]


def _words_of_pictures(stories: Iterable[int]) -> dict[int, list[str]]:
    """The captions and alt texts of stories' pictures: their own, else the library's."""
    found: dict[int, list[str]] = {}
    columns = ("story_id", "story__language", "photo_id", "caption", "alt")
    rows = list(Attachment.objects.filter(story__in=list(stories)).order_by("pk").values_list(*columns))
    if not rows:
        return found
    library = Caption.objects.filter(photo__in={row[2] for row in rows}, is_current=True)
    library = {(photo, language): words for photo, language, *words in library.values_list(*CAPTION)}
    for story, language, photo, caption, alt in rows:
        text, other = library.get((photo, language), ("", ""))
        found.setdefault(story, []).extend([caption or text, alt or other])
    return found
