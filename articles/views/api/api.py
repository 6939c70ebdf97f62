"""The API itself, put together: its operations, its OpenAPI document, and what it says when something is wrong."""

import json
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.urls import path
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer

from . import problems
from .operations import router
from .searching import router as searching


class Renderer(JSONRenderer):
    """JSON whose Arabic can be read."""

    json_dumps_params = {"ensure_ascii": False}


class Api(NinjaAPI):
    """Answers are JSON, which is UTF-8 and names no charset (RFC 8259)."""

    def get_content_type(self) -> str:
        return "application/json"


api = Api(
    renderer=Renderer(),
    title="Newsroom",
    version="1",
    description="Published stories and pictures, for reading. What is not published, or not any more, is not here.",
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
)
api.add_router("", router)
api.add_router("", searching)
api.add_exception_handler(problems.Refused, problems.of_refusal)


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [(_name(one["loc"]), one["msg"].removeprefix("Value error, ")) for one in error.errors]
    return problems.answer(400, "This cannot be asked: " + "; ".join(_said(*one) for one in errors), errors)


def _name(place: tuple) -> str:
    """The parameter, of where pydantic found something wrong: ("query", "limit")."""
    return str(place[-1]) if len(place) > 1 else ""


def _said(name: str, message: str) -> str:
    return f"{name}: {message}" if name else message


def _or_empty(parameter: dict) -> dict:
    """The schema of a parameter, which may also be empty where it may be left out: so a form sends it."""
    schema = parameter["schema"]
    if parameter.get("required") or schema.get("type") == "string":  # these say so themselves, in a pattern
        return schema
    values = [one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"]
    return {"anyOf": [*values, {"type": "string", "maxLength": 0}]}


@cache
def document() -> dict:
    """The OpenAPI document, as Python's plain values."""
    found = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1")))
    for operations in found["paths"].values():
        for operation in operations.values():
            for parameter in operation.get("parameters", ()):
                parameter["schema"] = _or_empty(parameter)
            for status, response in operation["responses"].items():
                if status != "200":
                    response["content"] = {problems.CONTENT_TYPE: response["content"].pop("application/json")}
    return found


def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    return HttpResponse(json.dumps(document(), ensure_ascii=False, indent=1), content_type="application/json")


urlpatterns = [path("openapi.json", openapi, name="api-openapi"), *api.urls[0]]
