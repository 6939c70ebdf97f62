"""Feeds: the newest stories of a front, section, tag or author, whole, as RSS and as Atom."""

from uuid import NAMESPACE_URL, UUID, uuid5

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles.models import AuthorWords, Publication, SectionWords, Tag
from articles.pages import keys
from articles.pages.addresses import whole
from articles.pages.feeds import items
from articles.pages.kept import depends_on
from articles.pages.paths import address
from articles.pages.spans import River
from articles.wire import feeds

from . import answers


@require_safe
def front_feed(request: HttpRequest, language: str, format: str) -> HttpResponse:
    """The newest stories in a language."""
    return answer(request, language, format, River(language), None, "front")


@require_safe
def section_feed(request: HttpRequest, language: str, slug: str, format: str) -> HttpResponse:
    """The newest stories of a section that has words in the language."""
    if moved := answers.other_form(request, slug):
        return moved
    words = get_object_or_404(SectionWords.objects.select_related("section"), section__slug=slug, language=language)
    river = River(language, section=words.section_id)
    return answer(request, language, format, river, words.section.uuid, "section", slug, words.name, words.description)


@require_safe
def tag_feed(request: HttpRequest, language: str, slug: str, format: str) -> HttpResponse:
    """The newest stories with a tag."""
    if moved := answers.other_form(request, slug):
        return moved
    tag = get_object_or_404(Tag, language=language, slug=slug)
    depends_on(keys.tag(tag.pk))
    return answer(request, language, format, River(language, tag=tag.pk), tag.uuid, "tag", slug, tag.name)


@require_safe
def author_feed(request: HttpRequest, language: str, slug: str, format: str) -> HttpResponse:
    """The newest stories somebody signs."""
    if moved := answers.other_form(request, slug):
        return moved
    known = list(AuthorWords.objects.filter(author__slug=slug).select_related("author").order_by("id"))
    words = next((row for row in known if row.language == language), known[0] if known else None)
    if words is None:
        raise Http404
    depends_on(keys.author(words.author_id))
    river = River(language, author=words.author_id)
    return answer(request, language, format, river, words.author.uuid, "author", slug, words.name, words.biography)


def answer(
    request: HttpRequest,
    language: str,
    format: str,
    river: River,
    uuid: UUID | None,
    page: str,
    slug: str = "",
    title: str = "",
    description: str = "",
) -> HttpResponse:
    """The feed of the newest stories of `river`. `uuid` is that of the section, tag or author it is of; `page` is the
    name of the page it belongs to in the URLconf."""
    publication = Publication.objects.current()
    if language not in publication.languages:
        raise Http404
    name = publication.name(language)
    channel = feeds.Channel(
        # Of what stays when it is called otherwise. An outlet that nobody has set up yet has no number of its own.
        uuid=uuid5(uuid or (publication.uuid if publication.pk else NAMESPACE_URL), f"feed:{language}"),
        title=f"{title} – {name}" if title else name,
        description=description or publication.tagline(language) or name,
        page=whole(address(page, language, *filter(None, [slug]))),
        address=whole(request.path),
        language=language,
        publisher=name,
    )
    xml, content_type = feeds.write(format, channel, items(river, publication))
    return HttpResponse(xml, content_type=content_type)
