"""Moments as the desk says them: the hour today, the day this week, the date before that, in the outlet's zone."""

from datetime import timedelta

from babel.dates import format_date, format_skeleton, format_timedelta, get_timezone_location
from django.utils import timezone
from django.utils.translation import get_language, gettext


def said(moment, publication):
    """`moment` (aware) in a few letters, such as “16:02”, “Sat 22:47”, “19 Nov” or “19 Nov 2025”."""
    local = publication.local(moment)
    today = publication.local(timezone.now()).date()
    if local.date() == today:
        return f"{local:%H:%M}"
    if today - timedelta(days=6) <= local.date() <= today:
        return f"{in_words('E', local, publication)} {local:%H:%M}"
    return in_words("MMMd" if local.year == today.year else "yMMMd", local, publication)


def ahead(moment, publication):
    """How far off `moment` (aware, to come) is, in words: “in 3 days”, “in 2 hours”."""
    left = moment - timezone.now()
    return format_timedelta(left, add_direction=True, threshold=1.2, locale=publication.locale(get_language()))


def whole(moment, publication):
    """`moment` (aware) as a sentence says it: “1 December 2026, 12:00 in Wadi Saf”."""
    local, locale = publication.local(moment), publication.locale(get_language())
    place = publication.place or get_timezone_location(publication.zone, locale=locale, return_city=True)
    day = format_date(local, "d MMMM y", locale=locale)
    return gettext("%(day)s, %(time)s in %(place)s") % {"day": day, "time": f"{local:%H:%M}", "place": place}


def greeting(now):
    """What one says on coming in at `now` (local)."""
    if 4 <= now.hour < 12:
        return gettext("Good morning")
    if 12 <= now.hour < 18:
        return gettext("Good afternoon")
    return gettext("Good evening")


def in_words(skeleton, moment, publication):
    """`moment` (local) by a CLDR skeleton, such as yMMMd, in the language of the screen and the outlet's own locale."""
    return format_skeleton(skeleton, moment, locale=publication.locale(get_language()))
