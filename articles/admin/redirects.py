"""Redirects: which addresses lead on to others, and the screen on which one is sent on."""

import re

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from articles.desk import redirects
from articles.desk.errors import Refused
from articles.models import Author, Edition, Redirect, Section, Tag

from .reading import ReadOnly, when

MOST_STORIES, MOST_OTHERS = 8, 4
SLUG_WORDS = 4  # of an address, by which its story is looked for


@admin.register(Redirect)
class RedirectAdmin(ReadOnly):
    list_display = ("lead", "to_page", "all_beneath", "by", "made")
    list_select_related = ("by",)
    search_fields = ("address", "to")
    search_help_text = gettext_lazy("A part of either address")
    show_full_result_count = False
    ordering = ("-id",)
    fields = ("lead", "to_page", "all_beneath", "by", "made")
    readonly_fields = fields

    def has_add_permission(self, request):
        return request.user.has_perm(redirects.MAY_SEND_ON)

    def has_delete_permission(self, request, obj=None):
        return request.user.has_perm("articles.delete_redirect")

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        request.current_app = self.admin_site.name
        return _send_on(request, self.admin_site.each_context(request))

    def delete_model(self, request, obj):
        redirects.take_away(obj, by=request.user)

    def delete_queryset(self, request, queryset):
        for row in queryset:
            redirects.take_away(row, by=request.user)

    @admin.display(description=gettext_lazy("address"), ordering="address")
    def lead(self, row):
        return isolated(row.address)

    @admin.display(description=gettext_lazy("leads to"), ordering="to")
    def to_page(self, row):
        return format_html('<a href="{}">{}</a>', row.to, isolated(row.to))

    @admin.display(description=gettext_lazy("and all beneath it"), ordering="beneath")
    def all_beneath(self, row):
        return _("Yes") if row.beneath else "–"

    @admin.display(description=gettext_lazy("made"), ordering="id")
    def made(self, row):
        return when(row.at)


def isolated(address: str):
    """An address as it is read: from the left in every language, its words in one piece."""
    return format_html('<bdi dir="ltr">{}</bdi>', address)


def _send_on(request: HttpRequest, context: dict) -> HttpResponse:
    """Ask where an address is to lead, and have it lead there. What was typed stays where that is refused."""
    asked = request.POST if request.method == "POST" else request.GET
    typed = {name: asked.get(name, "")[:1000] for name in ("address", "to")}
    back = "admin:articles_deadend_changelist" if asked.get("back") else "admin:articles_redirect_changelist"
    refused = ""
    if request.method == "POST":
        to = request.POST.get("choice") or typed["to"]
        try:
            row = redirects.add(typed["address"], to, by=request.user, beneath="beneath" in request.POST)
        except Refused as error:
            refused = str(error)
        else:
            said = {"address": row.address, "to": row.to}
            messages.success(request, _("%(address)s leads to %(to)s from now on.") % said)
            return HttpResponseRedirect(reverse(back))
    words = asked.get("q")
    context |= {
        "title": _("Send an address on"),
        "refused": refused,
        "typed": typed,
        "beneath": "beneath" in asked,
        "from_list": bool(asked.get("back")),
        "back": reverse(back),
        "words": words or "",
        "pages": _named(words[:100]) if words else _like(typed["address"]),
    }
    return TemplateResponse(request, "admin/articles/redirect/send_on.html", context)


def _named(words: str) -> list[dict]:
    """The pages of ours that are called by all of `words`: live stories, sections, tags, authors."""
    stories = Edition.objects.live().newest()
    others = [Section.objects.all(), Author.objects.all(), Tag.objects.all()]
    for word in words.split()[:6]:
        stories = stories.filter(headline__icontains=word)
        others = [
            rows.filter(**{"name__icontains" if rows.model is Tag else "words__name__icontains": word})
            for rows in others
        ]
    return _stories(stories) + [_place(row) for rows in others for row in rows.distinct()[:MOST_OTHERS]]


def _like(address: str) -> list[dict]:
    """The live stories whose address has words of this one, the more the better: what it may once have been."""
    last = re.split(r"[/?]", address.rstrip("/"))[-1] if address else ""
    words = sorted(set(re.findall(r"[^\W\d_]{3,}", last)), key=len, reverse=True)[:SLUG_WORDS]
    while words:
        stories = Edition.objects.live().newest()
        for word in words:
            stories = stories.filter(path__icontains=word)
        if found := _stories(stories):
            return found
        words.pop()
    return []


def _stories(editions) -> list[dict]:
    rows = editions.values_list("path", "headline", "language")[:MOST_STORIES]
    return [{"path": path, "name": headline, "lang": language, "aside": path} for path, headline, language in rows]


def _place(row: Section | Tag | Author) -> dict:
    language = row.language if isinstance(row, Tag) else get_language()
    path = row.get_absolute_url() if isinstance(row, Tag) else row.get_absolute_url(language)
    name = row.name if isinstance(row, Tag) else row.name_in(language)
    return {"path": path, "name": name, "lang": language, "aside": row._meta.verbose_name}
