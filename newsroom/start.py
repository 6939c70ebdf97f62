"""The last look before the newsroom is served: what would be unsafe in production stops the start."""

import sys

from django.conf import settings
from django.core.checks import ERROR, Tags, run_checks


def refuse_unsafe_start() -> None:
    """In production, end with a sentence if a security check finds an error, or pages would lack their static files."""
    if not settings.PRODUCTION:
        return
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        sys.exit(f"The static files are not in {settings.STATIC_ROOT} yet: run manage.py collectstatic once.")
    findings = run_checks(tags=[Tags.security], include_deployment_checks=True)
    errors = [finding for finding in findings if finding.level >= ERROR]
    if errors:
        sys.exit("\n".join(f"{error.msg} {error.hint or ''}".strip() for error in errors))
