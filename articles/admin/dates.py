"""The days of a list: Django's links by year, month and day, said as the outlet says its dates."""

from datetime import date
from urllib.parse import parse_qs

from babel.dates import format_skeleton
from django.contrib.admin.templatetags.admin_list import date_hierarchy
from django.utils.translation import get_language

from .site import publication_of

# How a span is said, by the parts of the date that name it.
SKELETONS = {("year",): "y", ("year", "month"): "yMMMM", ("year", "month", "day"): "MMMMd"}


def links(changelist, request) -> dict | None:
    """Django's links of a list by its dates, with the months of the outlet's own locale; None where it shows none."""
    found = date_hierarchy(changelist)
    if not found:
        return None
    locale = publication_of(request).locale(get_language())
    back = found.get("back")
    choices = [_said(choice, changelist, locale) for choice in found["choices"]]
    return found | {"choices": choices, "back": back and _said(back, changelist, locale)}


def _said(choice, changelist, locale):
    """A link with its title by the locale; what names no date keeps the title it has, and so does an odd address."""
    asked = parse_qs(choice["link"].lstrip("?")) if choice.get("link") else _chosen(changelist)
    parts = {part: asked.get(f"{changelist.date_hierarchy}__{part}", [""])[0] for part in ("year", "month", "day")}
    parts = {part: int(value) for part, value in parts.items() if value.isdecimal()}
    skeleton = SKELETONS.get(tuple(parts))
    try:
        day = date(parts.get("year", 1), parts.get("month", 1), parts.get("day", 1))
    except ValueError:
        return choice
    return choice | {"title": format_skeleton(skeleton, day, locale=locale)} if skeleton else choice


def _chosen(changelist):
    """What the list is narrowed to now."""
    return {name: [str(value[-1] if isinstance(value, list) else value)] for name, value in changelist.params.items()}
