"""The list of stories: everything the newsroom is working on, found, filtered and handed on."""

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import Prefetch
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from articles.body.lists import listed
from articles.desk import bin as the_bin
from articles.desk import copies, stories
from articles.desk.errors import Refused
from articles.models import Status, Story
from articles.models.stories import Byline
from articles.search import copies as copies_found

from . import dates, moments, renditions
from .history import HistoryMixin
from .lists import Searched, pager, with_lead
from .site import publication_of
from .story_facets import InBin, InLanguage, InSection, Needs, Standing, Whose
from .story_form import StoryFormMixin


class StoryList(ChangeList):
    """A page of stories with all that its rows show, in the same number of queries however many they are."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.query:
            self.date_hierarchy = None  # the days of what was found would cost as much as finding it

    def get_queryset(self, request, **kwargs):
        bylines = Byline.objects.select_related("author").prefetch_related("author__words")
        found = super().get_queryset(request, **kwargs).select_related("section", "changed_by", "live_edition")
        found = found.defer("body", "live_edition__snapshot").prefetch_related(Prefetch("byline_set", queryset=bylines))
        return with_lead(found)

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        keys = {story.sibling_key for story in self.result_list}
        languages = {}
        found = Story.objects.kept().filter(sibling_key__in=keys)
        for key, language in found.values_list("sibling_key", "language"):
            languages.setdefault(key, set()).add(language)
        for story in self.result_list:
            story.sibling_languages = sorted(languages.get(story.sibling_key, set()) - {story.language})
            story.publication = publication_of(request)


@admin.register(Story)
class StoryAdmin(HistoryMixin, StoryFormMixin, Searched, admin.ModelAdmin):
    list_display = ("picture", "title", "standing", "in_section", "languages", "signed", "changed", "edition")
    list_display_links = ("title",)
    list_filter = (Whose, Standing, InSection, InLanguage, Needs, InBin)
    list_per_page = 50
    list_max_show_all = 0
    date_hierarchy = "changed_at"
    show_full_result_count = False
    search_fields = ("headline",)  # that there is a search; what it looks through says `get_search_results`
    actions = ("submit", "duplicate", "take_out")

    # -- Who may: everybody sees all stories, and changes those that are theirs to change

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request) if obj is None else obj.changeable_by(request.user)

    def has_delete_permission(self, request, obj=None):
        return False

    def has_take_out_permission(self, request):
        return request.user.has_perm("articles.change_story")

    def has_submit_permission(self, request):
        return request.user.has_perm("articles.submit_story")

    # -- The list

    def get_actions(self, request):
        """In the bin one takes out, elsewhere one hands in."""
        actions = super().get_actions(request)
        for name in ("submit", "duplicate") if request.GET.get("bin") else ("take_out",):
            actions.pop(name, None)
        return actions

    def get_changelist(self, request, **kwargs):
        return StoryList

    def get_search_results(self, request, queryset, search_term):
        """Working copies by their words, captions, tags and authors: those of `queryset`, which is what one may see."""
        return (copies_found.matching(queryset, search_term) if search_term else queryset), False

    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(request, extra_context)
        if getattr(response, "context_data", None) and "cl" in response.context_data:
            changelist = response.context_data["cl"]
            response.context_data |= {"pager": pager(changelist), "dates": dates.links(changelist, request)}
        return response

    def _each(self, request, queryset, verb):
        """What `verb` gave for each story that it was done to; of the others the editor reads why not."""
        done = []
        for story in queryset:
            try:
                done.append(verb(story, by=request.user))
            except Refused as error:
                self.message_user(request, str(error), messages.ERROR)
        return done

    def _say(self, request, said, done):
        if done:
            self.message_user(request, said % {"count": len(done)}, messages.SUCCESS)

    @admin.action(description=gettext_lazy("Submit"), permissions=["submit"])
    def submit(self, request, queryset):
        done = self._each(request, queryset, stories.submit)
        said = ngettext("%(count)d story is in review.", "%(count)d stories are in review.", len(done))
        self._say(request, said, done)

    @admin.action(description=gettext_lazy("Duplicate"), permissions=["add"])
    def duplicate(self, request, queryset):
        done = self._each(request, queryset, copies.duplicate)
        said = ngettext("%(count)d copy is made, as a draft.", "%(count)d copies are made, as drafts.", len(done))
        self._say(request, said, done)
        # One copy was made to be worked on; of several the list shows where they are.
        return redirect("admin:articles_story_change", done[0].pk) if len(done) == 1 else None

    @admin.action(description=gettext_lazy("Take out of the bin"), permissions=["take_out"])
    def take_out(self, request, queryset):
        done = self._each(request, queryset, the_bin.take_out)
        said = ngettext("%(count)d story is out of the bin.", "%(count)d stories are out of the bin.", len(done))
        self._say(request, said, done)

    @admin.display(description=gettext_lazy("Picture"))
    def picture(self, story):
        address = renditions.address(story.lead[0].photo) if story.lead else ""
        if not address:
            return format_html('<span class="thumb none">{}</span>', _("none"))
        return format_html('<img class="thumb" src="{}" alt="" loading="lazy">', address)

    @admin.display(description=gettext_lazy("Headline"), ordering="headline")
    def title(self, story):
        return format_html('<bdi lang="{}">{}</bdi>', story.language, story)

    @admin.display(description=gettext_lazy("Status"), ordering="status")
    def standing(self, story):
        word = Status(story.status).label
        if not story.live_edition or story.status == Status.PUBLISHED:
            return format_html('<span class="status" data-is="{}">{}</span>', story.status, word)
        said = _("edition %(number)d is live") % {"number": story.live_edition.number}
        return format_html(
            '<span class="status" data-is="{}">{}</span><small class="lacks">{}</small>', story.status, word, said
        )

    @admin.display(description=gettext_lazy("Section"), ordering="section__order")
    def in_section(self, story):
        return story.section.name_in(get_language()) if story.section else "–"

    @admin.display(description=gettext_lazy("Language"), ordering="language")
    def languages(self, story):
        siblings = "".join(f" · {language.upper()}" for language in story.sibling_languages)
        return format_html('{}<span class="quiet">{}</span>', story.language.upper(), siblings)

    @admin.display(description=gettext_lazy("Author"))
    def signed(self, story):
        return listed(byline.author.name_in(story.language) for byline in story.byline_set.all()) or "–"

    @admin.display(description=gettext_lazy("Last change"), ordering="changed_at")
    def changed(self, story):
        who = story.changed_by.get_short_name() or story.changed_by.get_username() if story.changed_by else ""
        return format_html("{} <small>{}</small>", moments.said(story.changed_at, story.publication), who)

    @admin.display(description=gettext_lazy("Live edition"), ordering="live_edition__issued_at")
    def edition(self, story):
        edition = story.live_edition
        if not edition:
            return format_html('<span class="quiet">{}</span>', _("not live"))
        return format_html(
            '<a href="{}">{}</a> <small>{}</small>',
            edition.path,
            _("No. %(number)d") % {"number": edition.number},
            moments.said(edition.issued_at, story.publication),
        )
