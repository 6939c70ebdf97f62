"""ninjs: each story and each published picture for other newsrooms' systems, at an address beside what readers see."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from articles.models import EditionPhoto, Photo, Publication
from articles.pages import keys
from articles.pages.addresses import has_jpeg
from articles.pages.kept import depends_on
from articles.pages.show import Gone
from articles.pages.stories import StoryPage
from articles.wire import ninjs

from . import outgoing
from .stories import at_its_address


def _answer(version: str, noun: ninjs.Story | ninjs.Picture | ninjs.Withdrawn) -> HttpResponse:
    said = ninjs.write(version, noun)
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False}, content_type=ninjs.CONTENT_TYPE)


def _live(version: str, page: StoryPage) -> HttpResponse:
    return _answer(version, outgoing.story(page))


def _canceled(version: str, gone: Gone) -> HttpResponse:
    """A withdrawn story goes out as canceled, and is a page as any other: what takes these in reads no status."""
    withdrawal = gone.withdrawal
    depends_on(keys.story(withdrawal.edition.story_id))
    return _answer(version, outgoing.withdrawn(withdrawal, gone.frame.publication))


def of_story(version: str) -> Callable[..., HttpResponse]:
    """The view of stories in that version of ninjs."""
    return at_its_address(partial(_live, version), when_gone=partial(_canceled, version))


@require_safe
def photo(request: HttpRequest, language: str, uuid: UUID, version: str) -> HttpResponse:
    """A picture, with the words of the newest story in the language that shows it. 404 for any that none shows."""
    if language not in Publication.objects.current().languages:
        raise Http404
    shown = EditionPhoto.objects.shown().filter(photo__uuid=uuid, edition__is_live=True, edition__language=language)
    row = shown.select_related("edition").order_by("-edition__first_published_at", "-edition_id", "order", "id").first()
    if row is None:
        raise Http404
    found = Photo.objects.defer("metadata").get(pk=row.photo_id)
    depends_on(keys.photo(found.pk), keys.shown(found.pk, language))
    figure = outgoing.shown_figures(row.edition, [found]).get(str(row.attachment))
    if figure is None or not has_jpeg(found):
        raise Http404
    return _answer(version, outgoing.picture(figure, language, row.edition))
