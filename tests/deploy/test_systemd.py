"""deploy/systemd: a unit for each process that `manage.py serve` keeps together, all locked in alike."""

import re
import shutil
import subprocess
import sys

from django.conf import settings

from articles.management.processes import CLOCK, PRESSER, WORKER, granian

UNITS = settings.BASE_DIR / "deploy" / "systemd"
NAMES = ("newsroom-web.service", "newsroom-worker@.service", "newsroom-clock.service", "newsroom-presser@.service")


def said(name, key):
    return re.findall(rf"^{key}=(.*)$", (UNITS / name).read_text(encoding="utf-8"), re.MULTILINE)


def test_every_process_of_the_newsroom_has_a_unit():
    assert {path.name for path in UNITS.glob("*.service")} == set(NAMES)
    web, worker, clock, presser = (said(name, "ExecStart")[0].split() for name in NAMES)
    assert worker[1:] == list(WORKER[1:])
    assert clock[1:] == list(CLOCK[1:])
    assert presser[1:] == list(PRESSER[1:])
    assert [word for word in granian("127.0.0.1", 8000)[1:] if word not in web] == ["1"]  # it has more workers
    wanted = " ".join(said("newsroom.target", "Wants"))
    for name in NAMES:
        assert name.replace("@.", "@1.") in wanted


def test_every_unit_is_locked_in_alike():
    locks = []
    for name in NAMES:
        text = (UNITS / name).read_text(encoding="utf-8")
        locks.append(text.partition("# It reads its own code")[2])
        assert said(name, "Restart") == ["always"]
        assert said(name, "NoNewPrivileges") == ["yes"]
        assert said(name, "ProtectSystem") == ["strict"]
    assert len(set(locks)) == 1


def test_systemd_takes_the_units_where_it_is_installed(tmp_path):
    program = shutil.which("systemd-analyze")
    for path in UNITS.iterdir():
        # The program must be there: here it is this one.
        text = path.read_text(encoding="utf-8").replace("/srv/newsroom/.venv/bin/python", sys.executable)
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    if program:
        units = sorted(str(path).replace("@.", "@1.") for path in tmp_path.iterdir())
        found = subprocess.run([program, "verify", "--man=no", *units], capture_output=True, text=True, check=False)
        assert (found.returncode, [line for line in found.stderr.splitlines() if "newsroom" in line]) == (0, [])
