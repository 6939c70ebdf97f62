"""What the scripts of the wall say, in the language of the screen. {…} is put in by the script."""

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    return {
        "wall_chosen": _("{count} chosen"),
        "wall_chosen_all_away": _("{count} chosen, on other pages"),
        "wall_chosen_away": _("{count} chosen, {away} of them on other pages"),
        "wall_chosen_one": _("1 chosen"),
        "wall_chosen_one_away": _("1 chosen, on another page"),
        "wall_going": _("{done} of {count}…"),
        "wall_gone": _("{count} of them are not in the library any more."),
        "wall_gone_one": _("1 of them is not in the library any more."),
        "wall_look_failed": _(
            "What is known of it could not be fetched. It comes when the line is back and you walk on."
        ),
        "wall_into_failed": _("The stories could not be fetched. Look again when the line is back."),
        "wall_into_none": _("No story you may put pictures into is called that."),
        "wall_most": _("At most {most} pictures can be chosen at once."),
        "wall_no_line": _("Not done: there is no line to the server. What you chose stays chosen."),
        "wall_nothing": _("Choose a picture first, or walk to one with the arrows."),
        "wall_none_lacking": _("No picture after this one lacks a caption on this page."),
        "wall_refused": _("Not done. The server could not answer; what you chose stays chosen."),
        "wall_signed_out": _("Not done: you are signed out. Sign in again; what you chose stays chosen."),
    }
