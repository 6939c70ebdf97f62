"""Things to test with, made as the newsroom makes them: through the verbs of the desk, with every gate passed.

`make.story()` is a draft that could be published as it stands; `make.live_story()` has been. Everything has a default,
so that a test says only what it is about.
"""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import count
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, User
from PIL import Image

from articles.body import document
from articles.desk import captions, photos, stories
from articles.models import (
    Author,
    AuthorWords,
    Edition,
    EditionAuthor,
    EditionTag,
    Publication,
    Rights,
    Section,
    SectionWords,
    Story,
    Tag,
)
from articles.models.snapshots import digest_of

# Words of the defaults, by language: what a test does not name is in the story's language all the same.
WORDS = {
    "en": {
        "headline": "The bridge opens on Monday",
        "subheads": ["It was closed for a year", "Buses go first"],
        "kicker": "Roads",
        "summary": "After a year of repairs the bridge carries traffic again.",
        "dateline": "Marsana",
        "paragraph": "The bridge opens on Monday at six in the morning, the council says.",
        "caption": "The bridge at noon.",
        "alt": "A stone bridge over a brown river",
        "author": "Leila Haddow",
        "tag": "Bridges",
    },
    "ar": {
        "headline": "الجسر يُفتح الاثنين",
        "subheads": ["أُغلق عامًا كاملًا", "الحافلات أوّلًا"],
        "kicker": "الطرق",
        "summary": "بعد عام من الترميم يعود الجسر إلى حركة السير.",
        "dateline": "مرسانة",
        "paragraph": "يُفتح الجسر يوم الاثنين عند السادسة صباحًا، بحسب المجلس.",
        "caption": "الجسر عند الظهر.",
        "alt": "جسر من حجر فوق نهر بنّيّ",
        "author": "ليلى حدّو",
        "tag": "الجسور",
    },
}
SECTION_NAMES = {"world": {"en": "World", "ar": "العالم"}, "city": {"en": "City", "ar": "المدينة"}}


class Make:
    """The factories. One for each test: its numbers begin at 1 and its moments at noon of one day."""

    def __init__(self):
        self.numbers = count(1)

    # -- The outlet and its people

    def publication(self, **fields):
        """The outlet's row, in Damascus time; `fields` change it."""
        row = Publication.objects.current()
        defaults = {
            "names": {"en": "The Daybook", "ar": "الدفتر"},
            "taglines": {"en": "Marsana, day by day", "ar": "مرسانة يومًا بيوم"},
            "time_zone": "Asia/Damascus",
        }
        for name, value in ({} if row.pk else defaults).items():
            setattr(row, name, value)
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
        return row

    def person(self, role="editor", **fields):
        """An account in the group of `role` (a key of `articles.roles.ROLES`; "" for none), who may sign in."""
        number = next(self.numbers)
        user = User.objects.create_user(
            fields.pop("username", f"{role or 'nobody'}-{number}"),
            password=fields.pop("password", "newsroom"),
            is_staff=fields.pop("is_staff", True),
            **fields,
        )
        if role:
            user.groups.add(Group.objects.get(name=role))
        return user

    def reporter(self, **fields):
        return self.person("reporter", **fields)

    def photo_editor(self, **fields):
        return self.person("photo", **fields)

    def editor(self, **fields):
        return self.person("editor", **fields)

    def front_editor(self, **fields):
        return self.person("front_editor", **fields)

    def publisher(self, **fields):
        return self.person("publisher", **fields)

    def administrator(self, **fields):
        return self.person("administrator", **fields)

    # -- What stories are filed under

    def section(self, slug="world", *, order=0, names=None, description=""):
        """The section of that slug; made, with `names` by language, where there is none yet."""
        row, made = Section.objects.get_or_create(slug=slug, defaults={"order": order})
        if made:
            names = names or SECTION_NAMES.get(slug) or {"en": slug.title(), "ar": f"قسم {slug}"}
            for language, name in names.items():
                SectionWords.objects.create(section=row, language=language, name=name, description=description)
        return row

    def author(self, name="", *, language="en", slug="", role="", biography="", user=None, **other_names):
        """A person in a byline; `other_names` are names in other languages: `make.author("Leila", ar="ليلى")`."""
        name = name or WORDS[language]["author"]
        known = Author.objects.filter(words__name=name).first()
        if known:
            return known
        row = Author.objects.create(slug=slug or f"author-{next(self.numbers)}", user=user)
        AuthorWords.objects.create(author=row, language=language, name=name, role=role, biography=biography)
        for other, words in other_names.items():
            AuthorWords.objects.create(author=row, language=other, name=words)
        return row

    def tag(self, name="", *, language="en"):
        return Tag.objects.get_or_create(language=language, name=name or WORDS[language]["tag"])[0]

    # -- Pictures

    def picture_file(self, width=640, height=400, format="JPEG", **save):
        """A picture file in memory, of a colour no other has had: no two have the same digest."""
        number = next(self.numbers)
        colours = ((40 + number * 37) % 200, (90 + number * 61) % 200, (number * 13) % 256)
        picture = Image.new("RGB", (width, height), colours)
        picture.paste((240, 240, number % 250), (width // 4, height // 4, width // 2, height // 2))
        file = BytesIO()
        picture.save(file, format, **save)
        file.seek(0)
        return file

    def photo(
        self, *, by=None, language="en", caption=None, alt=None, credit="Yusuf Tell", width=640, height=400, **facts
    ):
        """A photo in the library, cleared, with a caption and alt text in `language` (give "" for none)."""
        file = self.picture_file(width, height)
        given = {"credit": credit, "rights": Rights.STAFF} | facts
        photo = photos.take(file, name=f"DSC_{next(self.numbers):04}.JPG", by=by, **given)
        caption = WORDS[language]["caption"] if caption is None else caption
        alt = WORDS[language]["alt"] if alt is None else alt
        if caption or alt:
            captions.caption(photo, language, by=by, text=caption, alt=alt)
        return photo

    # -- Stories

    def story(self, headline=None, *, language="en", by=None, paragraphs=None, pictures=(), **content):
        """A draft that passes every gate.

        `paragraphs` are strings or blocks made with `articles.body.document`; `pictures` are photos, the first one
        the lead. Everything else goes to `stories.start` as it is.
        """
        words = WORDS[language]
        blocks = [
            document.paragraph(one) if isinstance(one, str) else one for one in paragraphs or [words["paragraph"]]
        ]
        given = {
            "headline": words["headline"] if headline is None else headline,
            "subheads": words["subheads"],
            "kicker": words["kicker"],
            "summary": words["summary"],
            "dateline": words["dateline"],
            "body": document.document(blocks),
            "section": content["section"] if "section" in content else self.section(),
            "authors": content["authors"] if "authors" in content else [self.author(language=language)],
            "tags": [words["tag"]],
        } | content
        if pictures:
            given["attachments"] = [
                {"uuid": uuid4(), "photo": photo, "role": "text" if place else "lead"}
                for place, photo in enumerate(pictures)
            ]
        return stories.start(language=language, by=by, **given)

    def moment(self, minutes=0, *, day=datetime(2024, 11, 22, 9, 0, tzinfo=UTC)):
        """A moment of 22 November 2024: 9:00 UTC, noon in Damascus, and `minutes` later."""
        return day + timedelta(minutes=minutes)

    def live_story(self, headline=None, *, at=None, **content):
        """A story that readers read, first published at `at` (by default each a minute after the one before)."""
        story = self.story(headline, **content)
        stories.publish(story, by=None, at=at or self.moment(next(self.numbers)))
        story.refresh_from_db()
        return story

    def many(self, number, *, language="en", section=None, tag=None, author=None, photo=None, first=None, apart=None):
        """`number` live editions in bulk, without the desk: for lists that must cost the same however long they are.

        The first is published at `first`, each of the others `apart` (a timedelta, 1 hour) before.
        """
        first, apart = first or self.moment(), apart or timedelta(hours=1)
        section, tag = section or self.section(), tag or self.tag(language=language)
        author, words = author or self.author(language=language), WORDS[language]
        rows = []
        for place in range(number):
            at, serial = first - place * apart, next(self.numbers)
            slug = f"bulk-{serial}"
            rows.append(
                Story(
                    language=language,
                    slug=slug,
                    headline=f"{words['headline']} {serial}",
                    section=section,
                    first_published_at=at,
                    path=f"/{language}/{at:%Y/%m/%d}/{slug}/",
                    status="published",
                )
            )
        rows = Story.objects.bulk_create(rows)
        state = {"format": 1, "body": document.document([document.paragraph(words["paragraph"])]), "attachments": []}
        state |= {"headline": "", "subheads": [], "dateline": "", "authors": [], "tags": [], "related": []}
        editions = Edition.objects.bulk_create(
            Edition(
                story=story,
                number=1,
                story_version=1,
                is_live=True,
                snapshot=state | {"headline": story.headline},
                digest=digest_of(state, str(story.uuid)),
                lead_photo=photo if place % 2 else None,
                lead_alt=words["alt"],
                issued_at=story.first_published_at,
                modified_at=story.first_published_at,
                kicker=words["kicker"],
                summary=words["summary"],
                kind=story.kind,
                words=320,
                **{
                    name: getattr(story, name)
                    for name in ("language", "sibling_key", "path", "section", "headline", "first_published_at")
                },
            )
            for place, story in enumerate(rows)
        )
        for model, target in ((EditionTag, {"tag": tag}), (EditionAuthor, {"author": author})):
            model.objects.bulk_create(
                model(edition=edition, first_published_at=edition.first_published_at, is_live=True, **target)
                for edition in editions
            )
        for story, edition in zip(rows, editions, strict=True):
            story.live_edition = edition
        Story.objects.bulk_update(rows, ["live_edition"], batch_size=200)
        return editions


@pytest.fixture
def make(db):
    """The factories, on an empty newsroom with its publication."""
    factories = Make()
    factories.publication()
    return factories
