"""What narrows the wall: whose, when, what is lacking, what was picked, collections, and the stories that show it."""

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy

from articles.body.characters import clean_text
from articles.models import Attachment, Author, Byline, Collection, EditionPhoto, Photo, Section, StoryTag, Tag

from . import bounded
from .caption_choice import is_uuid
from .lacks import LACKS, SOON
from .lists import Facet
from .site import publication_of

SHOWN = 8  # collections, authors, tags that have a link of their own; others are named
RECENT = 300  # pictures of stories, newest first, that say whose names those are


class Counted(Facet):
    """A group whose every choice is counted, as far as `bounded.MOST`: all such groups together in one query."""

    def counts(self):
        if not hasattr(self.request, "photo_counts"):
            questions = {}
            for facet in (Which, Needs, Rated):
                questions |= {name: facet.found(Photo.objects.all(), name, self.request) for name in facet.CHOICES}
            self.request.photo_counts = bounded.counts(questions, self.request.user)
        return {name: bounded.said(self.request.photo_counts.get(name, 0)) for name in self.CHOICES}

    def lookups(self, request, model_admin):
        return list(self.CHOICES.items())

    def queryset(self, request, queryset):
        return self.found(queryset, self.value(), request) if self.value() in self.CHOICES else queryset


class Which(Counted):
    title = ""
    parameter_name = "which"
    CHOICES = {"today": gettext_lazy("Today"), "mine": gettext_lazy("Mine"), "unused": gettext_lazy("Never used")}

    @staticmethod
    def found(photos, name, request):
        if name == "today":
            now = publication_of(request).local(timezone.now())
            return photos.filter(created_at__gte=now.replace(hour=0, minute=0, second=0, microsecond=0))
        if name == "mine":
            return photos.filter(uploaded_by=request.user)
        shown = (model.objects.filter(photo=OuterRef("pk")) for model in (Attachment, EditionPhoto))
        return photos.exclude(Exists(next(shown))).exclude(Exists(next(shown)))


class Needs(Counted):
    title = gettext_lazy("Needs")
    parameter_name = "needs"
    CHOICES = {name: words for name, (_one, words, _found, _is_so) in LACKS.items()} | {
        "expiring": gettext_lazy("Expiring soon"),
        "embargo": gettext_lazy("Under embargo"),
    }

    @staticmethod
    def found(photos, name, request):
        if name in LACKS:
            return photos.filter(LACKS[name][2])
        # Both indexes hold photos with a date alone; SQLite takes one only where the question says the same.
        now = timezone.now()
        if name == "expiring":
            return photos.exclude(usable_until=None).filter(usable_until__gt=now, usable_until__lte=now + SOON)
        return photos.exclude(usable_from=None).filter(usable_from__gt=now)


class Rated(Counted):
    title = gettext_lazy("Sorted")
    parameter_name = "rated"
    CHOICES = {"picked": gettext_lazy("Picked"), "rejected": gettext_lazy("Rejected")}
    RATINGS = {"picked": 1, "rejected": -1}

    @staticmethod
    def found(photos, name, request):
        return photos.filter(rating=Rated.RATINGS[name])


class InCollection(Facet):
    title = gettext_lazy("Collection")
    parameter_name = "in"

    def lookups(self, request, model_admin):
        rows = {str(row.uuid): row.name for row in Collection.objects.all()[:SHOWN]}
        chosen = self.value()
        if chosen and chosen not in rows and is_uuid(chosen):
            rows |= {str(row.uuid): row.name for row in Collection.objects.filter(uuid=chosen)}
        return rows.items()

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        if not is_uuid(self.value()):
            return queryset.none()
        return queryset.filter(collection_rows__collection__uuid=self.value())


class OfStories(Facet):
    """A group about the stories that show a picture. Beside its links it takes a name that is typed."""

    template = "admin/articles/photo/facet_named.html"
    named = gettext_lazy("Another name")

    def choices(self, changelist):
        self.others = changelist.others(self.parameter_name)
        return super().choices(changelist)

    def queryset(self, request, queryset):
        value = clean_text(self.value() or "").strip()[:200]
        if not value:
            return queryset
        rows = Attachment.objects.filter(self.of_stories(value), story__binned_at=None)
        return queryset.among(rows.order_by().values("photo"))

    def _with_chosen(self, rows):
        """The links, and what was typed if it is none of them."""
        value = clean_text(self.value() or "").strip()
        return rows if not value or value in dict(rows) else [*rows, (value, value)]


def _recent():
    return Attachment.objects.filter(story__binned_at=None).order_by("-id").values("story")[:RECENT]


class OfSection(OfStories):
    title = gettext_lazy("Section")
    parameter_name = "section"
    template = Facet.template

    def lookups(self, request, model_admin):
        language = get_language()
        return [(row.slug, row.name_in(language)) for row in Section.objects.prefetch_related("words")]

    def of_stories(self, value):
        return Q(story__section__slug=value)


class ByAuthor(OfStories):
    title = gettext_lazy("Author of the story")
    parameter_name = "author"
    named = gettext_lazy("Another author")

    def lookups(self, request, model_admin):
        language = get_language()
        often = Byline.objects.filter(story__in=_recent()).values("author").annotate(often=Count("pk"))
        numbers = [row["author"] for row in often.order_by("-often", "author")[:SHOWN]]
        rows = Author.objects.filter(pk__in=numbers).prefetch_related("words")
        return self._with_chosen([(row.slug, row.name_in(language)) for row in rows])

    def of_stories(self, value):
        people = Author.objects.filter(Q(slug=value) | Q(words__name__iexact=value)).values("pk")
        return Q(story__in=Byline.objects.filter(author__in=people).values("story"))


class WithTag(OfStories):
    title = gettext_lazy("Tag")
    parameter_name = "tag"
    named = gettext_lazy("Another tag")

    def lookups(self, request, model_admin):
        often = StoryTag.objects.filter(content_object__in=_recent()).values("tag__name").annotate(often=Count("pk"))
        names = [row["tag__name"] for row in often.order_by("-often", "tag__name")[:SHOWN]]
        return self._with_chosen([(name, name) for name in sorted(names)])

    def of_stories(self, value):
        tags = Tag.objects.filter(Q(name__iexact=value) | Q(slug=value)).values("pk")
        return Q(story__in=StoryTag.objects.filter(tag__in=tags).values("content_object"))


FACETS = (Which, Needs, Rated, InCollection, OfSection, ByAuthor, WithTag)
