"""What stories are filed under: sections, tags, and the people in their bylines."""

from uuid import uuid4

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase

from articles.body.slug import slug, with_suffix


def free_slug(wanted, taken):
    """`wanted`, or `wanted-2`, `wanted-3` … : the first that `taken(slug)` says is free."""
    candidate, number = wanted, 1
    while taken(candidate):
        number += 1
        candidate = with_suffix(wanted, number)
    return candidate


class WordsMixin:
    """One row, and a row of words per language: which words to show in a language."""

    def in_language(self, language):
        """The row of words in `language`, else the first there is, else None. Reads what is prefetched."""
        words = list(self.words.all())
        return next((row for row in words if row.language == language), words[0] if words else None)

    def name_in(self, language):
        words = self.in_language(language)
        return words.name if words else self.slug

    def __str__(self):
        return self.name_in(get_language() or "en")


class SectionQuerySet(models.QuerySet):
    def in_language(self, language):
        """Sections that have words in `language`: those that readers of it are shown."""
        return self.filter(words__language=language)


class Section(WordsMixin, models.Model):
    """A part of the paper: World, City, Culture."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    slug = models.SlugField(_("slug"), max_length=80, unique=True, allow_unicode=True)
    order = models.PositiveIntegerField(_("order"), default=0)

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["order", "slug"]

    def get_absolute_url(self, language="en"):
        return reverse("section", args=[language, self.slug])


class SectionWords(models.Model):
    section = models.ForeignKey(Section, models.CASCADE, related_name="words")
    language = models.CharField(_("language"), max_length=10)
    name = models.CharField(_("name"), max_length=100)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name = _("name in a language")
        verbose_name_plural = _("names in languages")
        constraints = [models.UniqueConstraint(fields=["section", "language"], name="section_words_once_a_language")]

    def __str__(self):
        return self.name


class Author(WordsMixin, models.Model):
    """A person in a byline."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    slug = models.SlugField(_("slug"), max_length=80, unique=True, allow_unicode=True)
    user = models.OneToOneField(
        "auth.User", models.SET_NULL, null=True, blank=True, related_name="author", verbose_name=_("account")
    )
    email = models.EmailField(_("public e-mail"), blank=True)

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["slug"]

    def get_absolute_url(self, language="en"):
        return reverse("author", args=[language, self.slug])


class AuthorWords(models.Model):
    author = models.ForeignKey(Author, models.CASCADE, related_name="words")
    language = models.CharField(_("language"), max_length=10)
    name = models.CharField(_("name"), max_length=100)
    role = models.CharField(_("role"), max_length=100, blank=True, help_text=_("Such as Courts correspondent."))
    biography = models.TextField(_("biography"), blank=True)

    class Meta:
        verbose_name = _("name in a language")
        verbose_name_plural = _("names in languages")
        constraints = [models.UniqueConstraint(fields=["author", "language"], name="author_words_once_a_language")]
        indexes = [models.Index(fields=["name"], name="author_words_name")]

    def __str__(self):
        return self.name


class Tag(TagBase):
    """A word in one language. Names whose slugs collide or come out empty (C++ and C#) get a suffix."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    language = models.CharField(_("language"), max_length=10)
    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(_("slug"), max_length=100, allow_unicode=True, blank=True)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["language", "slug"], name="tag_slug_once_a_language"),
            models.UniqueConstraint(fields=["language", "name"], name="tag_name_once_a_language"),
        ]

    def save(self, *args, **kwargs):
        if not self.slug:
            others = Tag.objects.filter(language=self.language).exclude(pk=self.pk)
            self.slug = free_slug(slug(self.name, "tag"), lambda wanted: others.filter(slug=wanted).exists())
        models.Model.save(self, *args, **kwargs)

    def get_absolute_url(self):
        return reverse("tag", args=[self.language, self.slug])
