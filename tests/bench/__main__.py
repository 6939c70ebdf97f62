"""`make bench`: run the parts (all, or ONLY=a,b), print one table, write the same figures to `var/bench.json`.

Each part has a process and a database of its own, so that none finds another's stories. On SQLite, and `search` on
PostgreSQL too; BENCH_ON=postgresql (or sqlite) says on which alone.
"""

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests import postgres

PROJECT = Path(__file__).resolve().parents[2]
ENGINES = ("sqlite", "postgresql")
ON_BOTH = ("search",)
TOGETHER = {"reach": ["reach", "api"]}  # how others reach us: by sitemaps and by the API


def main():
    folder = Path(tempfile.mkdtemp(prefix="newsroom-bench-"))
    try:
        if len(sys.argv) > 1:
            measure(*sys.argv[1:], folder)
        else:
            run(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(folder):
    """All that is wanted, one after the other."""
    there = names(folder)
    wanted = [name for name in os.environ.get("ONLY", "").split(",") if name] or there
    unknown = [name for name in wanted if name not in there]
    if unknown:
        sys.exit(f"There is no part “{unknown[0]}”. There are: {', '.join(there)}.")
    wanted = list(dict.fromkeys(one for name in wanted for one in TOGETHER.get(name, [name])))
    only = os.environ.get("BENCH_ON")
    if only and only not in ENGINES:
        sys.exit(f"There is no BENCH_ON={only}. There are: {', '.join(ENGINES)}.")
    figures, broken = [], []
    for name in wanted:
        for engine in [only] if only else ENGINES if name in ON_BOTH else ENGINES[:1]:
            print(f"{name}, {engine} ...", file=sys.stderr)
            said = folder / "figures.json"
            said.write_text("[]")
            done = subprocess.run([sys.executable, "-m", "tests.bench", name, engine, str(said)], check=False)
            figures += json.loads(said.read_text())
            if done.returncode:
                broken.append(f"{name}, {engine}")
    if figures:
        show(figures)
        keep(figures)
    if broken:
        sys.exit(f"Not measured to the end: {'; '.join(broken)}.")


def names(folder):
    set_up(f"sqlite:///{folder}/none.sqlite3", folder)
    from .parts import PARTS  # noqa: PLC0415  its models need Django set up

    return list(PARTS)


def measure(name, engine, target, folder):
    """One part, in this process; its figures are said as they come, and written to the file `target`."""
    figures = []
    with ExitStack() as stack:
        database = f"sqlite:///{folder}/bench.sqlite3"
        if engine == "postgresql":
            server = stack.enter_context(postgres.running())
            database = server.address.rpartition("/")[0] + "/postgres"
        for one in measured(name, database, folder):
            figures.append(one | {"engine": engine})
            print(f"  {one['what']}: {one['figure']}", file=sys.stderr)
            # At once: half an hour of measuring is not lost with the part that fails.
            Path(target).write_text(json.dumps(figures))


def measured(name, database, folder):
    set_up(database, folder)
    from django.db import connections  # noqa: PLC0415  the settings read the environment set above

    from . import parts  # noqa: PLC0415

    parts.prepare()
    yield from parts.PARTS[name](folder)
    connections.close_all()


def set_up(database, folder):
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "NEWSROOM_MODE": "development",
        "NEWSROOM_DATABASE": database,
        "NEWSROOM_MEDIA": f"{folder}/media",
        "NEWSROOM_VAR": f"{folder}/var",
    }
    import django  # noqa: PLC0415  the settings read the environment set above

    django.setup()


def show(figures):
    """The figures as a table: what, where, figure, bar, and whether it is reached."""
    width = max(len(figure["what"]) for figure in figures)
    print(f"\n{'what':<{width}}  {'engine':<10}  {'figure':>12}  {'bar':>12}")
    for figure in figures:
        reached = {True: "reached", False: "MISSED", None: ""}[figure["reached"]]
        what, engine = figure["what"], figure["engine"]
        print(f"{what:<{width}}  {engine:<10}  {figure['figure']:>12}  {figure['bar']:>12}  {reached}")


def keep(figures):
    target = PROJECT / "var" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    machine = {"machine": platform.machine(), "cores": os.cpu_count(), "python": platform.python_version()}
    target.write_text(json.dumps({"machine": machine, "figures": figures}, ensure_ascii=False, indent=2) + "\n")
    print(f"\nWritten to {target.relative_to(PROJECT)}.")


main()
