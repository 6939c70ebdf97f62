"""In which language somebody begins a story: the one asked for, else the one they read the desk in."""

from django.utils.translation import get_language

from articles.models import Publication


def language_to_begin(publication: Publication, asked: str = "") -> str:
    """A language of the outlet's; its first where it has neither the one asked for nor that of the screen."""
    languages = publication.languages
    return next((one for one in (asked, get_language()) if one in languages), languages[0])
