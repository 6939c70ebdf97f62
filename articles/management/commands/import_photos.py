"""Take pictures into the library: files, and whole folders with all that is beneath them. Safe to run again."""

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from uuid import uuid4

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from articles import tasks
from articles.admin import likenesses
from articles.desk import photos
from articles.desk.errors import Refused
from articles.imaging import encode, intake, metadata
from articles.management.captions_file import CaptionsFile
from articles.management.sentences import SentenceCommand
from articles.models import Photo, Publication

TAKEN, DUPLICATE, REFUSED = "taken", "duplicate", "refused"
DOOR = "import_photos"
# How long renditions are waited for that another process makes, and how often it is asked.
WAIT_SECONDS = 300.0
LOOK_SECONDS = 0.2


class Command(SentenceCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("files", metavar="FOLDER_OR_FILE", nargs="+", help="pictures, or folders of them")
        parser.add_argument(
            "--captions",
            metavar="FILE.csv",
            type=Path,
            help="a table of captions, as the captions screen hands it out; its rows are matched by file name or photo",
        )
        parser.add_argument(
            "--json", action="store_true", help="print one line of JSON a file, and wait for its renditions"
        )

    def handle(self, *, files, captions, **options):
        found = list(walk(files))
        table = CaptionsFile(captions, found) if captions else None
        counts = dict.fromkeys((TAKEN, DUPLICATE, REFUSED), 0)
        bar = tqdm(found, unit="file", disable=not sys.stderr.isatty(), file=sys.stderr)
        for path in bar:
            said = self.take(path, table, wait=options["json"])
            counts[said["status"]] += 1
            if options["json"]:
                self.stdout.write(line(said, self.stdout))
                self.stdout.flush()
            else:
                for sentence in filter(None, [said["reason"], *said["warnings"]]):
                    bar.write(sentence, file=sys.stderr)
        if table:
            for sentence in [*table.put_rest(door=DOOR), *table.sentences]:
                self.stderr.write(sentence)
        if not options["json"]:
            self.stdout.write(summary(counts))
        if found and counts[REFUSED] == len(found):
            raise CommandError(_("None of the files could be taken in."))

    def take(self, path: Path, table: CaptionsFile | None = None, *, wait: bool) -> dict:
        """Take in one file, with its row of the captions. Gives what `--json` prints of it."""
        said = {"file": str(path), "status": REFUSED, "photo": None, "reason": "", "warnings": []}
        said |= {"metadata": {}, "renditions": []}
        if not path.is_file():  # a pipe or a device could be read for ever
            return said | {"reason": _("“%(file)s” is no file.") % {"file": path}}
        identity = uuid4()
        try:
            with path.open("rb") as file:
                photo = photos.take(file, name=path.name, by=None, door=DOOR, identity=identity)
                file.seek(0)
                facts = asdict(metadata.read(file)[0])
        except OSError as error:
            return said | {"reason": _("“%(file)s” cannot be read: %(why)s.") % {"file": path, "why": error.strerror}}
        except (intake.Refused, Refused, encode.Leak) as error:
            return said | {"reason": str(error)}
        said |= {"photo": str(photo.uuid), "metadata": {name: value for name, value in facts.items() if value}}
        if photo.uuid == identity:
            said["status"] = TAKEN
            said["warnings"] += [one.sentence for one in likenesses.told(photo, None, Publication.objects.current())]
        else:
            said["status"] = DUPLICATE
            said["reason"] = _("“%(file)s” is in the library already, as “%(photo)s”.") % {"file": path, "photo": photo}
        if table:
            said["warnings"] += table.put(photo, path, door=DOOR)
        if wait:
            said["warnings"] += finish(photo)
            said["renditions"] = renditions(photo)
        return said


def finish(photo: Photo) -> list[str]:
    """Make whatever rendition of `photo` is not there yet, or wait for the worker who is at it.

    Gives the sentence of what could not be made.
    """
    late = time.monotonic() + WAIT_SECONDS
    why: object = _("it takes too long. The worker goes on with it.")
    while time.monotonic() < late:
        try:
            if tasks.work(photo.pk):
                photo.refresh_from_db()
                return []
        except (OSError, intake.Refused, encode.Leak) as error:
            why = error
            break
        time.sleep(LOOK_SECONDS)
    return [_("The renditions of “%(photo)s” could not be made: %(why)s") % {"photo": photo, "why": why}]


def line(said: dict, stream) -> str:
    """One line of JSON, as readable as `stream` can write it: a file's name may hold what no encoding has."""
    text = json.dumps(said, ensure_ascii=False)
    try:
        text.encode(getattr(stream, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(said)
    return text


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
