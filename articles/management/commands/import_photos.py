"""Take pictures into the library: files, and whole folders with all that is beneath them. Safe to run again."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from articles import tasks
from articles.desk import photos
from articles.desk.errors import Refused
from articles.imaging import intake, metadata, recipes
from articles.management.sentences import SentenceCommand
from articles.models import Photo

TAKEN, DUPLICATE, REFUSED = "taken", "duplicate", "refused"


class Command(SentenceCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("files", metavar="FOLDER_OR_FILE", nargs="+", help="pictures, or folders of them")
        parser.add_argument(
            "--json", action="store_true", help="print one line of JSON a file, and wait for its renditions"
        )

    def handle(self, *, files, **options):
        found = list(walk(files))
        counts = dict.fromkeys((TAKEN, DUPLICATE, REFUSED), 0)
        bar = tqdm(found, unit="file", disable=not sys.stderr.isatty(), file=sys.stderr)
        for path in bar:
            said = self.take(path, wait=options["json"])
            counts[said["status"]] += 1
            if options["json"]:
                self.stdout.write(json.dumps(said, ensure_ascii=False))
                self.stdout.flush()
            elif said["reason"]:
                bar.write(said["reason"], file=sys.stderr)
        if not options["json"]:
            self.stdout.write(summary(counts))
        if found and counts[REFUSED] == len(found):
            raise CommandError(_("None of the files could be taken in."))

    def take(self, path: Path, *, wait: bool) -> dict:
        """Take in one file. Gives what `--json` prints of it."""
        said = {"file": str(path), "status": REFUSED, "photo": None, "reason": "", "warnings": []}
        said |= {"metadata": {}, "renditions": []}
        try:
            with path.open("rb") as file:
                before = Photo.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
                photo = photos.take(file, name=path.name, by=None, door="import_photos")
                file.seek(0)
                facts = asdict(metadata.read(file)[0])
        except OSError as error:
            return said | {"reason": _("“%(file)s” cannot be read: %(why)s.") % {"file": path, "why": error.strerror}}
        except (intake.Refused, Refused) as error:
            return said | {"reason": str(error)}
        said |= {"photo": str(photo.uuid), "metadata": {name: value for name, value in facts.items() if value}}
        said["status"] = TAKEN if photo.pk > before else DUPLICATE
        if said["status"] == DUPLICATE:
            said["reason"] = _("“%(file)s” is in the library already, as “%(photo)s”.") % {"file": path, "photo": photo}
        if wait:
            tasks.encode(photo, recipes.FORMATS)
            tasks.place(photo)
            said["renditions"] = renditions(photo)
        return said


def walk(names: list[str]) -> Iterator[Path]:
    """Every file named, and every file beneath the folders named, in order; hidden ones and links out are left out.

    Raises CommandError for a name that is neither.
    """
    for name in names:
        path = Path(name)
        if path.is_dir():
            yield from sorted(one for one in path.rglob("*") if one.is_file() and not is_hidden(one.relative_to(path)))
        elif path.exists():
            yield path
        else:
            raise CommandError(_("There is no file or folder “%(name)s”.") % {"name": name})


def is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def renditions(photo: Photo) -> list[str]:
    """Where the renditions of `photo` lie, beneath the media folder."""
    return [
        f"{folder}/{name}" for folder in ("desk", "renditions") for name in sorted(tasks.names_in(folder, photo.token))
    ]


def summary(counts: dict[str, int]) -> str:
    taken = ngettext("%(count)d picture was taken in.", "%(count)d pictures were taken in.", counts[TAKEN])
    parts = [taken % {"count": counts[TAKEN]}]
    if counts[DUPLICATE]:
        known = ngettext("%(count)d was there already.", "%(count)d were there already.", counts[DUPLICATE])
        parts.append(known % {"count": counts[DUPLICATE]})
    if counts[REFUSED]:
        refused = ngettext("%(count)d was refused.", "%(count)d were refused.", counts[REFUSED])
        parts.append(refused % {"count": counts[REFUSED]})
    return " ".join(parts)
