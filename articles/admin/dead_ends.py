"""Addresses that lead nowhere: what readers ask for in vain, those asked for most often first."""

from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.desk import redirects
from articles.models import DeadEnd

from .lists import Facet
from .reading import ReadOnly, when
from .redirects import isolated


class NotWorthIt(Facet):
    """Those about which somebody decided, which the list leaves out."""

    title = ""
    parameter_name = "dismissed"

    def lookups(self, request, model_admin):
        return [("1", _("Set aside as not worth it"))]

    def queryset(self, request, queryset):
        return queryset.exclude(dismissed_at=None) if self.value() else queryset.open()


@admin.register(DeadEnd)
class DeadEndAdmin(ReadOnly):
    list_display = ("asked_for", "count", "last", "first", "found_on", "send_on")
    list_display_links = None
    list_filter = (NotWorthIt,)
    search_fields = ("address",)
    ordering = ("-count", "-last_at", "-id")
    actions = ("dismiss",)
    fields = ("asked_for", "count", "last", "first", "found_on")
    readonly_fields = fields

    def has_dismiss_permission(self, request):
        return request.user.has_perm("articles.change_deadend")

    @admin.action(description=gettext_lazy("Not worth it"), permissions=["dismiss"])
    def dismiss(self, request, queryset):
        rows = list(queryset)
        for row in rows:
            redirects.dismiss(row, by=request.user)
        said = ngettext("%(count)d address is off the list.", "%(count)d addresses are off the list.", len(rows))
        self.message_user(request, said % {"count": len(rows)}, messages.SUCCESS)

    @admin.display(description=gettext_lazy("address"), ordering="address")
    def asked_for(self, row):
        return isolated(row.address)

    @admin.display(description=gettext_lazy("last asked for"), ordering="last_at")
    def last(self, row):
        return when(row.last_at)

    @admin.display(description=gettext_lazy("first asked for"), ordering="first_at")
    def first(self, row):
        return when(row.first_at)

    @admin.display(description=gettext_lazy("linked from"), ordering="linked_from")
    def found_on(self, row):
        if not row.linked_from:
            return "–"
        return format_html('<a href="{}">{}</a>', row.linked_from, isolated(row.linked_from))

    @admin.display(description="")
    def send_on(self, row):
        address = f"{reverse('admin:articles_redirect_add')}?{urlencode({'address': row.address, 'back': 1})}"
        return format_html('<a class="btn" href="{}">{}…</a>', address, _("Send on to"))
