"""Earlier pictures that one looks like, as the desk is told of them: a warning that stops nothing.

Its name, caption, day and stories are said as far as the person may know them: a hidden source has no day.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from articles.body import variables
from articles.models import Attachment, Caption, EditionPhoto, Likeness, Photo, Publication, likenesses

from . import renditions
from .caption_filling import kept_from

MOST_STORIES = 3  # that are named


@dataclass
class Told:
    """An earlier picture as the desk is told of it: `stories` are (headline, language, address), `count` counts
    them all, and is None for who may not see stories."""

    likeness: Likeness
    address: str
    thumbnail: str
    day: str
    caption: str
    language: str
    stories: list[tuple[str, str, str]] = field(default_factory=list)
    count: int | None = None

    @property
    def photo(self) -> Photo:
        return self.likeness.photo

    @property
    def heading(self) -> str:
        """As “Looks like an older picture: 14 March 2024, in 2 stories”."""
        said = (
            _("Looks like an older picture, mirrored")
            if self.likeness.is_mirrored
            else _("Looks like an older picture")
        )
        facts = [fact for fact in (self.day, self.used) if fact]
        return said if not facts else f"{said}: {pgettext('between words of a list', ', ').join(facts)}"

    @property
    def used(self) -> str:
        if self.count is None:
            return ""
        if not self.count:
            return _("in no story")
        return ngettext("in %(count)d story", "in %(count)d stories", self.count) % {"count": self.count}

    @property
    def others(self) -> int:
        return (self.count or 0) - len(self.stories)

    @property
    def sentence(self) -> str:
        """All of it in one line, for where there is no page."""
        parts = [f"{self.heading}.", f"“{self.photo}” ({self.photo.uuid})."]
        if self.caption:
            parts.append(_("Its caption: “%(caption)s”") % {"caption": self.caption})
        if self.stories:
            named = pgettext("between words of a list", ", ").join(f"“{headline}”" for headline, *_rest in self.stories)
            parts.append(_("Its stories: %(names)s.") % {"names": named})
        return " ".join(parts)


def told(photo: Photo, user, publication: Publication) -> list[Told]:
    """The earlier pictures that `photo` looks like, for `user` (None: somebody at the command line), nearest first."""
    found = likenesses.earlier(photo)
    if not found:
        return []
    rows = [likeness.photo for likeness in found]
    kept = kept_from(user, rows) if user else {row.pk for row in rows if row.hide_source}
    captions = _captions(rows)
    stories = _stories(rows) if user is None or user.has_perm("articles.view_story") else None
    locale = publication.locale(get_language() or publication.default_language)
    said = []
    for likeness in found:
        row = likeness.photo
        caption = captions.get(row.pk)
        used = (stories or {}).get(row.pk, [])
        said.append(
            Told(
                likeness,
                reverse("admin:articles_photo_change", args=[row.pk]),
                renditions.address(row),
                "" if row.pk in kept else _day(row, publication, locale),
                caption.text if caption else "",
                caption.language if caption else "",
                used[:MOST_STORIES],
                None if stories is None else len(used),
            )
        )
    return said


def html(photo: Photo, user, publication: Publication) -> str:
    """The warnings as entries of a list, with the new picture named; "" where nothing looks like it."""
    found = told(photo, user, publication)
    context = {"photo": photo, "likenesses": found, "shown": renditions.address(photo)}
    return render_to_string("admin/articles/photo/likenesses.html", context) if found else ""


def _day(photo: Photo, publication: Publication, locale) -> str:
    """The day it was taken, as precisely as it is known; else the day it came into the library."""
    day = variables.fill("{date:long}", {"date": photo.taken_at}, locale=locale).text
    if day:
        return day
    came = publication.local(photo.created_at).date()
    return _("in the library since %(day)s") % {
        "day": variables.fill("{date:long}", {"date": came}, locale=locale).text
    }


def _captions(photos: Iterable[Photo]) -> dict[int, Caption]:
    """A caption of each, in the language of the screen where there is one."""
    rows = Caption.objects.filter(photo__in=photos, is_current=True).exclude(text="")
    order = sorted(rows, key=lambda row: row.language == (get_language() or ""))
    return {row.photo_id: row for row in order}


def _stories(photos: Iterable[Photo]) -> dict[int, list[tuple[str, str, str]]]:
    """The stories that show each, or did: (headline, language, address), those with an edition first."""
    shown = EditionPhoto.objects.filter(photo__in=photos).order_by("-edition__is_live", "-edition__first_published_at")
    columns = ("photo_id", "edition__story_id", "edition__headline", "edition__language", "edition__story__binned_at")
    found: dict[int, dict[int, tuple[str, str, str]]] = {}
    for photo, story, headline, language, binned_at in shown.values_list(*columns):
        found.setdefault(photo, {}).setdefault(story, (headline, language, _address(story, binned_at)))
    kept = Attachment.objects.filter(photo__in=photos, story__binned_at=None).order_by("-story__changed_at")
    for row in kept.select_related("story"):
        name = (str(row.story), row.story.language, _address(row.story_id, None))
        found.setdefault(row.photo_id, {}).setdefault(row.story_id, name)
    return {photo: list(stories.values()) for photo, stories in found.items()}


def _address(story: int, binned_at) -> str:
    return "" if binned_at else reverse("admin:articles_story_change", args=[story])
