"""Press public pages into the page store: those that are stale, those named, or all there are. Safe at any time."""

import logging
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator

from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError, close_old_connections, connections
from django.utils.translation import gettext as _
from tqdm import tqdm

from articles.management.sentences import SentenceCommand
from articles.models import Page
from articles.pages import design, press, progress, proof, purge, store, whole_site
from articles.pages.caches import SECONDS as LONGEST_REQUEST
from articles.pages.caches import Cache, caches
from articles.pages.folder import NotPages

logger = logging.getLogger(__name__)
# Between two looks into the queue, when it was empty; the question is one step into an index.
SECONDS = 0.1
SAMPLE = 200
AT_ONCE = 20  # pages that one process has in hand
SAID_EACH = 60.0  # seconds between two lines about many pages that wait


class Command(SentenceCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("paths", metavar="PATH", nargs="*", help="pages to press, such as /en/")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--all", action="store_true", help="every page of the site; files that are no page go")
        which.add_argument("--stale", action="store_true", help="those that are stale (so it is without any argument)")
        which.add_argument("--watch", action="store_true", help="go on pressing what becomes stale, until stopped")
        which.add_argument(
            "--check",
            metavar="PAGES",
            nargs="?",
            const=str(SAMPLE),
            help=f"render pages anew and compare them with their files: those named, so many by lot ({SAMPLE}), or all",
        )

    def handle(self, *, paths, check, **options):
        if not (store.is_on() or options["watch"]):
            raise CommandError(_("The page store is off (NEWSROOM_PAGE_STORE=off): there is nothing to press."))
        try:
            if store.is_on() or settings.CDN:
                design.renewed()
            if options["watch"]:
                self.watch()
            elif check is not None:
                self.check_pages(paths, check)
            elif paths:
                self.press_named(paths)
            else:
                if options["all"]:
                    self.ask_for_all()
                self.press_stale()
        except (NotPages, design.AnotherRelease) as error:
            raise CommandError(str(error)) from error

    def press_named(self, paths: list[str]) -> None:
        for path in paths:
            outcome = press.press(path)
            if outcome is press.Outcome.GONE:
                raise CommandError(_("There is no page to press at “%(path)s”.") % {"path": path})
        self.stdout.write(_("%(count)d pages were pressed.") % {"count": len(paths)})

    def ask_for_all(self) -> None:
        with bar(_("Finding pages")) as shown:
            for count in whole_site.ask_for_all():
                shown.update(count)
        with bar(_("Looking for files that are no page"), unit="file") as shown:
            swept = proof.sweep(counted(store.paths(), shown))
        if swept:
            self.stdout.write(_("%(count)d files that were no page are gone.") % {"count": swept})

    def press_stale(self) -> None:
        """Those that another process has in hand are left to it."""
        done = failed = 0
        with bar(_("Pressing"), total=progress.waiting()) as shown:
            while pages := press.claim(AT_ONCE):
                for page in pages:
                    failed += not press.press_claimed(page)
                    done += 1
                    shown.total = max(shown.total, done)
                    shown.update()
        if failed:
            raise CommandError(_("%(count)d pages could not be pressed; the log says why.") % {"count": failed})
        self.stdout.write(_("%(count)d pages were pressed.") % {"count": done})

    def watch(self) -> None:
        stopping = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopping.set())
        if not (store.is_on() or settings.CDN):
            # Whoever ended now would be started again for ever by what looks after it.
            self.stderr.write(_("The page store is off (NEWSROOM_PAGE_STORE=off): there is nothing to press."))
        self.work_until(stopping)

    def work_until(self, stopping: threading.Event) -> None:
        """Press, and tell the caches in front, until `stopping`. Each has a thread of its own: one that does not answer
        must keep neither the pages nor the other caches waiting."""
        purgers = [threading.Thread(target=self.purge_until, args=(stopping, cache), daemon=True) for cache in caches()]
        for purger in purgers:
            purger.start()
        if store.is_on():
            self.press_until(stopping)
        else:
            stopping.wait()
        for purger in purgers:
            purger.join(LONGEST_REQUEST + 1)

    def press_until(self, stopping: threading.Event) -> None:
        said_at = time.monotonic()

        def work() -> int:
            nonlocal said_at
            busy = press.press_stale()
            if busy and time.monotonic() - said_at > SAID_EACH:
                said_at = time.monotonic()
                say_progress()
            return busy

        try:
            self.again_until(stopping, work)
        except design.AnotherRelease as ended:  # systemd, or `serve`, starts it again: with the code as it is then
            self.stderr.write(str(ended))
            stopping.set()

    def purge_until(self, stopping: threading.Event, cache: Cache) -> None:
        try:
            self.again_until(stopping, lambda: purge.send_to(cache))
        except Exception:  # the whole presser ends, and is started again: this part of it would be missed by nobody
            logger.exception("Purging ended: %s", cache.name)
            stopping.set()
        finally:
            connections.close_all()

    def again_until(self, stopping: threading.Event, work: Callable[[], int]) -> None:
        """Do `work`, which gives how much there was to do, again and again."""
        while not stopping.is_set():
            try:
                busy = work()
            except DatabaseError as error:  # the rows are the queue: when it is back, they are there
                self.stderr.write(f"The presser could not ask the database: {error}")
                close_old_connections()
                stopping.wait(1.0)
                continue
            if not busy:
                stopping.wait(SECONDS)

    def check_pages(self, paths: list[str], number: str) -> None:
        if number != "all" and not (number.isascii() and number.isdecimal()):
            raise CommandError(_("“%(number)s” is no number of pages; “all” checks every one.") % {"number": number})
        wanted, total = (iter(paths), len(paths)) if paths else sample(number)
        with bar(_("Checking"), total=total) as shown:
            wrong = list(proof.check(counted(wanted, shown)))
        if number == "all" and not paths:
            with bar(_("Looking for files that are no page"), unit="file") as shown:
                left = [
                    (path, "there is a file that no row tells of") for path in proof.left(counted(store.paths(), shown))
                ]
            wrong, total = wrong + left, total + len(left)
        for path, said in wrong:
            self.stderr.write(f"{path}: {said}")
        if wrong:
            raise CommandError(
                _("%(wrong)d of %(count)d pages are not what they should be.") % {"wrong": len(wrong), "count": total}
            )
        self.stdout.write(_("%(count)d pages are what they should be.") % {"count": total})


def sample(number: str) -> tuple[Iterator[str], int]:
    """The paths of pressed pages, all of them or so many by lot, and how many they are."""
    pages = Page.objects.exclude(pressed_at=None)
    total = pages.count()
    if number == "all":
        return pages.order_by("pk").values_list("path", flat=True).iterator(2_000), total
    return iter(pages.order_by("?").values_list("path", flat=True)[: int(number)]), min(int(number), total)


def say_progress() -> None:
    """A line in the log while many pages wait: after a new release, or when the outlet's name is another."""
    if found := progress.progress():
        logger.info("%d%s pages wait to be pressed.", found.waiting, " or more" if found.is_more else "")


def counted(paths: Iterable[str], shown: tqdm) -> Iterator[str]:
    for path in paths:
        yield path
        shown.update()


def bar(said: str, total: int | None = None, unit: str = "page") -> tqdm:
    """A bar on stderr; none where nobody looks."""
    return tqdm(desc=said, total=total, unit=unit, disable=not sys.stderr.isatty(), file=sys.stderr)
