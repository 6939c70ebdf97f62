"""What narrows the list of stories: whose they are, how they stand, where they belong, what they need, the bin."""

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from articles.models import Attachment, Section, Status, Story
from articles.models.stories import Byline

from .lists import Facet
from .site import publication_of
from .words import languages_of


class Whose(Facet):
    title = ""
    parameter_name = "whose"

    def lookups(self, request, model_admin):
        choices = [("mine", _("Mine"))]
        if request.user.has_perm("articles.return_story") or request.user.has_perm("articles.publish_story"):
            choices.append(("waiting", _("Waiting for me")))
        return choices

    def counts(self):
        user = self.request.user
        signed = Byline.objects.filter(author__user=user, story__binned_at=None)
        begun = Story.objects.kept().filter(started_by=user).count()
        # Two counts over two indexes: one question with "or" would read every story.
        mine = begun + signed.exclude(story__started_by=user).count()
        return {"mine": mine, "waiting": Story.objects.waiting_for(user).count()}

    def queryset(self, request, queryset):
        if self.value() == "mine":
            signed = Byline.objects.filter(author__user=request.user).values("story")
            return queryset.filter(Q(started_by=request.user) | Q(pk__in=signed))
        if self.value() == "waiting":
            return queryset & Story.objects.waiting_for(request.user)
        return queryset


class Standing(Facet):
    title = gettext_lazy("Status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return Status.choices

    def counts(self):
        return _counted("status")

    def queryset(self, request, queryset):
        return queryset.filter(status=self.value()) if self.value() else queryset


class InSection(Facet):
    title = gettext_lazy("Section")
    parameter_name = "section"

    def lookups(self, request, model_admin):
        language = get_language()
        sections = Section.objects.prefetch_related("words")
        return [*((row.slug, row.name_in(language)) for row in sections), ("-", _("None yet"))]

    def counts(self):
        return {slug or "-": number for slug, number in _counted("section__slug").items()}

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return queryset.filter(section=None) if self.value() == "-" else queryset.filter(section__slug=self.value())


class InLanguage(Facet):
    title = gettext_lazy("Language")
    parameter_name = "in"

    def lookups(self, request, model_admin):
        return languages_of(publication_of(request)).items()

    def queryset(self, request, queryset):
        return queryset.filter(language=self.value()) if self.value() else queryset


class Needs(Facet):
    title = gettext_lazy("Needs")
    parameter_name = "needs"

    def lookups(self, request, model_admin):
        return [("picture", _("A picture")), ("section", _("A section")), ("sibling", _("A sibling"))]

    def queryset(self, request, queryset):
        if self.value() == "picture":
            return queryset.exclude(Exists(Attachment.objects.filter(story=OuterRef("pk"))))
        if self.value() == "section":
            return queryset.filter(section=None)
        if self.value() == "sibling":
            others = Story.objects.kept().filter(sibling_key=OuterRef("sibling_key")).exclude(pk=OuterRef("pk"))
            return queryset.exclude(Exists(others))
        return queryset


class InBin(Facet):
    """The bin: what was put there is in no list but this one."""

    title = gettext_lazy("Deleted")
    parameter_name = "bin"

    def lookups(self, request, model_admin):
        return [("1", _("In the bin"))]

    def counts(self):
        return {"1": Story.objects.binned().count()}

    def queryset(self, request, queryset):
        return queryset.binned() if self.value() else queryset.kept()


def _counted(column):
    """How many stories there are by each value of `column`. All less those in the bin: either is read off an index."""
    counts, in_bin = (
        dict(stories.order_by().values_list(column).annotate(Count("pk")))
        for stories in (Story.objects.all(), Story.objects.binned())
    )
    return {value: number - in_bin.get(value, 0) for value, number in counts.items()}
