"""Sharing a draft: the links of a story, and the page behind one, for somebody without an account."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import Context
from django.template.loader import get_template
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from articles.desk import sharing
from articles.desk.errors import Refused
from articles.models import Photo, ShareLink, Story
from articles.models.photos import PhotoStatus
from articles.models.sharing import DAYS
from articles.pages import show

from . import moments, renditions
from .site import publication_of

CHOICES = (1, DAYS, 7, sharing.MOST_DAYS)  # days a link may be good for


def view(request: HttpRequest, story: Story, context: dict) -> HttpResponse:
    """The share links of `story`: make one, which is shown this once, or withdraw one."""
    made = ""
    if request.method == "POST":
        try:
            if "withdraw" in request.POST:
                _withdraw(story, request.POST["withdraw"], by=request.user)
                messages.success(request, _("The link is withdrawn: nobody opens it any more."))
                return HttpResponseRedirect(reverse("admin:articles_story_share", args=[story.pk]))
            days = request.POST.get("days", "")
            days = int(days) if days.isdecimal() and len(days) < 5 else DAYS
            _link, token = sharing.make(story, by=request.user, days=days)
            made = request.build_absolute_uri(reverse("share", args=[token]))
        except Refused as error:
            messages.error(request, str(error))
    said = {"made": made, "choices": CHOICES, "usual": DAYS, "links": _rows(request, story)}
    return TemplateResponse(request, "admin/articles/story/share.html", context | said)


def panel(request: HttpRequest, story: Story) -> dict[str, object]:
    """What the writing room says of the links: those that open now."""
    return {
        "may_share": story.changeable_by(request.user),
        "share_links": [row for row in _rows(request, story) if row["link"].is_standing],
        "share_choices": CHOICES,
        "share_usual": DAYS,
    }


def _rows(request, story):
    publication = publication_of(request)
    rows = []
    for link in story.share_links.select_related("by", "story"):
        until = moments.in_words("MMMEd", publication.local(link.expires_at), publication)
        rows.append(
            {
                "link": link,
                "by": (link.by.get_full_name() or link.by.get_username()) if link.by else "",
                "at": moments.said(link.at, publication),
                "until": f"{until} {publication.local(link.expires_at):%H:%M}",
                "left": moments.ahead(link.expires_at, publication) if link.is_standing else "",
                "last": moments.said(link.last_opened_at, publication) if link.last_opened_at else "",
            }
        )
    return rows


def _withdraw(story, uuid, *, by):
    for link in story.share_links.all():
        if str(link.uuid) == uuid:
            sharing.withdraw(link, by=by)
            return
    raise Refused(_("There is no such link."))


# -- Behind the link: nobody is signed in here


@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The working copy in the site's own clothes. Raises Http404, the same for every link that does not open."""
    link = _standing(token)
    story = link.story
    sharing.opened(link)
    with override(story.language):
        # Its own pictures beneath its own address; the way to other stories is not what was shared.
        page = show.preview(story, base=reverse("share-rendition", args=[token, "0", "0"]).removesuffix("0/0"))
        page.related, page.siblings = [], []
        until = page.frame.dates.moment(link.expires_at)
        template = get_template("admin/articles/story/shared.html").template
        answer = HttpResponse(template.render(Context({"page": page, "frame": page.frame, "until": until})))
    answer["Content-Language"] = story.language
    return _discreet(answer)


@require_safe
def rendition(request: HttpRequest, token: str, photo: str, name: str) -> HttpResponse:
    """A picture of the story that the link is of, and of no other; none that readers may not see. Raises Http404."""
    link = _standing(token)
    found = Photo.objects.filter(token=photo, attachments__story=link.story, status=PhotoStatus.READY).first()
    if found is None:
        raise Http404
    return _discreet(renditions.answer(found, name))


def _standing(token: str) -> ShareLink:
    link = ShareLink.objects.standing().with_token(token).select_related("story__section").first()
    if link is None:
        raise Http404
    return link


def _discreet(answer: HttpResponse) -> HttpResponse:
    """In no index, in no cache, and never named to another site as where somebody came from."""
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer["Cache-Control"] = "no-store, private"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
