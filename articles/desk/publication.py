"""What may be done with the publication: say anew what the outlet is called, its languages, clock and contacts."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from articles.models import Publication

from .changing import changing
from .errors import NotAllowed, Refused

FACTS = (
    *("names", "taglines", "languages", "locales", "arabic_digits", "time_zone"),
    *("place", "email", "telephone", "address", "licence_page"),
)


def change(facts: Mapping[str, Any], *, by: AbstractBaseUser | None) -> list[str]:
    """Say anew what is known of the outlet: any of FACTS. Gives the names of those that really changed.

    The audit log keeps those names, and nothing is written where none changed. Raises NotAllowed or Refused.
    """
    if by and not by.has_perm("articles.change_publication"):
        raise NotAllowed(_("You may not change the publication."))
    unknown = sorted(set(facts) - set(FACTS))
    if unknown:
        raise Refused(_("The publication has no field “%(name)s”.") % {"name": unknown[0]})
    publication = Publication.objects.current()
    if not _changed(publication, facts) and publication.pk:
        return []
    with changing(publication, "change", by=by) as details:
        details["changed"] = changed = _changed(publication, facts)
        for name in changed:
            setattr(publication, name, facts[name])
    return changed


def _changed(publication: Publication, facts: Mapping[str, Any]) -> list[str]:
    return sorted(name for name, value in facts.items() if getattr(publication, name) != value)
