"""A small newsroom whose every page is pressed, and what may happen in it: for tests that no page is ever left stale.

`Site.do(deed)` does something and holds every page against what plain Django renders before and after: each page that
differs must have been marked, and what is pressed then must equal a fresh rendering.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from difflib import unified_diff
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from articles import tasks
from articles.body import document
from articles.desk import (
    addresses,
    attachments,
    captions,
    corrections,
    photos,
    pixels,
    publication,
    redirects,
    siblings,
    stories,
)
from articles.desk.changing import changing, together
from articles.desk.errors import Refused
from articles.models import Author, Correction, Edition, Page, Photo, Publication, Section, Story, Tag
from articles.pages import archive, feeds, front, listings, press, show, sitemaps, stale, store, touches, whole_site

# Small numbers, so that few stories make long lists.
NEWEST, LONG_MONTH = 4, 3
FIRST = datetime(2024, 3, 30, 9, tzinfo=UTC)
AI = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
AUTHORS_MONTH = re.compile("/author/[^/]+/[0-9]{4}/")
# Not a section's own lists: its change makes every page stale, so that none could be missed.
TABLES = (
    *("EDITION", "LISTS", "CARD", "PHOTO", "AUTHORS", "AUTHOR", "AUTHOR_WORDS", "TAGS", "TAG"),
    *("SECTION", "SECTION_WORDS", "CORRECTIONS"),
)
TWINS = ("/atom.xml", "/ninjs-2.2.json")


@pytest.fixture
def short_lists(monkeypatch):
    """Lists of four, months that are long with more than three stories, sitemaps of two addresses."""
    monkeypatch.setattr(sitemaps, "MOST", 2)
    for module in (listings, show, feeds, touches):
        monkeypatch.setattr(module, "NEWEST", NEWEST)
    monkeypatch.setattr(front, "FEW", 2)
    for module in (listings, archive):
        monkeypatch.setattr(module, "LONG_MONTH", LONG_MONTH)


class Site:
    """The pages of a newsroom, as they lie in the store. `ratios` are, per publish, pages marked and pages changed."""

    def __init__(self, make, committed: DjangoCaptureOnCommitCallbacks):
        self.make, self.committed = make, committed
        self.ratios: list[tuple[int, int]] = []
        self.needless: list[str] = []

    def build(self) -> "Site":
        make = self.make
        make.publication(licence_page="https://licence.example/")
        for number in range(3):
            make.photo(creator=f"Photographer {number}", copyright=f"© {number}")
        make.section("world")
        make.section("city", order=1)
        make.author("Leila Haddow", slug="leila", ar="ليلى حدّو")
        make.author("Tomas Arran", slug="tomas")
        english = [
            self.published("One", 0, pictures=2, tags=["Bridges"]),
            self.published("Two", 1, pictures=1, tags=["Bridges", "Zarn"]),
            self.published("Three", 30, section="city", author="tomas"),
            self.published("Four", 31, tags=["Zarn"]),
            self.published("Five", 31.1, pictures=1),
            self.published("Six", 32, section="city", tags=["Bridges"]),
            self.published("Seven", 33, author="tomas", pictures=1),
        ]
        arabic = self.published("الأولى", 0, language="ar", sibling_key=english[0].sibling_key)
        with self.committed(execute=True):
            body = document.document([document.paragraph("See"), {"type": "paragraph", "content": [_link(english[2])]}])
            stories.save(english[1], by=None, related=[english[0], english[3]], body=body)
            stories.publish(english[1], by=None)
        make.story("A draft", slug="a-draft")
        assert arabic.live_edition
        self.press_all()
        return self

    def published(self, headline, days, *, section="world", author="leila", pictures=0, **content) -> Story:
        content = {"tags": []} | content
        shown = list(Photo.objects.order_by("pk")[:pictures])
        with self.committed(execute=True):
            return self.make.live_story(
                headline,
                at=FIRST + timedelta(days=days),
                section=Section.objects.get(slug=section),
                authors=[Author.objects.get(slug=author)],
                pictures=shown,
                **content,
            )

    # -- Pages

    def paths(self) -> set[str]:
        """Every page there is or was, days too. What TWINS says is made
        of what its twin is, and an author's months are as a tag's."""
        return {path for path in self._paths() if not (path.endswith(TWINS) or AUTHORS_MONTH.search(path))}

    def _paths(self) -> set[str]:
        found = {path for path, _priority in whole_site.paths()} | set(Page.objects.values_list("path", flat=True))
        zone = Publication.objects.current().zone
        for edition in Edition.objects.live().select_related("section"):
            day = edition.first_published_at.astimezone(zone)
            when = [day.year, day.month, day.day]
            found.add(_path("archive-day", edition.language, *when))
            if edition.section:
                found.add(_path("section-day", edition.language, edition.section.slug, *when))
            for name, nouns in (("tag", edition.tags), ("author", edition.authors)):
                found |= {_path(f"{name}-day", edition.language, noun.slug, *when) for noun in nouns.all()}
        return found

    def fresh(self) -> dict[str, bytes]:
        """What plain Django renders at each address that has a page."""
        feeds.known.forget()  # what is worked out anew cannot be wrong
        rendered = {path: press.render(path) for path in self.paths()}
        return {path: one.content for path, one in rendered.items() if one}

    def kept(self) -> dict[str, bytes]:
        """What lies in the store."""
        found = {path: store.read(path) for path in Page.objects.values_list("path", flat=True)}
        return {path: one[0] for path, one in found.items() if one}

    def stale(self) -> set[str]:
        return set(Page.objects.stale_at(stale.state().generation).values_list("path", flat=True))

    def press_all(self) -> None:
        for path in self.paths():
            press.press(path)

    # -- What happens

    def do(self, deed: "Deed", *, reveal: bool = True, strictly: bool = True) -> set[str]:
        """Do it. Gives the pages that changed: each of them was marked, and each line the deed reveals is needed.

        Unless `strictly`, what is refused because the newsroom is not as the deed expects it changes nothing.
        """
        before, name = self.kept(), deed.name
        assert not self.stale()
        without = {line: self.marked_without(line, deed) for line in deed.reveals.split() if reveal}
        self.commit(deed, strictly=strictly)
        marked, after = self.stale(), self.fresh()
        changed = {path for path, content in before.items() if after.get(path) != content}
        missed = changed - marked
        assert not missed, f"{name}: not marked {sorted(missed)}\n{_difference(before, after, min(missed))}"
        for line, pages in without.items():
            if not changed - pages:
                self.needless.append(f"{name}: without {line} no page would be missed")
        if deed.publishes:
            self.ratios.append((len(marked), len(changed)))
        while press.press_stale():
            pass
        for path in set(after) - set(before):
            press.press(path)
        assert self.kept() == after, f"{name}: {differing(self.kept(), after)}"
        return changed

    def marked_without(self, line: str, deed: "Deed") -> set[str]:
        """The pages that the deed would mark, were that line taken out of `touches`. Nothing of it is kept."""
        table, taken_out = line.split(".")
        whole = getattr(touches, table)
        rest = tuple(one for one in whole if getattr(one, "__name__", one) != taken_out)
        assert len(rest) == len(whole) - 1, line
        setattr(touches, table, rest)
        try:
            with transaction.atomic():
                deed(self)
                marked = self.stale()
                transaction.set_rollback(True)
        finally:
            setattr(touches, table, whole)
        return marked

    def commit(self, deed: "Deed", *, strictly: bool) -> None:
        with self.committed(execute=True):
            try:
                with transaction.atomic():
                    deed(self)
            except (Refused, IndexError, ObjectDoesNotExist, IntegrityError):
                if strictly:
                    raise

    # -- Who is there

    def live(self, place: int = 0) -> Story:
        found = list(Story.objects.exclude(live_edition=None).order_by("pk"))
        return found[place % len(found)]

    def photo(self, place: int = 0) -> Photo:
        found = list(Photo.objects.order_by("pk"))
        return found[place % len(found)]

    def put_lead(self, place: int, photo: Photo) -> None:
        self.edit(place, attachments=[{"uuid": uuid4(), "photo": photo, "role": "lead"}])

    def crop_lead(self, place: int) -> None:
        rows = [row | {"crop": [100, 100, 800, 800]} for row in attachments.current(self.live(place))]
        stories.save(self.live(place), by=None, attachments=rows)
        for photo in Photo.objects.filter(attachments__story=self.live(place)):
            tasks.encode(photo, ["jpeg"])

    def say_section(self, **languages: str) -> None:
        """Say what it says in one language in another; "" for no more."""
        section = Section.objects.get(slug="city")
        with together():
            before = touches.faces(section)
            for language, to in languages.items():
                words = section.words.filter(language=language)
                words.update(language=to) if to else words.delete()
            touches.mark_moved(section, before)

    def edit(self, place: int = 0, **content) -> None:
        """Correct a live story and publish it."""
        story = self.live(place)
        if stories.save(story, by=None, **content) or story.status != "published":
            stories.publish(story, by=None)


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(path for path in {*one, *other} if one.get(path) != other.get(path))


def _difference(before: dict[str, bytes], after: dict[str, bytes], path: str) -> str:
    one, other = (found.get(path, b"").decode().splitlines() for found in (before, after))
    return "\n".join(list(unified_diff(one, other, lineterm="", n=0))[:12])


def _path(name: str, *parts: object) -> str:
    return unquote(reverse(name, args=parts))


def _link(story: Story) -> dict:
    mark = {"type": "link", "attrs": {"href": f"story:{story.uuid}"}}
    return {"type": "text", "text": "that story", "marks": [mark]}


# -- Deeds. Each works on whatever newsroom it finds. --------------------------------------------


def publish_new(days: float, place: int = 0, **content):
    def deed(site: Site):
        site.make.live_story(
            f"New {next(site.make.numbers)}",
            **{"tags": ["Bridges"] if place else []} | content,
            at=FIRST + timedelta(days=days, minutes=place),
            section=Section.objects.order_by("pk")[place % 2],
            authors=[Author.objects.order_by("pk")[place % Author.objects.count()]],
        )

    return deed


def publish_news(site: Site):
    site.make.live_story(f"Now {next(site.make.numbers)}", at=timezone.now())


def correct(place: int = 0, **content):
    return lambda site: site.edit(place, **content)


def change_photo(place: int = 0, **facts):
    return lambda site: photos.describe(site.photo(place), by=None, **facts)


def set_photo(place: int = 0, **columns):
    """A column of a photo alone, as no verb changes it without others."""

    def deed(site: Site):
        photo = site.photo(place)
        with changing(photo, "describe", by=None):
            for name, value in columns.items():
                setattr(photo, name, value)

    return deed


def withdraw(place: int = 0):
    return lambda site: stories.withdraw(site.live(place), by=None, reason="legal")


def publish_again(site: Site):
    """Bring back whatever was withdrawn."""
    for story in Story.objects.filter(status="withdrawn"):
        stories.take_up(story, by=None)
        stories.publish(story, by=None)


def move_section(place: int = 0, to: str = "city"):
    return lambda site: site.edit(place, section=Section.objects.get(slug=to))


def apply_caption(place: int = 0, words: str = "New words."):
    def deed(site: Site):
        captions.caption(site.photo(place), "en", by=None, text=words, alt="New alt")
        for story in Story.objects.filter(attachments__photo=site.photo(place), status="published").distinct():
            if story.language == "en":
                stories.publish_anew(story, by=None)

    return deed


def replace_photo(place: int = 0):
    return lambda site: pixels.replace(site.photo(place), site.make.picture_file(), name="B.JPG", by=None)


def withdraw_photo(place: int = 0):
    def deed(site: Site):
        if site.photo(place).status != "withdrawn":
            photos.withdraw(site.photo(place), by=None, reason="legal")

    return deed


def bring_photo_back(place: int = 0):
    def deed(site: Site):
        if site.photo(place).status == "withdrawn":
            photos.bring_back(site.photo(place), by=None)

    return deed


def put_right(place: int = 0):
    return lambda site: corrections.add(site.live(place), f"It was {next(site.make.numbers)}, not more.", by=None)


def take_back(site: Site):
    corrections.take_back(Correction.objects.order_by("pk")[0], by=None)


def publish_with_a_correction(site: Site):
    story = site.live(1)
    stories.save(story, by=None, headline=f"Two, {next(site.make.numbers)}")
    stories.publish(story, by=None, correction="We had its number wrong.")


def rename_author(slug: str = "leila", **words):
    return lambda site: _reword(Author.objects.get(slug=slug), **words)


def unname_author(slug: str = "tomas"):
    """Take away every name an author has, as the admin's form does."""
    return lambda site: _reword(Author.objects.get(slug=slug), drop=True)


def name_author(slug: str = "tomas"):
    """Give an author without any name one."""

    def deed(site: Site):
        author = Author.objects.get(slug=slug)
        with together():
            before = touches.faces(author)
            author.words.create(language="en", name="Tomas Arran")
            touches.mark_moved(author, before)

    return deed


def rename_section(slug: str = "world", **words):
    return lambda site: _reword(Section.objects.get(slug=slug), **words)


def _reword(noun, *, drop: bool = False, **words) -> None:
    """As the admin's form does: the noun and its words are one change. With `drop` it has none from then on."""
    with together():
        before = touches.faces(noun)
        if drop:
            noun.words.all().delete()
        else:
            noun.words.filter(language="en").update(**words)
        touches.mark_moved(noun, before)


def rename_tag(name: str = "Bridges", to: str = "Spans"):
    def deed(site: Site):
        for tag in Tag.objects.filter(name=name):
            with changing(tag, "change", by=None):
                tag.name = to

    return deed


def readdress(model, slug: str, to: str):
    """As the admin's form does."""

    def deed(site: Site):
        noun = model.objects.get(slug=slug)
        with changing(noun, "change", by=None):
            noun.slug = to
            redirects.follow(noun, slug, by=None)

    return deed


def reorder_sections(site: Site):
    section = Section.objects.get(slug="world")
    with changing(section, "change", by=None):
        section.order = 5 - section.order


def change_outlet(**columns):
    def deed(site: Site):
        outlet = Publication.objects.current()
        said = {
            name: getattr(outlet, name) | value if isinstance(value, dict) else value for name, value in columns.items()
        }
        publication.change(said, by=None)

    return deed


def withdraw_arabic(site: Site):
    stories.withdraw(Story.objects.get(language="ar"), by=None, reason="legal")


def _people() -> list[Author]:
    return list(Author.objects.order_by("-pk")[:2])


def part_siblings(site: Site):
    for story in Story.objects.filter(language="ar"):
        for other in story.siblings():
            siblings.part(story, other, by=None)
            for one in (story, other):
                one.refresh_from_db()
                if one.status == "draft" and one.live_edition:
                    stories.publish(one, by=None)


def join_siblings(site: Site):
    arabic, english = Story.objects.filter(language="ar").first(), Story.objects.filter(language="en").first()
    if not arabic.siblings().exists():
        siblings.join(arabic, english, by=None)
        for one in Story.objects.filter(sibling_key=english.sibling_key):
            if one.status == "draft" and one.live_edition:
                stories.publish(one, by=None)


@dataclass(frozen=True)
class Deed:
    """Something that happens; `reveals` are lines of `touches` without which a page would be left stale by it."""

    name: str
    do: Callable[[Site], object]
    reveals: str = ""
    publishes: bool = False

    def __call__(self, site: Site) -> None:
        self.do(site)


def published(name: str, do: Callable[[Site], object], reveals: str = "") -> Deed:
    return Deed(name, do, reveals, publishes=True)


LONG_TEXT = document.document([document.paragraph("word " * 900)])
OTHER_TEXT = document.document([document.paragraph("Other words.")])

# Something of everything, in an order in which each finds what it needs.
DEEDS = (
    published("a new story", publish_new(34), "EDITION.rivers LISTS.newest EDITION.newest_change"),
    published("a new story in an old month", publish_new(2), "LISTS.counts"),
    published("the oldest of all", publish_new(-400)),
    published("older still", publish_new(-405), "LISTS.since"),
    published("the first of its month", publish_new(-90, 1), "LISTS.months"),
    published("the first of its day", publish_new(20, 1), "LISTS.days"),
    published("another text", correct(5, body=OTHER_TEXT), "EDITION.whole EDITION.changes"),
    published("another headline", correct(2, headline="Three, corrected"), "CARD.headline EDITION.card"),
    published("a short headline", correct(2, short_headline="Three"), "CARD.short_headline"),
    published("another kicker", correct(2, kicker="Ferries"), "CARD.kicker"),
    published("no kicker", correct(3, kicker="")),
    published("another section without a kicker", move_section(3), "CARD.section_id"),
    published("another summary", correct(6, summary="In other words."), "CARD.summary"),
    published("another kind", correct(6, kind="analysis"), "CARD.kind"),
    published("a long read", correct(6, kind="long_read")),
    published("a longer text", correct(6, body=LONG_TEXT), "CARD.words"),
    published("other people", lambda site: site.edit(6, authors=_people()), "EDITION.people"),
    published("other tags", correct(6, tags=["Bridges", "Night"]), "LISTS.lists"),
    published("another section", move_section(6)),
    published("another lead picture", lambda site: site.put_lead(6, site.photo(2)), "CARD.lead_photo_id"),
    Deed("another crop of the lead", lambda site: site.crop_lead(6)),
    published("that crop published", correct(6), "CARD.lead_crop"),
    published("a caption", apply_caption(0), "CARD.lead_alt EDITION.pictures"),
    published("no lead picture", lambda site: site.edit(6, attachments=[])),
    Deed("a correction", put_right(2), "CORRECTIONS.on_its_story"),
    Deed("a second one", put_right(2), "CORRECTIONS.on_their_page"),
    published("a correction with another text", publish_with_a_correction),
    Deed("the sibling's correction", lambda site: corrections.add(Story.objects.get(language="ar"), "صواب.", by=None)),
    Deed("a correction taken back", take_back),
    published(
        "another address",
        lambda site: addresses.change(site.live(0), f"one-{next(site.make.numbers)}", by=None),
        "CARD.path",
    ),
    Deed("a story off every page", withdraw(2), "EDITION.address"),
    published("that story again", publish_again, "EDITION.corrections"),
    Deed("the one of its day off", withdraw(12)),
    published("it comes back", publish_again),
    Deed("the sibling off", withdraw_arabic, "EDITION.siblings"),
    published("the sibling again", publish_again, ""),
    published("siblings parted", part_siblings),
    published("siblings joined", join_siblings),
    published("news of this hour", publish_news),
    published("a headline of news", correct(-1, headline="Now, corrected")),
    Deed("no news", withdraw(-1)),
    Deed("a photo that may hurt", change_photo(0, sensitivity="violence"), "PHOTO.sensitivity"),
    Deed("what is warned of", change_photo(0, sensitivity_reason="A wound."), "PHOTO.sensitivity_reason"),
    Deed("a photo without a shield", change_photo(0, sensitivity="")),
    Deed("a photo's copyright", set_photo(1, copyright="© Nobody"), "PHOTO.copyright"),
    Deed("a photo's creator", set_photo(1, policy="creator"), "PHOTO.named_creator"),
    Deed("a photo's licence", set_photo(1, licence="https://licence.example/by/"), "PHOTO.named_licence"),
    Deed("whose a photo is", set_photo(1, rights="agency"), "PHOTO.is_ours_to_license"),
    Deed("made by a machine", change_photo(1, digital_source_type=AI), "PHOTO.digital_source_type"),
    Deed("a focal point", set_photo(1, focal_x=0.1), "PHOTO.focal_x"),
    Deed("and down", set_photo(1, focal_y=0.9), "PHOTO.focal_y"),
    Deed("a photo's formats", set_photo(1, formats={"jpeg": [320]}), "PHOTO.formats"),
    Deed("a photo's address", set_photo(1, token="f" * 32), "PHOTO.token"),
    Deed("a photo replaced", replace_photo(0)),
    Deed("a photo that expired", change_photo(1, usable_until="2020-01-01T00:00"), "PHOTO.status"),
    Deed("a photo that may be used", change_photo(1, usable_until=None)),
    Deed("a photo withdrawn", withdraw_photo(0)),
    Deed("a photo back", bring_photo_back(0)),
    Deed("an author's name", rename_author(name="Leila H."), "AUTHOR_WORDS.name AUTHORS.author"),
    Deed("an author's role", rename_author(role="Courts"), "AUTHOR_WORDS.role"),
    Deed("an author's life", rename_author(biography="Born here."), "AUTHOR_WORDS.biography"),
    Deed("an author's language", rename_author("tomas", language="ar"), "AUTHOR_WORDS.language"),
    Deed("an author's only name taken away", unname_author(), "AUTHORS.author_in_lists"),
    Deed("an author's first name given", name_author()),
    Deed("a tag's name", rename_tag("Zarn", "River Zarn"), "TAG.name TAGS.tag"),
    Deed("a section's name", rename_section(name="Wide World"), "SECTION_WORDS.name"),
    Deed("what a section is about", rename_section(description="Afar."), "SECTION_WORDS.description"),
    Deed("a section in one language", lambda site: site.say_section(ar="")),
    Deed("a section's language", lambda site: site.say_section(en="ar"), "SECTION_WORDS.language"),
    Deed("the order of sections", reorder_sections, "SECTION.order"),
    Deed("a section's address", readdress(Section, "world", "the-world"), "SECTION.slug"),
    Deed("a tag's address", readdress(Tag, "bridges", "spans"), "TAG.slug TAGS.tag_in_lists"),
    Deed("an author's address", readdress(Author, "leila", "leila-haddow"), "AUTHOR.slug"),
    Deed("a section's old address again", readdress(Section, "the-world", "world")),
    Deed("the outlet's name", change_outlet(names={"en": "The Nightbook"})),
    Deed("its languages", change_outlet(languages=["en"])),
)
# So many of them, from the first on, are about stories and where they stand in lists.
STORIES_ALONE = next(place for place, deed in enumerate(DEEDS) if deed.reveals.startswith("PHOTO."))
