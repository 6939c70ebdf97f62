"""The bar's buttons, which follow where a story stands: made with its screen, and again when somebody moved it."""

import json
from hashlib import sha256

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language_info

from articles.desk import addresses
from articles.models import Publication, Story

from . import story_moves

TEMPLATE = "admin/articles/story/bar_part.html"
PARTS = ("live", "next", "more")


def context(request: HttpRequest, story: Story | None, language: str) -> dict:
    """What the bar shows of `story` (None: a new one, in `language`) to who asks."""
    user = request.user
    may_change = story is None or story.changeable_by(user)
    found = {
        "story": story,
        "may_change": may_change,
        "may_share": bool(story and may_change),
        "may_copy": bool(story and not story.binned_at and user.has_perm("articles.add_story")),
        "standing": story_moves.standing(story),
        "moves": story_moves.moves(story or Story(language=language, started_by=user), user),
        "may_correct": story_moves.may_correct(story, user),
        "may_readdress": bool(story and not addresses.why_not(story, user)),
        "beginnings": _beginnings(story) if may_change and user.has_perm("articles.add_story") else [],
        "surface": {"lang": language, "dir": "rtl" if get_language_info(language)["bidi"] else "ltr"},
    }
    return found | {"bar_digest": _digest(found)}


def parts(request: HttpRequest, story: Story, known: object) -> dict | None:
    """The parts of the bar as HTML by their names, and the digest they go by; None where that is the `known` one."""
    shown = context(request, story, story.language)
    if shown["bar_digest"] == known:
        return None
    made = {part: render_to_string(TEMPLATE, shown | {"part": part}, request).strip() for part in PARTS}
    return {"digest": shown["bar_digest"], "parts": made}


def _beginnings(story: Story | None) -> list[tuple[str, str]]:
    """(language, its name) of the siblings that could be begun."""
    if story is None:
        return []
    held = {story.language, *story.siblings().values_list("language", flat=True)}
    languages = Publication.objects.current().languages
    return [(code, get_language_info(code)["name_local"]) for code in languages if code not in held]


def _digest(found: dict) -> str:
    """Short, and another one whenever the bar would look otherwise."""
    story = found["story"]
    said = [
        [vars(move) | {"label": str(move.label)} for move in found["moves"]],
        [story.live_edition.path if story.live_edition else "", bool(story.first_published_at)] if story else [],
        *(found[name] for name in ("may_change", "may_copy", "may_correct", "may_readdress", "beginnings")),
    ]
    return sha256(json.dumps(said).encode()).hexdigest()[:16]
