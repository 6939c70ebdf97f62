"""`make bench`: run the parts (all, or ONLY=a,b), print one table, write the same figures to `var/bench.json`."""

import json
import os
import platform
import shutil
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def main():
    """Set the bench up in a folder of its own, so that it never meets the newsroom's stories."""
    folder = tempfile.mkdtemp(prefix="newsroom-bench-")
    try:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
            "NEWSROOM_MODE": "development",
            "NEWSROOM_DATABASE": os.environ.get("BENCH_DATABASE") or f"sqlite:///{folder}/bench.sqlite3",
            "NEWSROOM_MEDIA": f"{folder}/media",
            "NEWSROOM_VAR": f"{folder}/var",
        }
        run(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(folder):
    import django  # noqa: PLC0415  the settings read the environment set above

    django.setup()
    from . import parts  # noqa: PLC0415  its models need Django set up

    wanted = [name for name in os.environ.get("ONLY", "").split(",") if name] or list(parts.PARTS)
    unknown = [name for name in wanted if name not in parts.PARTS]
    if unknown:
        sys.exit(f"There is no part “{unknown[0]}”. There are: {', '.join(parts.PARTS)}.")
    parts.prepare()
    figures = [figure for name in wanted for figure in parts.PARTS[name](Path(folder))]
    show(figures)
    keep(figures)


def show(figures):
    """The figures as a table: what, figure, bar, and whether it is reached."""
    width = max(len(figure["what"]) for figure in figures)
    print(f"\n{'what':<{width}}  {'figure':>12}  {'bar':>12}")
    for figure in figures:
        reached = {True: "reached", False: "MISSED", None: ""}[figure["reached"]]
        print(f"{figure['what']:<{width}}  {figure['figure']:>12}  {figure['bar']:>12}  {reached}")


def keep(figures):
    target = PROJECT / "var" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    machine = {"machine": platform.machine(), "cores": os.cpu_count(), "python": platform.python_version()}
    target.write_text(json.dumps({"machine": machine, "figures": figures}, ensure_ascii=False, indent=2) + "\n")
    print(f"\nWritten to {target.relative_to(PROJECT)}.")


main()
