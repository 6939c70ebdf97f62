"""What the scripts of the captions screen say, in the language of the screen. {…} is put in by the script."""

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    return {
        "changed": _("Not saved yet"),
        "elsewhere": _("Words typed for other pictures are still in this browser, not sent:"),
        "elsewhere_show": _("Show those pictures"),
        "keep_mine": _("Keep mine"),
        "keep_named": _("Keep that of {name}"),
        "not_sent": _("Not sent. Everything you typed is kept in this browser."),
        "nothing": _("nothing"),
        "offline": _("Offline: kept in this browser"),
        "saved": _("Saved {time}"),
        "saving": _("Saving…"),
        "signed_out": _("You are signed out: kept in this browser"),
        "theirs": _("{name} changed this meanwhile. It says now: {words}"),
        "waits": _("This waits until all is saved. Press it again when the line is back."),
        "was": _("was: {words}"),
    }
