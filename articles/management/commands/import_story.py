"""Bring in a story as reporters and wires send it: plain text, with its pictures and their alt texts."""

import json
from contextlib import ExitStack
from datetime import date, datetime, time
from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.body.lists import listed
from articles.desk import filing
from articles.desk.changing import together
from articles.management.sentences import SentenceCommand
from articles.models import Publication, Section
from articles.wire.text import decode, parse


class NothingKept(Exception):
    """Raised at the end of a dry run, so that everything done is undone."""


class Command(SentenceCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help="the story as plain text")
        parser.add_argument("--photo", metavar="FILE", action="append", default=[], help="a picture; may be repeated")
        parser.add_argument("--alt", metavar="TEXT", action="append", default=[], help="one for each --photo, in order")
        parser.add_argument("--language", default="en", help="the story's language (en)")
        parser.add_argument("--section", metavar="SLUG", help="the section it goes to")
        parser.add_argument("--author", metavar="NAME", action="append", default=[], help="who signs; may be repeated")
        parser.add_argument("--tag", metavar="NAME", action="append", default=[], help="a tag; may be repeated")
        parser.add_argument("--date", metavar="ISO", help="when it was first published, such as 2016-07-28")
        parser.add_argument("--publish", action="store_true", help="publish it at once")
        parser.add_argument("--dry-run", action="store_true", help="do everything, say what came of it, keep nothing")
        parser.add_argument("--json", action="store_true", help="print what came of it as JSON")

    def handle(self, **options):
        publication = Publication.objects.current()
        language, photos, alts = options["language"], options["photo"], options["alt"]
        if language not in publication.languages:
            raise CommandError(
                _("There is no language “%(language)s”. There are: %(languages)s.")
                % {"language": language, "languages": listed(publication.languages)}
            )
        if len(alts) > len(photos):
            raise CommandError(_("There are more alt texts than pictures: give one --alt for each --photo, in order."))
        section = find_section(options["section"])
        at = read_date(options["date"], publication)
        text = decode(read_file(options["file"]), language)
        draft = parse(text, language)
        alts = [*alts, *[""] * (len(photos) - len(alts))]
        with ExitStack() as stack:
            pictures = [
                filing.Picture(stack.enter_context(open_picture(name)), Path(name).name, alt)
                for name, alt in zip(photos, alts, strict=True)
            ]
            filed = self.file(
                draft,
                dry_run=options["dry_run"],
                text=text,
                language=language,
                section=section,
                authors=options["author"],
                tags=options["tag"],
                pictures=pictures,
                at=at,
                publish=options["publish"],
                by=None,
                door="import_story",
            )
        self.report(filed, draft, options)

    def file(self, draft, *, dry_run, **rest):
        filed = None
        try:
            with together():
                filed = filing.file(draft, **rest)
                if dry_run:
                    raise NothingKept
        except NothingKept:
            pass
        return filed

    def report(self, filed, draft, options):
        made = {
            "story": str(filed.story.uuid),
            "edition": filed.edition.number if filed.edition else None,
            "url": filed.edition.path if filed.edition else None,
            "headline": draft.headline,
            "subheads": draft.subheads,
            "paragraphs": draft.paragraphs,
            "crossheads": draft.crossheads,
            "captions": draft.captions,
            "warnings": filed.warnings,
        }
        if options["json"]:
            self.stdout.write(json.dumps(made, ensure_ascii=False, indent=2))
            return
        for warning in filed.warnings:
            self.stdout.write(warning)
        if options["dry_run"]:
            self.stdout.write("A dry run: nothing was kept.")
        counts = ", ".join(
            f"{count} {name}"
            for count, name in (
                (len(draft.subheads), "sub-headlines"),
                (draft.paragraphs, "paragraphs"),
                (len(draft.crossheads), "crossheads"),
                (len(draft.captions), "captions"),
            )
        )
        self.stdout.write(f"“{draft.headline}”: {counts}.")
        self.stdout.write(f"Published at {made['url']}" if made["url"] else f"A draft: {made['story']}")


def find_section(slug):
    """The section with that slug, or None where none was asked for; the refusal lists the ones there are."""
    if not slug:
        return None
    section = Section.objects.filter(slug=slug).first()
    if section is None:
        there = listed(Section.objects.values_list("slug", flat=True)) or _("none yet")
        raise CommandError(
            _("There is no section “%(slug)s”. There are: %(sections)s.") % {"slug": slug, "sections": there}
        )
    return section


def read_date(text, publication):
    """An ISO date (noon of that day) or moment, in the publication's time zone; one to come today counts as now."""
    if not text:
        return None
    now = timezone.now()
    try:
        if len(text) <= 10:
            moment = datetime.combine(date.fromisoformat(text), time(12), publication.zone)
        else:
            moment = datetime.fromisoformat(text)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=publication.zone)
        later_today = moment > now and publication.local(moment).date() == publication.local(now).date()
    except (ValueError, OverflowError):
        raise CommandError(_("“%(text)s” is no date. Write it like 2016-07-28.") % {"text": text}) from None
    if moment > now and not later_today:
        raise CommandError(_("The date of publication, %(text)s, lies in the future.") % {"text": text})
    return min(moment, now)


def read_file(name):
    try:
        return Path(name).read_bytes()
    except (OSError, ValueError) as error:
        raise CommandError(unreadable(name, error)) from None


def open_picture(name):
    try:
        return Path(name).open("rb")
    except (OSError, ValueError) as error:
        raise CommandError(unreadable(name, error)) from None


def unreadable(name, error):
    """Why a file cannot be read, in a sentence."""
    if isinstance(error, FileNotFoundError):
        return _("There is no file “%(name)s”.") % {"name": name}
    if isinstance(error, IsADirectoryError):
        return _("“%(name)s” is a folder, not a file.") % {"name": name}
    return _("“%(name)s” cannot be read: %(why)s.") % {"name": name, "why": getattr(error, "strerror", None) or error}
