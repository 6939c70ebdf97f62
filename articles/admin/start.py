"""The start page: what waits for me, what I am writing, what lacks words, and what has just gone out."""

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.body import document
from articles.models import Edition, Photo, Status, Story
from articles.models.stories import Byline
from articles.pages import progress

from . import moments, renditions
from .lacks import lacking
from .lists import with_lead

SHOWN = 6  # rows of a panel; the rest is one click away
IN_STRIP = 4  # pictures of the strip


def gather(user, publication):
    """Everything the start page shows to `user`: the panels in their order, main column and side."""
    now = publication.local(timezone.now())
    main, side = order(user)
    made = {name: PANELS[name](user, publication) | {"name": name} for name in (*main, *side)}
    return {
        "greeting": moments.greeting(now),
        "now": now,
        "now_in_words": moments.in_words("yMMMMEEEEd", now, publication),
        "main_panels": [made[name] for name in main],
        "side_panels": [made[name] for name in side],
        "may_write": user.has_perm("articles.add_story"),
        "may_upload": user.has_perm("articles.add_photo"),
        "pressing": pressing(),
    }


def pressing():
    """How far the pressing of the whole site has come, in a sentence; "" while few pages wait."""
    found = progress.progress()
    if not found:
        return ""
    waiting, everything = (number_format(number, force_grouping=True) for number in (found.waiting, found.all))
    if found.is_more:
        return _("More than %(count)s of the readers' pages are being made anew. Until then they look as before.") % {
            "count": waiting
        }
    return _("%(count)s of the readers' %(all)s pages are being made anew. Until then they look as before.") % {
        "count": waiting,
        "all": everything,
    }


def order(user):
    """The names of the panels for the main column and the side: what a person came to do stands first."""
    writes, reviews = user.has_perm("articles.add_story"), user.has_perm("articles.return_story")
    if not user.has_perm("articles.view_story"):
        return (), ()
    if not writes:
        return ("captions",), ("published",)
    if reviews:
        return ("waiting", "drafts"), ("captions", "published")
    return ("drafts", "waiting"), ("captions", "published")


def waiting(user, publication):
    """Stories in review for those who may decide on them, the one that waits longest first."""
    rows = Story.objects.waiting_for(user)
    shown = list(_rows(rows.order_by("changed_at", "id")))
    return {"count": rows.count(), "rows": [_row(story, publication) for story in shown]}


def drafts(user, publication):
    """The drafts a person began or signs, newest change first."""
    signed = Byline.objects.filter(author__user=user).values("story")
    rows = Story.objects.kept().filter(Q(started_by=user) | Q(pk__in=signed), status=Status.DRAFT)
    return {"count": rows.count(), "rows": [_row(story, publication) for story in _rows(rows)]}


def captions(user, publication):
    """Pictures that lack their caption, newest first."""
    rows = lacking(Photo.objects.all(), "caption")
    return {
        "count": rows.count(),
        "pictures": [{"photo": photo, "address": renditions.address(photo)} for photo in rows[:IN_STRIP]],
    }


def published(user, publication):
    """The editions issued last: their numbers rise with every one that is made."""
    rows = Edition.objects.live().for_cards().select_related("section").prefetch_related("section__words")
    language = get_language()
    return {
        "rows": [
            {
                "edition": edition,
                "at": moments.said(edition.issued_at, publication),
                "section": edition.section.name_in(language) if edition.section else "",
            }
            for edition in rows.order_by("-id")[:SHOWN]
        ]
    }


PANELS = {"waiting": waiting, "drafts": drafts, "captions": captions, "published": published}


def _rows(stories):
    return with_lead(stories.select_related("section", "live_edition", "changed_by").defer("live_edition__snapshot"))[
        :SHOWN
    ]


def _row(story, publication):
    lead = story.lead[0].photo if story.lead else None
    return {
        "story": story,
        "thumbnail": renditions.address(lead) if lead else "",
        "section": story.section.name_in(get_language()) if story.section else "",
        "words": document.words(story.body),
        "changed": moments.said(story.changed_at, publication),
    }
