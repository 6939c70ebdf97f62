"""Moved: where something stands now that a reader looks for at an address where there is nothing.

Asked only once there is no page: whatever stands at an address wins over any redirect.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve

from articles.models import AuthorWords, Edition, Redirect, SectionWords, Tag, Withdrawal
from articles.models.redirects import LONGEST, folded

DEEPEST = 12  # parts of an address that are looked at
TEXT = "/text"  # what the address of a text edition begins with
# A query that an old system's address may have: short, plain, and the same for everybody.
PLAIN_QUERY = re.compile("[A-Za-z0-9_.-]+=[A-Za-z0-9_.-]+(&[A-Za-z0-9_.-]+=[A-Za-z0-9_.-]+){0,3}")


@dataclass(frozen=True, slots=True)
class Way:
    """Where to go on: `path`, decoded. `for_good`: it moved there; else it only is what comes nearest.
    `keeps_query`: what was asked along goes along."""

    path: str
    for_good: bool = True
    keeps_query: bool = True


def way_on(path: str, query: str = "") -> Way | None:
    """The way from `path` (decoded), where there is no page; None if there is none. One query, seldom four."""
    if len(path) > LONGEST or not path.startswith("/") or path.startswith("//"):
        return None
    normal = unicodedata.normalize("NFC", path)
    for form in dict.fromkeys((normal, unicodedata.normalize("NFC", normal.lower()))):
        if form != path and stands(form):
            return Way(form)
    return _redirected(normal, query) or _sibling(normal)


def _redirected(path: str, query: str) -> Way | None:
    keys = list(_keys(path))
    plain = [f"{key}?{query}" for key in keys if len(query) < 200 and PLAIN_QUERY.fullmatch(query)][:1]
    text = list(_keys(path.removeprefix(TEXT))) if path.startswith(f"{TEXT}/") else []
    found = {row.key: row for row in Redirect.objects.filter(key__in=[*plain, *keys, *text])}
    for key in plain:
        if key in found:
            return Way(found[key].to, keeps_query=False)
    for one, those in ((path, keys), (path.removeprefix(TEXT), text)):
        for key in those:
            row = found.get(key)
            if row and (row.beneath or key == those[0]):
                # Without the slashes that may stand before it: "//" begins the address of another site.
                to = row.to + _rest(one, key).lstrip("/")
                return Way(TEXT + to if those is text and _match(TEXT + to) else to)
    return None


def _keys(path: str) -> Iterator[str]:
    """The keys of `path` and of all above it, the nearest first."""
    parts = folded(path).split("/")[: DEEPEST + 1]
    for number in range(len(parts), 1, -1):
        yield "/".join(parts[:number])


def _rest(path: str, key: str) -> str:
    """What of `path` lies beneath `key`, without the slash before it."""
    return "/".join(path.split("/")[key.count("/") + 1 :])


def _sibling(path: str) -> Way | None:
    """The story in the language asked for, where somebody changed nothing but the language in its sibling's address,
    the one it has or an earlier one. Two queries."""
    match = _match(path)
    if match is None or match.url_name not in ("story", "text-story"):
        return None
    language = match.kwargs["language"]
    bare = path.removeprefix(TEXT).removeprefix(f"/{language}/")
    others = [f"/{code}/{bare}" for code, _name in settings.LANGUAGES if code != language]
    # The sibling may have moved since; redirects are one step long, so that where one leads the story is.
    since = Redirect.objects.filter(key__in=[folded(path) for path in others]).values_list("to", flat=True)
    others += since
    keys = Edition.objects.live().filter(path__in=others).values("sibling_key")
    found = Edition.objects.live().filter(sibling_key__in=keys, language=language).values_list("path", flat=True)[:1]
    return Way(TEXT + found[0] if path.startswith(TEXT) else found[0], for_good=False) if found else None


def stands(path: str) -> bool:
    """Whether something stands at `path` (decoded): a page, or the word that a story was withdrawn. A month of a list
    that is there is taken for granted. One query at most."""
    match = _match(path)
    if match is None:
        return False
    named, language, slug = match.url_name or "", match.kwargs.get("language"), match.kwargs.get("slug")
    if slug is None:
        return True
    kind = named.partition("-")[0]
    if kind == "section":
        return SectionWords.objects.filter(section__slug=slug, language=language).exists()
    if kind == "tag":
        return Tag.objects.filter(language=language, slug=slug).exists()
    if kind == "author":
        return AuthorWords.objects.filter(author__slug=slug).exists()
    if "day" not in match.kwargs:
        return True
    story = path_of_story(match)
    return Edition.objects.live().filter(path=story).exists() or is_withdrawn(story)


def path_of_story(match: ResolverMatch) -> str:
    """The path of the story that an address beneath it is of."""
    given = match.kwargs
    return f"/{given['language']}/{given['year']:04}/{given['month']:02}/{given['day']:02}/{given['slug']}/"


def withdrawn(path: str) -> Withdrawal | None:
    """The standing withdrawal of the story at `path`, or at that of its text edition. One query."""
    return Withdrawal.objects.standing().filter(path=path.removeprefix(TEXT)).first()


def is_withdrawn(path: str) -> bool:
    return withdrawn(path) is not None


def _match(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Resolver404:
        return None
