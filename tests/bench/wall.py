"""The photo desk's wall with a hundred thousand pictures, beside one with a thousand: queries and milliseconds."""

import random
import statistics
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.desk import findable
from articles.models import (
    Attachment,
    Author,
    AuthorWords,
    Byline,
    Caption,
    Collection,
    CollectionPhoto,
    Photo,
    PhotoWords,
    Role,
    Section,
    SectionWords,
    Story,
    StoryTag,
    Tag,
)
from articles.models.photos import new_token

from .measures import figure

FEW, MANY = 1_000, 100_000
MOST_TIMES = 1.3
BATCH = 2_000
RUNS = 25
WORDS = (
    *("harbour", "river", "council", "market", "bridge", "ferry", "court", "school", "price", "water", "road", "tower"),
    *("night", "morning", "vote", "letter", "engine", "garden", "office", "worker", "report", "answer", "winter"),
    *("summer", "bread", "light", "station", "library", "cinema", "island", "مرفأ", "نهر", "مجلس", "سوق", "جسر"),
)
WALL = "/admin/articles/photo/"
YARDSTICK = "/admin/articles/section/"  # a page of the desk that no picture makes slower
# What is looked at, and whether the bar is for it: a search reads every picture's words, and is told for information.
PAGES = {
    "the wall": ("", True),
    "its second page": ("older", True),
    "a page in the middle": ("middle", True),
    "no caption": ("needs=caption", True),
    "no credit": ("needs=credit", True),
    "expiring soon": ("needs=expiring", True),
    "picked": ("rated=picked", True),
    "mine": ("which=mine", True),
    "never used": ("which=unused", True),
    "of a section": ("section=wall-0", True),
    "a search with many hits": ("q=bridge", False),
    "a search with two words": ("q=bridge+6%3A77", False),
    "a search with none": ("q=xylophone", False),
}


def wall(folder: Path) -> Iterator[dict]:
    """Pages of the wall at 1,000 and at 100,000 pictures: queries, milliseconds, and how many times as long."""

    settings.ALLOWED_HOSTS = ["*"]
    dice = random.Random(7)
    client = Client()
    person = User.objects.create_user("wall", is_staff=True)
    person.groups.add(Group.objects.get(name="photo"))
    client.force_login(person)
    fill(FEW, person, dice)
    few = {name: measured(client, query) for name, (query, _bar) in PAGES.items()}
    fill(MANY - FEW, person, dice)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as PostgreSQL does by itself, and `manage.py` may on SQLite
    again = {name: measured(client, query) for name, (query, _bar) in PAGES.items()}
    for name, (_query, has_bar) in PAGES.items():
        (queries, before, weight_before), (now_queries, now, weight_now) = few[name], again[name]
        yield figure(f"wall, {name}, queries, {MANY:,} pictures", now_queries, queries, most=True, form="{:.0f}")
        yield figure(f"wall, {name}, milliseconds, {FEW:,} pictures", before * 1000, None, form="{:.1f}")
        yield figure(f"wall, {name}, milliseconds, {MANY:,} pictures", now * 1000, None, form="{:.1f}")
        bar, times = MOST_TIMES if has_bar else None, weight_now / weight_before
        yield figure(f"wall, {name}, {MANY:,} beside {FEW:,}", times, bar, most=True, form="{:.2f}")


def measured(client: Client, query: str) -> tuple[int, float, float]:
    """Queries, the seconds of the fastest of RUNS, and how many times as long as the YARDSTICK it takes: that page is
    asked for in between, so that what else the machine does meets both."""
    if query == "older":
        query = client.get(WALL).context_data["wall_pager"]["older"].removeprefix("?")
    elif query == "middle":
        middle = Photo.objects.order_by("pk")[Photo.objects.count() // 2]
        query = f"older={int(middle.created_at.timestamp() * 1_000_000)}-{middle.pk}"
    client.get(f"{WALL}?{query}")
    with CaptureQueriesContext(connection) as captured:
        client.get(f"{WALL}?{query}")
        queries = len(captured)
    times, weights = [], []
    for _run in range(RUNS):
        began = time.perf_counter()
        answer = client.get(f"{WALL}?{query}")
        times.append(time.perf_counter() - began)
        client.get(YARDSTICK)
        weights.append(times[-1] / (time.perf_counter() - began - times[-1]))
        if answer.status_code != 200:
            raise SystemExit(f"{query} answered {answer.status_code}: nothing was measured.")
    return queries, min(times), statistics.median(weights)


def fill(number: int, person: User, dice: random.Random) -> None:
    """`number` pictures more, made past the verbs with the rows that the verbs would leave. Of whatever is asked for
    there are enough to fill a page from the first thousand on."""
    stories = list(Story.objects.filter(slug__startswith="wall-")) or _stories(dice)
    there = Photo.objects.count()
    # They came in one after the other over years, whatever the clock says now.
    Photo._meta.get_field("created_at").auto_now_add = False
    days = Collection.objects.get_or_create(name="A day of the wall")[0]
    for start in range(0, number, BATCH):
        rows = []
        for place in range(there + start, there + min(number, start + BATCH)):
            rows.append(_photo(place, person, dice))
        Photo.objects.bulk_create(rows)
        captions = [
            Caption(photo=row, language=language, text=_words(dice, 18), alt=_words(dice, 6))
            for row in rows
            if row.has_caption
            for language in ("en", "ar")
        ]
        Caption.objects.bulk_create(captions)
        said = {}
        for one in captions:
            said.setdefault(one.photo_id, []).append(one)
        PhotoWords.objects.bulk_create(
            PhotoWords(photo=row, told=findable.words_of(row, said.get(row.pk, []))[0]) for row in rows
        )
        Attachment.objects.bulk_create(
            Attachment(story=dice.choice(stories), photo=row, role=Role.TEXT) for row in rows if row.pk % 2
        )
        CollectionPhoto.objects.bulk_create(CollectionPhoto(collection=days, photo=row) for row in rows[:5])


def _photo(place: int, person: User, dice: random.Random) -> Photo:
    is_whole = place % 10 > 0
    return Photo(
        original=f"wall/{place}.jpg",
        original_name=f"DSC_{place}.JPG",
        format="jpeg",
        size=4_000_000,
        width=6000 + place % 3,
        height=4000,
        digest=f"{place:064x}",
        headline=_words(dice, 4),
        creator=_words(dice, 2),
        credit=_words(dice, 3) if is_whole else "",
        rights="staff" if is_whole else "",
        city=_words(dice, 1),
        keywords=[_words(dice, 1) for _place in range(5)],
        has_caption=is_whole,
        has_alt=is_whole,
        rating=int(place % 10 == 1),
        created_at=timezone.now() - timedelta(minutes=30 * (MANY - place)),
        usable_until=timezone.now() + timedelta(days=3 if place % 10 == 2 else 90) if place % 10 in (2, 3) else None,
        metadata={"exif": {f"Tag {number}": _words(dice, 3) for number in range(60)}},
        token=new_token(),
        formats={"jpeg": [320, 640, 1280]},
        uploaded_by=person if place % 10 == 4 else None,
    )


def _stories(dice: random.Random) -> list[Story]:
    rows = []
    for number in range(4):
        section = Section.objects.create(slug=f"wall-{number}")
        SectionWords.objects.create(section=section, language="en", name=f"Section {number}")
        author = Author.objects.create(slug=f"wall-{number}")
        AuthorWords.objects.create(author=author, language="en", name=f"Author {number}")
        tag = Tag.objects.create(language="en", name=f"Tag {number}")
        for place in range(25):
            story = Story.objects.create(
                language="en", slug=f"wall-{number}-{place}", headline="A story", section=section
            )
            Byline.objects.create(story=story, author=author)
            StoryTag.objects.create(content_object=story, tag=tag)
            rows.append(story)
    return rows


def _words(dice: random.Random, count: int) -> str:
    return " ".join(dice.choices(WORDS, k=count))
