"""Problems: what the API says when it cannot give what was asked, always in one shape (RFC 9457)."""

from collections.abc import Sequence
from http import HTTPStatus

from django.http import HttpRequest, JsonResponse
from ninja import Schema
from pydantic import Field

CONTENT_TYPE = "application/problem+json"


class Wrong(Schema):
    """A part of the question that is wrong."""

    name: str = Field(description="The parameter.")
    message: str = Field(description="What is wrong with it, as a sentence.")


class Problem(Schema):
    """What is wrong."""

    type: str = "about:blank"
    title: str = Field(description="The status in words.")
    status: int
    detail: str = Field("", description="What is wrong, as a sentence.")
    errors: list[Wrong] = Field([], description="Each parameter that is wrong.")


class Refused(Exception):
    """The API cannot give what was asked; `status` says why, `detail` in a sentence, `errors` by parameter."""

    def __init__(self, status: int, detail: str, errors: Sequence[tuple[str, str]] = ()):
        super().__init__(detail)
        self.status, self.detail, self.errors = status, detail, tuple(errors)


def answer(status: int, detail: str = "", errors: Sequence[tuple[str, str]] = ()) -> JsonResponse:
    """A problem as a response."""
    said = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "errors": [{"name": name, "message": message} for name, message in errors],
    }
    return JsonResponse(said, status=status, content_type=CONTENT_TYPE, json_dumps_params={"ensure_ascii": False})


def of_refusal(request: HttpRequest, refused: Refused) -> JsonResponse:
    return answer(refused.status, refused.detail, refused.errors)
