"""Stories in bulk, for measuring: made past the verbs, with the rows that the verbs would leave behind."""

import gc
import io
import multiprocessing
import random
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime, timedelta

from django.db import connection, transaction
from PIL import Image

from articles.desk import photos
from articles.models import (
    Author,
    AuthorWords,
    Publication,
    Section,
    SectionWords,
    Story,
    Tag,
)
from articles.pages import stale
from articles.search import index

from .bulk import follow, without_indexes
from .load_rows import Rows, Tables, rows_of

BATCH = 2_000  # stories a transaction
INDEXED_AFTERWARDS = 100_000  # stories; a million more entries in each index, one by one, take longer than all else
CACHE_KILOBYTES = 400_000  # of SQLite's own, while a million stories' indexes grow
YEARS = 20  # they lie this far back
WORDS = {
    "en": "harbour river council market bridge ferry court school price water road tower night morning vote letter "
    "engine garden office worker report answer winter summer bread light station library cinema island",
    "ar": "مرفأ نهر مجلس سوق جسر عبارة محكمة مدرسة سعر ماء طريق برج ليل صباح تصويت رسالة محرك حديقة مكتب عامل تقرير "
    "جواب شتاء صيف خبز ضوء محطة مكتبة سينما جزيرة",
}


class Load:
    """What the stories of one load share: sections, authors, tags, pictures, and the dice."""

    def __init__(self, seed: int, newest: datetime):
        # What is there already counts too, so that the same seed may be used again to add more.
        self.seed = f"{seed}:{Story.objects.count()}"
        self.dice = random.Random(self.seed)
        self.vocabulary = {language: words.split() for language, words in WORDS.items()}
        self.newest = newest
        self.publication = Publication.objects.current()
        self.paragraphs = {language: [f"{self.words(language, 45)}." for _place in range(500)] for language in WORDS}
        with transaction.atomic():
            self.sections = list(Section.objects.all()) or [self._section(number) for number in range(8)]
            self.authors = [self._author(number) for number in range(40)]
            self.tags = {language: [self._tag(language, number) for number in range(200)] for language in WORDS}
        self.photos = [self._photo(number) for number in range(6)]
        self.tables: Tables | None = None  # as they are when the first story is made
        self.indexed = False

    def _section(self, number):
        section = Section.objects.create(slug=f"load-section-{number}", order=number)
        for language in WORDS:
            SectionWords.objects.create(section=section, language=language, name=f"Section {number}")
        return section

    def _author(self, number):
        author, made = Author.objects.get_or_create(slug=f"load-author-{number}")
        if made:
            for language in WORDS:
                AuthorWords.objects.create(author=author, language=language, name=f"Author {number}")
        return author

    def _tag(self, language, number):
        return Tag.objects.get_or_create(language=language, name=f"{self.words(language, 1)} {number}")[0]

    def _photo(self, number):
        picture = io.BytesIO()
        Image.linear_gradient("L").resize((1200, 800)).rotate(number * 60).convert("RGB").save(picture, "JPEG")
        picture.seek(0)
        return photos.take(picture, name=f"load-{number}.jpg", by=None, door="make_load")

    def words(self, language: str, count: int) -> str:
        return " ".join(self.chosen(language, count)).capitalize()

    def chosen(self, language: str, count: int) -> list[str]:
        """So many words, by the dice."""
        return self.dice.choices(self.vocabulary[language], k=count)

    def uuid(self) -> str:
        """A UUID of version 4 as 32 hexadecimal digits, which both databases take."""
        digits = f"{self.dice.getrandbits(128):032x}"
        return f"{digits[:12]}4{digits[13:16]}8{digits[17:]}"


def make(count: int, load: Load, *, indexed: bool = False) -> Iterator[int]:
    """Make `count` published stories, a batch a transaction; gives the number made after each. `indexed` for search,
    which takes some ten times as long."""
    load.tables, load.indexed = Tables(), indexed
    tables = load.tables.all()
    with roomy(), without_indexes(tables) if count >= INDEXED_AFTERWARDS else nullcontext():
        yield from batches(count, load)
        follow(*tables)


def batches(count: int, load: Load) -> Iterator[int]:
    """Make so many at a time. Two processes share the work: on PostgreSQL each works out and writes batches of its
    own, for each has a server to itself; on SQLite, which has one writer, one works out what the other writes."""
    asked = [(start, min(BATCH, count - start), count) for start in range(0, count, BATCH)]
    if len(asked) == 1 or "fork" not in multiprocessing.get_all_start_methods():
        for one in asked:
            yield _write(load, _rows(load, *one))
        return
    fork = multiprocessing.get_context("fork")
    alone = connection.vendor == "sqlite" or connection.in_atomic_block
    if not alone:
        connection.close()  # two processes cannot speak through one
    with fork.Pool(1 if alone else 2, _begin, [load]) as others:
        if not alone:
            yield from others.imap_unordered(_written_there, asked)
        else:
            coming = None
            for one in [*asked, None]:
                ready, coming = coming, one and others.apply_async(_rows_there, one)
                if ready:
                    yield _write(load, ready.get())
        others.close()
        others.join()


_there: Load | None = None  # in the other process


def _begin(load: Load) -> None:
    global _there
    _there = load
    gc.disable()


def _rows_there(*asked: int) -> Rows:
    return _rows(_there, *asked)


def _written_there(asked: tuple[int, int, int]) -> int:
    with roomy():
        return _write(_there, _rows_there(*asked))


def _rows(load: Load, start: int, size: int, count: int) -> Rows:
    """The rows of one batch: the same in whichever process, and after whichever other batch."""
    load.dice = random.Random(f"{load.seed}:{start}")
    load.tables.go_to(start)
    return rows_of(load, [_published_at(load, start + place, count) for place in range(size)])


def _write(load: Load, rows: Rows) -> int:
    """Write the rows, and give the number of stories."""
    with uncollected(), transaction.atomic():
        for name, table in vars(load.tables).items():
            table.write(rows[name])
        if load.indexed:
            index.keep_all(list(Story.objects.filter(pk__in=[row[0] for row in rows["stories"]])))
        # Past the verbs, so that nobody knows which pages; last, for one row says it, and others wait for that.
        stale.mark([], site=True)
    return len(rows["stories"])


@contextmanager
def roomy() -> Iterator[None]:
    """Room for the indexes in memory, no waiting for the disk, and no looking up of what each row refers to, which was
    made just before: what is only measured may be lost. On PostgreSQL only a superuser may leave the looking up."""
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            meanwhile = {"cache_size": -CACHE_KILOBYTES, "synchronous": 0, "foreign_keys": 0}
            before = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in meanwhile}
            begin, end = ([f"PRAGMA {name} = {value:d}" for name, value in of.items()] for of in (meanwhile, before))
        else:
            cursor.execute("""SELECT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user), EXISTS (
                SELECT FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals))""")
            may_leave_it, has_lz4 = cursor.fetchone()
            meanwhile = (
                {"synchronous_commit": "off"}
                | ({"session_replication_role": "replica"} if may_leave_it else {})
                # Made small by it, stories are written in two thirds of the time (docs/operators.md).
                | ({"default_toast_compression": "lz4"} if has_lz4 else {})
            )
            begin, end = (
                [f"SET {name} = {value}" for name, value in meanwhile.items()],
                [f"RESET {name}" for name in meanwhile],
            )
        for statement in begin:
            cursor.execute(statement)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for statement in end:
                cursor.execute(statement)


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for garbage meanwhile: new rows are none, and looking through them would take a sixth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _published_at(load: Load, place: int, count: int) -> datetime:
    """As many each day, and never two at one moment."""
    share = (place + load.dice.random()) / count
    return load.newest - timedelta(days=365 * YEARS * share) - timedelta(microseconds=place)
