"""The index: what readers and the newsroom find, kept true in the transaction that changes it.
Entries of working copies are written by `copies`.

An entry is written where its story changes, under the story's lock. The numbers of words, which everybody's stories
share, are written at the transaction's end and in one order, so that nobody waits for anybody in a ring.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import connection, models, transaction

from articles.models import (
    Author,
    Edition,
    EditionAuthor,
    EditionPhoto,
    EditionTag,
    Photo,
    PhotoStatus,
    SearchEntry,
    SearchState,
    SearchWord,
    Story,
    Tag,
)

from . import backend, copies, documents, names
from .documents import Document
from .folding import stem
from .places import place
from .spelling import parts_of

COLUMNS = ("pk", "story_id", "language", "section_id", "first_published_at", "snapshot")


@dataclass(slots=True)
class Counts:
    """What is to be added to the numbers of words, by word and run; and the photos whose words changed, for a batch
    changes hundreds and the stories that show them are asked for once."""

    found: dict[tuple[str, int], list] = field(default_factory=dict)
    photos: set[int] = field(default_factory=set)

    def add(self, document: Document, run: int, number: int) -> None:
        """Count a document `number` times more: 1, or -1 where it goes."""
        for word, shown in document.words.items():
            self._one(word, run, shown, number, word in document.high, word in document.top)
        for mark in document.marks:
            self._one(mark, run, mark, number, False, False)

    def _one(self, word: str, run: int, shown: str, number: int, is_high: bool, is_top: bool) -> None:
        row = self.found.setdefault((word, run), [shown, 0, 0, 0])
        row[1] += number
        row[2] += number * is_high
        row[3] += number * is_top

    def write(self) -> None:
        """Add all of it up in the database, words in their order."""
        if self.photos:
            copies.keep_showing(self.photos)
        rows = []
        for (word, run), (shown, *numbers) in sorted(self.found.items()):
            if any(numbers):
                is_mark = "=" in word
                parts = parts_of("" if is_mark else word)
                rows.append((word, run, word if is_mark else stem(word), shown, *parts.values(), *numbers))
        if rows:
            backend.current().counted(rows)


_gathered: ContextVar[Counts | None] = ContextVar("counts", default=None)


@contextmanager
def gathered() -> Iterator[Callable[[], None]]:
    """Gather the numbers of words inside the block; its last deed is to call what this gives, which writes them."""
    counts = Counts()
    token = _gathered.set(counts)
    try:
        yield counts.write
    finally:
        _gathered.reset(token)


# -- Following the verbs -----------------------------------------------------------------------------------------------


def standing(noun: models.Model) -> tuple:
    """How `noun` stands before a change, for `follow`."""
    if isinstance(noun, Photo):
        return (noun.status if noun.pk else "",)
    return (noun.version, noun.live_edition_id) if isinstance(noun, Story) and noun.pk else (0, None)


def follow(noun: models.Model, was: tuple) -> None:
    """Have `noun` found as it is now; `was` is how it stood before. Runs inside the transaction that changed it."""
    if isinstance(noun, Author | Tag):
        names.keep(noun)
    elif isinstance(noun, Photo):
        if was[0] and (was[0] == PhotoStatus.READY) != (noun.status == PhotoStatus.READY):
            keep_editions_with(noun)
    elif isinstance(noun, Story):
        version, edition = was
        if noun.version != version:
            copies.keep([noun])
        if noun.live_edition_id != edition:
            keep_editions([noun.pk])


def keep_editions(stories: Sequence[int]) -> None:
    """Have readers find the live editions of those stories, and no other of theirs. Their rows are locked."""
    outer = _gathered.get()
    counts = Counts() if outer is None else outer
    run = _hold_run()
    entries = SearchEntry.objects.select_for_update().filter(story__in=stories).order_by("pk")
    there = {entry.story_id: entry for entry in entries}
    # A line says itself what it was made without; counts are taken back as they were given.
    left_out = {entry.edition_id: documents.hidden_in(entry.told) for entry in there.values()}
    live = Edition.objects.live().filter(story__in=stories).order_by("pk").values_list(*COLUMNS)
    live = {row[1]: row for row in live}
    hidden = _hidden(list(live.values()))
    now = {row[0]: row for row in live.values()}
    read = dict(zip(now, _documents(list(now.values()), hidden), strict=True))
    same = {number for number, marks in left_out.items() if number in now and hidden.get(number, frozenset()) == marks}
    others = list(Edition.objects.filter(pk__in=left_out.keys() - same).order_by("pk").values_list(*COLUMNS))
    was = {number: read[number] for number in same}
    was |= {row[0]: document for row, document in zip(others, _documents(others, left_out), strict=True)}
    changed, added = [], []
    for story in stories:
        entry, row = there.get(story), live.get(story)
        if entry:
            counts.add(was[entry.edition_id], entry.run, -1)
        if row is None:
            continue
        counts.add(read[row[0]], run, 1)
        entry_now = SearchEntry(story_id=story, edition_id=row[0], told=read[row[0]].told, run=run)
        entry_now.key = entry.key if entry else place(row[4], story)
        (changed if entry else added).append(entry_now)
    SearchEntry.objects.filter(story__in=there.keys() - live.keys()).delete()
    if changed:
        SearchEntry.objects.bulk_update(changed, ["edition", "told", "run"])
    _add(added)
    names.keep_new({mark for row in live.values() for mark in read[row[0]].marks})
    if outer is None:
        counts.write()


def keep_editions_with(photo: Photo) -> None:
    """Have readers find the live editions that show `photo` by its caption only as long as they may see it."""
    rows = EditionPhoto.objects.filter(photo=photo, edition__is_live=True)
    stories = sorted(set(rows.values_list("edition__story_id", flat=True)))
    if stories:
        keep_editions(stories)


def keep_copies_with(photo: models.Model) -> None:
    """Have the newsroom find the stories that show `photo` by the words it has when the transaction ends."""
    outer = _gathered.get()
    if outer is None:
        copies.keep_showing({photo.pk})
    else:
        outer.photos.add(photo.pk)


def _hidden(rows: Sequence[tuple]) -> dict[int, frozenset[str]]:
    """The marks of the pictures in each edition of `rows` (of COLUMNS) that readers may not see now. One query, where
    there are pictures."""
    numbers = [row[0] for row in rows if row[-1].get("attachments")]
    found: dict[int, set[str]] = {}
    if numbers:
        kept_back = EditionPhoto.objects.filter(edition__in=numbers).exclude(photo__status=PhotoStatus.READY)
        for edition, uuid in kept_back.order_by("pk").values_list("edition_id", "photo__uuid"):
            found.setdefault(edition, set()).add(documents.hidden_mark(uuid))
    return {edition: frozenset(marks) for edition, marks in found.items()}


def _add(entries: Sequence[SearchEntry]) -> None:
    """Write new entries; a place that another has already goes to the next free one."""
    if not entries:
        return
    taken = set(SearchEntry.objects.filter(key__in=[entry.key for entry in entries]).values_list("key", flat=True))
    for entry in entries:
        while entry.key in taken:
            entry.key += 1
            if entry.key not in taken and SearchEntry.objects.filter(key=entry.key).exists():
                taken.add(entry.key)
        taken.add(entry.key)
    SearchEntry.objects.bulk_create(entries)


def _documents(rows: Sequence[tuple], hidden: Mapping[int, frozenset[str]]) -> list[Document]:
    """What the editions of `rows` (of COLUMNS) are found by without the captions of pictures that are `hidden` in them.
    Two queries."""
    if not rows:
        return []
    numbers = [row[0] for row in rows]
    marks: dict[int, list[str]] = {number: [] for number in numbers}
    for model, made in ((EditionAuthor, documents.author_mark), (EditionTag, documents.tag_mark)):
        column = "author_id" if model is EditionAuthor else "tag_id"
        for edition, pk in model.objects.filter(edition__in=numbers).order_by("pk").values_list("edition_id", column):
            marks[edition].append(made(pk))
    found = []
    for number, _story, language, section, _at, snapshot in rows:
        standing = [documents.language_mark(language)]
        standing += [documents.section_mark(section)] if section else []
        found.append(documents.of_edition(snapshot, standing + marks[number], hidden.get(number, ())))
    return found


def _hold_run() -> int:
    """The number of the last reindexing; none begins before this transaction ends."""
    asked = backend.current().hold_run()
    with connection.cursor() as cursor:
        cursor.execute(asked)
        row = cursor.fetchone()
        if row is None:
            SearchState.objects.get_or_create(pk=1)
            cursor.execute(asked)
            row = cursor.fetchone()
        return row[0]


# -- In bulk -----------------------------------------------------------------------------------------------------------


def keep_all(stories: Sequence[Story]) -> None:
    """Index those stories, with their live editions: for stories made past the verbs. One transaction."""
    with transaction.atomic():
        copies.keep(stories)
        keep_editions([story.pk for story in stories])


BATCH = 100  # stories that are locked together, for a fraction of a second


def keep_anew() -> Iterator[int]:
    """Index every story anew, while the newsroom works on; gives how many after each batch.

    Each story is read under its lock, so what a verb does with it comes before or after. A story that is locked at the
    moment is waited for by itself: two that each hold what the other wants would wait for ever. The numbers of words
    are counted from the beginning under another run, and meanwhile those of both runs add up.
    """
    with transaction.atomic():
        SearchState.objects.get_or_create(pk=1)
        run = SearchState.objects.select_for_update().get(pk=1).run + 1
        SearchState.objects.filter(pk=1).update(run=run)
    last = 0
    while numbers := list(Story.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        last = numbers[-1]
        busy = set(numbers) - _keep_locked(numbers, skip_locked=True)
        for number in sorted(busy):
            _keep_locked([number], skip_locked=False)
        yield len(numbers)
    with transaction.atomic():
        SearchWord.objects.filter(run__lt=run).delete()
        SearchWord.objects.filter(documents__lte=0).delete()
        names.forget()
    names.keep_all()


def _keep_locked(numbers: Sequence[int], *, skip_locked: bool) -> set[int]:
    """Index those stories, in one transaction; gives which could be locked."""
    skip = skip_locked and connection.features.has_select_for_update_skip_locked
    with transaction.atomic():
        stories = list(Story.objects.select_for_update(skip_locked=skip).filter(pk__in=numbers).order_by("pk"))
        keep_all(stories)
        return {story.pk for story in stories}
