"""Loading the sample: the outlet and its people are set up, everything else goes through the verbs of the desk."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from io import BytesIO
from multiprocessing import get_context

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.body import document
from articles.desk import captions, photos, stories
from articles.desk.changing import together
from articles.desk.errors import Refused
from articles.imaging import xmp
from articles.models import Author, AuthorWords, Photo, Publication, Section, SectionWords, Story

from . import pictures, reader
from .accounts import ACCOUNTS, PASSWORD
from .reader import SamplePhoto, SampleStory

DRAWING_AT_ONCE = 2  # processes; one picture in the making takes some 60 MB


def load(reference: datetime, step: Callable[[str], None]) -> None:
    """Load the whole sample, or nothing. `reference` is "now" in the outlet's zone; `step` hears of each step done."""
    with together():
        people = add_people()
        authors, sections = add_outlet(people)
        taken = {}
        for photo, file in drawn(reader.read_photos()):
            taken[photo.name] = take(photo, file, by=people["lina"])
            step(photo.name)
        desk = Desk(people, authors, sections, taken)
        rows = reader.read_stories(reference)
        for row in rows:
            desk.start(row)
        for row in rows:
            desk.send(row)
            step(row.key)


def moment_in(text: str | None) -> datetime:
    """The moment that the stories' ages count from, in the outlet's zone: the one in `text`, or the last full hour.

    Raises Refused for a text that is no ISO date, and for one that lies in the future.
    """
    named = Publication.objects.current()
    zone = (named if named.names else Publication(**reader.read_newsroom()["outlet"])).zone
    now = timezone.now()
    if not text:
        return now.astimezone(zone).replace(minute=0, second=0, microsecond=0)
    try:
        given = datetime.fromisoformat(text)
        given = given.astimezone(zone) if given.tzinfo else given.replace(tzinfo=zone)
    except (ValueError, OverflowError):
        raise Refused(_("“%(text)s” is no date. Write it like 2016-07-28.") % {"text": text}) from None
    if given.year < 1900 or given > now:
        raise Refused(_("“%(text)s” is no day for a newspaper: it must lie in the past, after 1900.") % {"text": text})
    return given


def steps() -> int:
    """How many steps `load` takes."""
    return len(reader.read_photos()) + len(reader.story_uuids())


def add_people() -> dict[str, User]:
    """The sample's accounts, each in the group of its role."""
    people, password = {}, make_password(PASSWORD)
    for account in ACCOUNTS:
        user, made = User.objects.get_or_create(
            username=account.username,
            defaults={
                "first_name": account.first_name,
                "email": f"{account.username}@sample.invalid",
                "password": password,
                "is_staff": True,
            },
        )
        if made:
            user.groups.add(Group.objects.get(name=account.role))
        people[account.username] = user
    return people


def add_outlet(people: dict[str, User]) -> tuple[dict[str, Author], dict[str, Section]]:
    """The outlet's row (kept where it has a name already), the authors and the sections, each by slug."""
    newsroom = reader.read_newsroom()
    if not Publication.objects.current().names:
        Publication(**newsroom["outlet"]).save()
    sections, authors = {}, {}
    for order, row in enumerate(newsroom["section"]):
        section, made = Section.objects.get_or_create(
            slug=row["slug"], defaults={"order": order, "uuid": reader.identity(f"section/{row['slug']}")}
        )
        if made:
            SectionWords.objects.bulk_create(
                SectionWords(section=section, language=language, **row[language]) for language in ("en", "ar")
            )
        sections[section.slug] = section
    for row in newsroom["author"]:
        author, made = Author.objects.get_or_create(
            slug=row["slug"],
            defaults={
                "uuid": reader.identity(f"author/{row['slug']}"),
                "user": people.get(row.get("account")),
                "email": row.get("email", ""),
            },
        )
        if made:
            AuthorWords.objects.bulk_create(
                AuthorWords(author=author, language=language, **row[language]) for language in ("en", "ar")
            )
        authors[author.slug] = author
    return authors, sections


def drawn(wanted: list[SamplePhoto]) -> Iterator[tuple[SamplePhoto, bytes]]:
    """Each photo with its JPEG file, in order, drawn by other processes while this one takes in what is finished."""
    words = [
        xmp.write(credit=photo.facts["credit"], rights=photo.facts["copyright"], creator=photo.facts["creator"])
        for photo in wanted
    ]
    # Started afresh, not forked: this process holds a connection to the database.
    with ProcessPoolExecutor(DRAWING_AT_ONCE, mp_context=get_context("spawn")) as hands:
        files = hands.map(pictures.jpeg, [photo.name for photo in wanted], words)
        yield from zip(wanted, files, strict=True)


def take(photo: SamplePhoto, file: bytes, *, by: User) -> Photo:
    """Take a picture into the library, with what is known of it and its captions in both languages."""
    row = photos.take(BytesIO(file), name=f"{photo.name}.jpg", by=by, identity=photo.uuid, **photo.facts, **photo.focal)
    for language, words in photo.words.items():
        captions.caption(row, language, by=by, text=words["caption"], alt=words["alt"])
    return row


class Desk:
    """The newsroom at work: begins the sample's stories, and sends each where it belongs."""

    def __init__(self, people, authors, sections, taken):
        self.people, self.authors, self.sections, self.taken = people, authors, sections, taken
        self.begun: dict[tuple[str, str], Story] = {}

    def writer(self, row: SampleStory) -> User:
        """Rana begins what she signs; the editor enters what the others write."""
        return self.people["rana" if "rana-sabbagh" in row.authors else "yusuf"]

    def start(self, row: SampleStory) -> None:
        """Begin a story, with its pictures and all its words."""
        attachments = [
            {
                "uuid": picture.uuid,
                "photo": self.taken[picture.photo],
                "role": picture.role,
                "caption": picture.caption,
            }
            for picture in row.pictures
        ]
        self.begun[row.key, row.language] = stories.start(
            language=row.language,
            by=self.writer(row),
            uuid=row.uuid,
            sibling_key=row.sibling_key,
            **row.fields,
            section=self.sections[row.section],
            authors=[self.authors[slug] for slug in row.authors],
            tags=row.tags,
            attachments=attachments,
            body=row.body,
        )

    def send(self, row: SampleStory) -> None:
        """Point a story to its related ones, which are all begun by now, and move it on."""
        story, writer, publisher = self.begun[row.key, row.language], self.writer(row), self.people["samir"]
        related = [self.begun[key, row.language] for key in row.related]
        if related:
            stories.save(story, by=writer, related=related)
        if row.note:
            stories.note(story, row.note, by=writer)
        if row.fate == "review":
            stories.submit(story, by=writer)
        elif row.fate != "draft":
            stories.publish(story, by=publisher, at=row.published_at)
        if row.fate == "withdrawn":
            stories.withdraw(story, by=publisher, reason=row.reason, public_reason=row.public_reason)
        elif row.fate == "ahead":
            body = document.document([*story.body["content"], document.paragraph(row.ahead["paragraph"])])
            stories.save(story, by=writer, summary=row.ahead["summary"], body=body)
