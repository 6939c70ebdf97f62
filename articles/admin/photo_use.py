"""Where a picture is used: every story, edition and front, said before it is replaced, withdrawn or deleted."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Attachment, Edition, EditionPhoto, Photo
from articles.pages import show
from articles.pages.paths import address


@dataclass
class Use:
    """A story that shows the picture: its working copy, its live edition, or both."""

    headline: str
    language: str
    path: str = ""
    screen: str = ""
    said: list[str] = field(default_factory=list)


@dataclass
class Used:
    """All uses; `live` counts the stories that readers see it in, `fronts` are (language, address)."""

    stories: list[Use]
    live: int
    fronts: list[tuple[str, str]]

    @property
    def sentence(self) -> str:
        if not self.stories:
            return _("In no story yet.")
        told = ngettext("In %(count)d story", "In %(count)d stories", len(self.stories)) % {"count": len(self.stories)}
        if not self.live:
            return _("%(stories)s, none of them live.") % {"stories": told}
        live = ngettext("%(count)d of them live", "%(count)d of them live", self.live) % {"count": self.live}
        return _("%(stories)s, %(live)s.") % {"stories": told, "live": live}

    def __bool__(self) -> bool:
        return bool(self.stories)


def used(photo: Photo) -> Used:
    """Where `photo` stands: drafts, live editions, editions of before, fronts. A few queries, however many they are."""
    uses: dict[int, Use] = {}
    rows = Attachment.objects.filter(photo=photo).select_related("story").order_by("story__headline")
    for row in rows:
        story = row.story
        use = uses.setdefault(story.pk, Use(str(story), story.language))
        if story.binned_at is None:
            use.screen = reverse("admin:articles_story_change", args=[story.pk])
        use.said += [str(row.get_role_display()), str(story.get_status_display())]
        if row.crop:
            use.said.append(_("with a crop of its own"))
        if story.binned_at:
            use.said.append(_("in the bin"))
    shown = EditionPhoto.objects.filter(photo=photo).select_related("edition").defer("edition__snapshot")
    live, older = set(), set()
    for row in shown.order_by("edition__number"):
        edition = row.edition
        use = uses.setdefault(edition.story_id, Use(edition.headline, edition.language))
        use.screen = use.screen or reverse("admin:articles_story_change", args=[edition.story_id])
        if edition.is_live and edition.pk not in live:
            live.add(edition.pk)
            use.path = edition.path
            use.said.append(_("edition %(number)d is live") % {"number": edition.number})
        elif not edition.is_live and edition.story_id not in older:
            older.add(edition.story_id)
            use.said.append(_("in an edition of before"))
    for use in uses.values():
        use.said = list(dict.fromkeys(use.said))
    leads = Edition.objects.filter(pk__in=live, lead_photo=photo)
    fronts = sorted({edition.language for edition in leads.defer("snapshot")})
    addresses = [(code, address("front", code)) for code in fronts if _on(code, live)]
    return Used(list(uses.values()), len(live), addresses)


def _on(language: str, editions: set[int]) -> bool:
    """Whether the front of `language` shows one of these editions now."""
    return any(card.id in editions for card in show.front(language).cards)
