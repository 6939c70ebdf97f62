"""Pictures that come in pieces: begin, a piece, where it stands, finish, let go. JSON out; a piece is raw bytes.

A browser that lost the line, or was closed, begins again under the same name and goes on from the offset it is told.
"""

from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.http.request import UnreadablePostError
from django.template.loader import render_to_string
from django.urls import path
from django.utils.translation import gettext as _

from articles.desk import uploads
from articles.desk.errors import Refused
from articles.imaging import intake
from articles.models import Photo, Publication, Role, Upload

from . import likenesses, story_pictures
from .json_door import TooLarge, json_door, read_json, refusal
from .tiles import already_here, tile, with_captions

PIECE_BYTES = 2_000_000  # as browsers are asked to cut; up to `uploads.MOST_PIECE_BYTES` are taken


def urls(site) -> list:
    """The addresses of uploads, for the urls of the library's screens. `site` knows who may come in."""
    door = json_door(site)
    return [
        path("uploads/", door(_answered(begin)), name="articles_upload"),
        path("uploads/<uuid:uuid>/", door(_answered(state), methods=("GET",)), name="articles_upload_state"),
        path(
            "uploads/<uuid:uuid>/piece/",
            door(_answered(piece), most_bytes=uploads.MOST_PIECE_BYTES),
            name="articles_upload_piece",
        ),
        path("uploads/<uuid:uuid>/finish/", door(_answered(finish)), name="articles_upload_finish"),
        path("uploads/<uuid:uuid>/let-go/", door(_answered(let_go)), name="articles_upload_let_go"),
    ]


def _answered(view):
    """`view`, and what only uploads refuse: each with the status a browser acts on."""

    def answer(request: HttpRequest, *args, **kwargs) -> JsonResponse:
        try:
            return view(request, *args, **kwargs)
        except uploads.OutOfPlace as error:
            return JsonResponse({"refused": str(error), "code": "offset", "offset": error.offset}, status=409)
        except uploads.Gone as error:
            return refusal(404, "gone", str(error))
        except uploads.NoRoom as error:
            return refusal(507, "no_room", str(error))
        except intake.Refused as error:
            return refusal(422, "refused", str(error))

    return answer


def begin(request: HttpRequest) -> JsonResponse:
    """Begin an upload: `upload` (its uuid, the browser's), `name`, `size`. Begun again, it says where it stands."""
    given = read_json(request)
    name, size = given.get("name"), given.get("size")
    try:
        uuid = UUID(given.get("upload"))
    except (AttributeError, TypeError, ValueError) as error:
        raise _not_whole() from error
    if not isinstance(name, str) or not isinstance(size, int) or isinstance(size, bool) or not 0 <= size < 2**63:
        raise _not_whole()
    return _standing(uploads.begin(uuid, name=name, size=size, by=request.user))


def state(request: HttpRequest, uuid: UUID) -> JsonResponse:
    """Where an upload stands."""
    return _standing(uploads.find(uuid, by=request.user))


def piece(request: HttpRequest, uuid: UUID) -> JsonResponse:
    """A piece of the file, beginning at the header `Upload-Offset`."""
    offset = request.headers.get("Upload-Offset", "")
    if not (offset.isascii() and offset.isdecimal() and len(offset) < 19):
        raise _not_whole()
    try:
        content = request.body
    except RequestDataTooBig as error:
        raise TooLarge from error
    except UnreadablePostError as error:  # the line was cut in the middle of it
        raise _not_whole() from error
    if len(content) > uploads.MOST_PIECE_BYTES:
        raise TooLarge
    return _standing(uploads.receive(uuid, int(offset), content, by=request.user))


def finish(request: HttpRequest, uuid: UUID) -> JsonResponse:
    """All pieces are here: take the picture into the library.

    Answers with its tile for the wall; given `language`, with its row for a story, which goes by the upload's uuid.
    `older` shows the earlier pictures that it looks like: a warning, which stops nothing.
    """
    given = read_json(request)
    language = given.get("language")
    if language is not None and language not in Publication.objects.current().languages:
        raise _not_whole()
    upload = uploads.finish(uuid, by=request.user)
    if upload.refused or upload.photo_id is None:
        return refusal(422, "refused", upload.refused or _("The picture is not in the library any more."))
    photo = with_captions(Photo.objects.filter(pk=upload.photo_id)).get()
    known = already_here(photo) if upload.was_known else ""
    if language is None:
        html = render_to_string("admin/articles/photo/tile.html", {"tile": tile(photo)})
    else:
        html = story_pictures.row_html(
            request, photo, uuid=uuid, language=language, role=Role.LEAD if given.get("lead") else Role.TEXT
        )
    older = "" if upload.was_known else likenesses.html(photo, request.user, Publication.objects.current())
    return JsonResponse({"upload": str(uuid), "known": known, "html": html, "older": older})


def let_go(request: HttpRequest, uuid: UUID) -> JsonResponse:
    """The picture is not to come after all."""
    uploads.let_go(uuid, by=request.user)
    return JsonResponse({})


def _standing(upload: Upload) -> JsonResponse:
    return JsonResponse(
        {
            "upload": str(upload.uuid),
            "offset": upload.received,
            "size": upload.size,
            "piece": PIECE_BYTES,
            "finished": upload.finished_at is not None,
        }
    )


def _not_whole() -> Refused:
    return Refused(_("The upload did not arrive whole."))
