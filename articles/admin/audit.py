"""The audit log: who did what, when. To be read and never changed."""

import json

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.models import AuditLine

from . import deeds
from .reading import ReadOnly, when


@admin.register(AuditLine)
class AuditAdmin(ReadOnly):
    list_display = ("moment", "person", "deed", "about", "told")
    list_display_links = ("moment",)
    search_fields = ("=by_name", "=kind", "=what", "=what_uuid")
    ordering = ("-id",)
    show_full_result_count = False
    fields = ("moment", "person", "deed", "noun", "what_uuid", "told", "kept", "previous_digest", "digest")
    readonly_fields = fields

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        deeds.name(changelist.result_list)
        return changelist

    @admin.display(description=_("at"), ordering="id")
    def moment(self, line):
        return when(line.at)

    @admin.display(description=_("by"))
    def person(self, line):
        return format_html("<bdi>{}</bdi>", deeds.person(line))

    @admin.display(description=_("deed"))
    def deed(self, line):
        return deeds.deed(line)

    @admin.display(description=_("what"))
    def noun(self, line):
        return deeds.noun(line)

    @admin.display(description=_("what"))
    def about(self, line):
        if not line.about:
            return deeds.noun(line)
        return format_html('{} <a href="{}"><bdi>{}</bdi></a>', deeds.noun(line), line.screen, line.about)

    @admin.display(description=_("details"))
    def told(self, line):
        return format_html("<bdi>{}</bdi>", deeds.details(line) or "–")

    @admin.display(description=_("as it is kept"))
    def kept(self, line):
        return format_html('<bdi dir="ltr">{} {}</bdi>', line.kind, json.dumps(line.details, ensure_ascii=False))
