"""Stories in bulk, for measuring: made past the verbs, with the rows that the verbs would leave behind."""

import gc
import io
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Subquery
from PIL import Image

from articles.body.slug import slug
from articles.desk import photos
from articles.models import (
    Attachment,
    Author,
    AuthorWords,
    Byline,
    Edition,
    EditionAuthor,
    EditionPhoto,
    EditionTag,
    Publication,
    Role,
    Section,
    SectionWords,
    Status,
    Story,
    StoryTag,
    Tag,
)
from articles.models.snapshots import digest_of
from articles.pages import stale
from articles.search import index

BATCH = 500  # stories a transaction
YEARS = 20  # they lie this far back, most of them late
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
        self.dice = random.Random(f"{seed}:{Story.objects.count()}")
        self.vocabulary = {language: words.split() for language, words in WORDS.items()}
        self.newest = newest
        self.publication = Publication.objects.current()
        self.paragraphs = {language: [f"{self.words(language, 45)}." for _place in range(500)] for language in WORDS}
        with transaction.atomic():
            self.sections = list(Section.objects.all()) or [self._section(number) for number in range(8)]
            self.authors = [self._author(number) for number in range(40)]
            self.tags = {language: [self._tag(language, number) for number in range(200)] for language in WORDS}
        self.photos = [self._photo(number) for number in range(6)]

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
        return " ".join(self.dice.choices(self.vocabulary[language], k=count)).capitalize()

    def uuid(self) -> UUID:
        return UUID(int=self.dice.getrandbits(128), version=4)


def make(count: int, load: Load) -> Iterator[int]:
    """Make `count` published stories, a batch a transaction; gives the number made after each."""
    for start in range(0, count, BATCH):
        size = min(BATCH, count - start)
        with uncollected(), transaction.atomic():
            stale.mark([], site=True)  # past the verbs, so that nobody knows which pages
            _batch(load, [_published_at(load, start + place, count) for place in range(size)])
        yield size


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
    """Dense in the last weeks, thin twenty years ago, and never two at one moment."""
    share = (place + load.dice.random()) / count
    return load.newest - timedelta(days=365 * YEARS * share**3) - timedelta(microseconds=place)


def _batch(load: Load, moments: list[datetime]) -> None:
    stories, rows = [], []
    for moment in moments:
        language = "ar" if load.dice.random() < 0.4 else "en"
        stories.append(_story(load, language, moment))
        rows.append(
            (load.dice.sample(load.tags[language], 3), load.dice.sample(load.authors, 2), load.dice.choice(load.photos))
        )
    Story.objects.bulk_create(stories)
    attachments = [
        Attachment(uuid=load.uuid(), story=story, photo=photo, role=Role.LEAD)
        for story, (_tags, _authors, photo) in zip(stories, rows, strict=True)
    ]
    Attachment.objects.bulk_create(attachments)
    editions = [
        _edition(load, story, *row, attachment)
        for story, row, attachment in zip(stories, rows, attachments, strict=True)
    ]
    Edition.objects.bulk_create(editions)
    _relations(stories, editions, rows, attachments)
    live = Edition.objects.filter(story=OuterRef("pk")).values("pk")
    Story.objects.filter(pk__in=[story.pk for story in stories]).update(live_edition=Subquery(live))
    index.keep_all(stories)


def _story(load: Load, language: str, moment: datetime) -> Story:
    headline = load.words(language, load.dice.randint(5, 10))
    blocks = [
        {
            "type": "paragraph",
            "attrs": {"id": f"{load.dice.getrandbits(48):012x}"},
            "content": [{"type": "text", "text": load.dice.choice(load.paragraphs[language])}],
        }
        for _place in range(8)
    ]
    identity = load.uuid()
    day = load.publication.local(moment)
    name = f"{slug(headline)[:60]}-{identity.hex[:12]}"
    return Story(
        uuid=identity,
        sibling_key=load.uuid(),
        language=language,
        slug=name,
        path=f"/{language}/{day:%Y/%m/%d}/{name}/",
        headline=headline,
        subheads=[load.words(language, 9)],
        summary=load.words(language, 20) + ".",
        body={"type": "doc", "content": blocks},
        section=load.dice.choice(load.sections),
        status=Status.PUBLISHED,
        first_published_at=moment,
    )


def _edition(load: Load, story: Story, tags, authors, photo, attachment) -> Edition:
    state = {
        "format": 1,
        "sibling_key": str(story.sibling_key),
        "language": story.language,
        "slug": story.slug,
        "headline": story.headline,
        "short_headline": "",
        "subheads": story.subheads,
        "kicker": "",
        "dateline": "",
        "summary": story.summary,
        "kind": story.kind,
        "source_agency": "",
        "body": story.body,
        "section": {"uuid": str(story.section.uuid), "slug": story.section.slug},
        "authors": [{"uuid": str(author.uuid), "name": author.slug} for author in authors],
        "tags": [{"uuid": str(tag.uuid), "name": tag.name} for tag in tags],
        "related": [],
        "attachments": [
            {
                "uuid": str(attachment.uuid),
                "photo": str(photo.uuid),
                "role": Role.LEAD.value,
                "order": 0,
                "caption": "",
                "alt": "",
                "decorative": False,
                "crop": None,
                "shown": {"caption": CAPTION, "alt": ALT, "decorative": False, "credit": ""},
            }
        ],
    }
    return Edition(
        uuid=load.uuid(),
        story=story,
        number=1,
        story_version=1,
        is_live=True,
        snapshot=state,
        language=story.language,
        sibling_key=story.sibling_key,
        path=story.path,
        section=story.section,
        kind=story.kind,
        headline=story.headline,
        summary=story.summary,
        words=360,
        lead_photo=photo,
        lead_alt=ALT,
        first_published_at=story.first_published_at,
        issued_at=story.first_published_at,
        modified_at=story.first_published_at,
        digest=digest_of(state, f"{story.uuid}:1:"),
    )


CAPTION = "A picture made for measuring."
ALT = "A grey slope"


def _relations(stories, editions, rows, attachments) -> None:
    tagged, signed, story_tags, bylines, pictures = [], [], [], [], []
    for story, edition, (tags, authors, photo), attachment in zip(stories, editions, rows, attachments, strict=True):
        place = {"edition": edition, "first_published_at": edition.first_published_at, "is_live": True}
        for order, tag in enumerate(tags):
            tagged.append(EditionTag(tag=tag, order=order, **place))
            story_tags.append(StoryTag(content_object=story, tag=tag))
        for order, author in enumerate(authors):
            signed.append(EditionAuthor(author=author, order=order, **place))
            bylines.append(Byline(story=story, author=author, order=order))
        pictures.append(
            EditionPhoto(
                edition=edition, photo=photo, attachment=attachment.uuid, role=Role.LEAD, caption=CAPTION, alt=ALT
            )
        )
    for model, made in (
        (EditionTag, tagged),
        (EditionAuthor, signed),
        (StoryTag, story_tags),
        (Byline, bylines),
        (EditionPhoto, pictures),
    ):
        model.objects.bulk_create(made)
