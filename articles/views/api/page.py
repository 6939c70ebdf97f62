"""The page to try the API: each operation of the OpenAPI document as a form that works without a script, too."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles.pages.addresses import whole
from articles.pages.frame import frame
from articles.pages.paths import address
from articles.views import answers

from .api import document


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter as a form's field. `choices` where there are only these; `is_in_path` where the address holds it."""

    id: str
    name: str
    words: str
    kind: str
    value: str = ""
    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    example: str = ""
    is_required: bool = False
    is_in_path: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """An operation: its address, and the fields of what may be asked."""

    id: str
    title: str
    words: str
    address: str
    fields: tuple[Field, ...]
    needs_script: bool


@require_safe
def page(request: HttpRequest, language: str) -> HttpResponse:
    """What there is to ask, in the reader's language."""
    around = frame(language)
    around.same_in({switch.language: address("api", switch.language) for switch in around.switches})
    forms = [
        _form(path, operation, around.publication.languages, language)
        for path, operations in document()["paths"].items()
        for operation in operations.values()
    ]
    openapi = whole(address("api-openapi"))
    return answers.page("pages/api.html", {"frame": around, "forms": forms, "openapi": openapi})


def _form(path: str, operation: dict, languages: list[str], language: str) -> Form:
    name = operation["operationId"]
    fields = tuple(_field(name, one, languages, language) for one in operation.get("parameters", ()))
    return Form(
        id=name,
        title=gettext(operation["summary"]),
        words=_marked(operation["description"]),
        address=path,
        fields=fields,
        needs_script=any(field.is_in_path for field in fields),
    )


def _marked(words: str) -> str:
    """Words of the document in the reader's language, its marks of code as code."""
    parts = gettext(words).split("`")
    marked = (format_html('<code dir="ltr">{}</code>', part) if at % 2 else part for at, part in enumerate(parts))
    return format_html_join("", "{}", ((part,) for part in marked))


def _field(form: str, parameter: dict, languages: list[str], language: str) -> Field:
    said, name = parameter["schema"], parameter["name"]
    kinds = said.get("anyOf", [said])
    value = kinds[0]
    is_number = any(kind.get("type") == "integer" for kind in kinds)
    is_moment = any(kind.get("format") == "date-time" for kind in kinds)
    is_uuid = any(kind.get("format") == "uuid" for kind in kinds)
    return Field(
        id=f"{form}-{name}",
        name=name,
        words=_marked(parameter["description"]) if parameter.get("description") else "",
        kind="number" if is_number else "text",
        value=language if "enum" in said else "",
        choices=tuple(code for code in said.get("enum", ()) if code in languages),
        least=value.get("minimum"),
        most=value.get("maximum"),
        example="2024-11-22T09:00:00Z" if is_moment else str(value["default"]) if value.get("default") else "",
        is_required=parameter.get("required", False),
        is_in_path=is_uuid or parameter["in"] == "path",
    )
