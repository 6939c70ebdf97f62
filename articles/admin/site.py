"""The admin site: Django's own, under the outlet's name, in the outlet's time zone, beginning with our start page."""

from functools import wraps

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.db import DataError
from django.http import Http404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.i18n import set_language

from articles.models import Publication
from articles.pages import stale

from . import renditions, start

# What the bar leads to: words, address, and the permission it takes (None: any of the staff).
PLACES = (
    (_("Start"), "admin:index", None),
    (_("Stories"), "admin:articles_story_changelist", "articles.view_story"),
    (_("Pictures"), "admin:articles_photo_changelist", "articles.view_photo"),
)
HOUSE = (
    (_("Sections"), "admin:articles_section_changelist", "articles.view_section"),
    (_("Authors"), "admin:articles_author_changelist", "articles.view_author"),
    (_("Tags"), "admin:articles_tag_changelist", "articles.view_tag"),
    (_("Editions"), "admin:articles_edition_changelist", "articles.view_edition"),
    (_("Corrections"), "admin:articles_correction_changelist", "articles.view_correction"),
    (_("Redirects"), "admin:articles_redirect_changelist", "articles.view_redirect"),
    (_("Addresses that lead nowhere"), "admin:articles_deadend_changelist", "articles.view_deadend"),
    (_("Publication"), "admin:articles_publication_changelist", "articles.change_publication"),
    (_("People"), "admin:auth_user_changelist", "auth.view_user"),
    (_("Roles"), "admin:auth_group_changelist", "auth.view_group"),
    (_("Audit log"), "admin:articles_auditline_changelist", "articles.view_auditline"),
)


NAMED = 3  # pages of those that could not be taken away


class SignInForm(AdminAuthenticationForm):
    error_messages = AdminAuthenticationForm.error_messages | {
        "invalid_login": _("That name and password do not belong together.")
    }


class NewsroomSite(AdminSite):
    enable_nav_sidebar = False
    index_template = "admin/start.html"
    login_form = SignInForm

    def get_urls(self):
        return [
            path("language/", set_language, name="language"),
            path(
                "renditions/<str:token>/<str:name>", self.admin_view(renditions.serve, cacheable=True), name="rendition"
            ),
            *super().get_urls(),
        ]

    def admin_view(self, view, cacheable=False):
        """Django's, and every date on the page in the outlet's zone: so the page is rendered while that zone holds.

        A number no database can hold, wherever in an address or a form it was forged, names nothing: Http404.
        """
        answer = super().admin_view(view, cacheable)

        @wraps(answer)
        def in_our_zone(request, *args, **kwargs):
            told = stale.telling(lambda paths: messages.error(request, left_for_readers(paths), fail_silently=True))
            with timezone.override(publication_of(request).zone), told:
                try:
                    response = answer(request, *args, **kwargs)
                    return response.render() if hasattr(response, "render") else response
                except (OverflowError, DataError) as error:
                    raise Http404 from error

        return in_our_zone

    def each_context(self, request):
        publication = publication_of(request)
        name = publication.name(get_language()) or gettext("The newsroom")
        return super().each_context(request) | {
            "site_header": name,
            "site_title": name,
            "publication": publication,
            "places": _open_to(request, PLACES),
            "house": _open_to(request, HOUSE),
        }

    def index(self, request, extra_context=None):
        gathered = start.gather(request.user, publication_of(request))
        return super().index(request, gathered | (extra_context or {}))


def left_for_readers(paths):
    """What an editor is told whose withdrawal left pages behind: `paths`, one or more."""
    said = ngettext(
        "But %(count)d page that shows it could not be taken away, and readers may still see it: %(pages)s. Tell the "
        "operator now. It is tried again until it is gone.",
        "But %(count)d pages that show it could not be taken away, and readers may still see them: %(pages)s. Tell the "
        "operator now. It is tried again until they are gone.",
        len(paths),
    )
    return said % {"count": len(paths), "pages": " ".join(sorted(paths)[:NAMED])}


def publication_of(request):
    """The outlet, read once a request."""
    if not hasattr(request, "publication"):
        request.publication = Publication.objects.current()
    return request.publication


def _open_to(request, places):
    """Words, address and whether one is there already, of those `places` that the request's person may enter."""
    found = []
    for words, name, permission in places:
        if permission is None or request.user.has_perm(permission):
            address = reverse(name)
            here = request.path == address if permission is None else request.path.startswith(address)
            found.append((words, address, here))
    return found
