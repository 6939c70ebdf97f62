"""What the writing room's scripts need: their import map (the editor's bundle among it) and the words they say."""

from django.utils.translation import gettext as _
from js_asset import ImportMap, Media, Script

# Named in the import map one by one, so that the manifest storage gives each its immutable address.
MODULES = (
    *("bar", "beside", "blocks", "cards", "changes", "choose", "clashes", "clipboard", "desk", "editor", "ids"),
    *("left", "line", "lines", "link", "outbox", "pictures", "room", "rows", "saving", "surface", "words"),
    # What comes in by the clipboard and by dropping, and pictures on their way.
    *(
        "arriving",
        "clipboard_lists",
        "clipboard_reader",
        "clipboard_runs",
        "clipboard_text",
        "paste",
        "picture_uploads",
        "tidy",
    ),
    *("upload_bar", "upload_store", "uploads"),
)


def media(nonce, first: str = "room") -> Media:
    """The scripts of the writing room, or of the screen that begins with `first`; `nonce` is the policy's, which an
    import map needs as an inline script."""
    imports = {"editor": "django_prose_editor/editor.js"}
    imports |= {f"desk/{name}": f"articles/js/desk/{name}.js" for name in MODULES}
    return Media(importmap=ImportMap(imports), js=[Script(f"articles/js/desk/{first}.js", type="module")], nonce=nonce)


def words() -> dict[str, str]:
    """What scripts say, by the name they know it by, in the language of the screen. {…} is put in by the script."""
    return {
        "add_here": _("Write on, or press / for a block"),
        "also": _("{name} changed this too"),
        "also_decide": _("{name} changed this too: {words}"),
        "attribution": _("Who said it"),
        "back": _("The line is back. {count} changes sent, nothing lost"),
        "back_one": _("The line is back. 1 change sent, nothing lost"),
        "blocks": _("Blocks"),
        "both_would": _("Both, as it would stand"),
        "changed": _("Not saved yet"),
        "choose_picture": _("Choose a picture of this story"),
        "clash_open": _("Decide now"),
        "clash_other": _("{name} and somebody else both changed this"),
        "clash_own": _("You and somebody else both changed this"),
        "crosshead": _("Crosshead"),
        "divider": _("Divider"),
        "earlier": _("Move {name} up"),
        "embed": _("Embed"),
        "fact_box": _("Fact box"),
        "gallery": _("Gallery"),
        "here_now": _("Here now: {names}"),
        "in_the_story": _("Theirs, as it stands in the story"),
        "keep_both": _("Keep both"),
        "keep_mine": _("Keep mine"),
        "keep_named": _("Keep that of {name}"),
        "keep_theirs": _("Keep theirs"),
        "keep_version": _("Keep this version"),
        "kept": _("Kept: {name}"),
        "later": _("Move {name} down"),
        "later_decide": _("Decide later"),
        "leave": _("What you typed has not been saved."),
        "left": _("{count} changes that had stayed in this browser are sent now. Nothing is lost."),
        "left_one": _("A change that had stayed in this browser is sent now. Nothing is lost."),
        "left_refused": _("Text typed for “{headline}” is still in this browser. It could not be sent:"),
        "left_words": _("Show the words"),
        "length": _("{now} of {good}"),
        "link_address": _("Address"),
        "link_bad": _("A link begins with https://, http://, mailto: or /."),
        "list": _("List"),
        "lost_picture": _("This picture is no longer among the story's pictures. Choose another, or take it out."),
        "mine": _("Mine"),
        "no_caption": _("No caption yet"),
        "no_pictures": _("The story has no pictures yet: upload one or choose one from the library."),
        "none_found": _("Nothing found"),
        "not_sent": _("Not sent. Everything you typed is kept in this browser."),
        "offline": _("Offline: kept in this browser"),
        "ordered_list": _("Numbered list"),
        "picture": _("Picture"),
        "pull_quote": _("Pull quote"),
        "quote": _("Quote"),
        "remove": _("Take out {name}"),
        "saved": _("Saved {time}"),
        "sending": _("Saving…"),
        "show_clash": _("Show it"),
        "sign_in": _("Sign in again"),
        "signed_out": _("You are signed out: kept in this browser"),
        "subhead": _("Sub-headline"),
        "table": _("Table"),
        "taken": _("{name} is in. Save the story to keep it there."),
        "taken_out": _("(taken out)"),
        "throw_away": _("Throw it away"),
        "title": _("Title"),
        "to_decide": _("{count} places to decide"),
        "to_decide_one": _("1 place to decide"),
        "unknown": _("This text holds something the editor does not know. It is left as it is; tell the operator."),
        "version_name": _("Name of this version"),
        "version_of": _("As of {time}"),
        "waits": _("This waits until all is saved. Press it again when the line is back."),
        "words": _("{count} words"),
    } | arriving_words()


def arriving_words() -> dict[str, str]:
    """What scripts say of pictures on their way, and of what is pasted and dropped."""
    return {
        "came": _("{count} pictures came with the text."),
        "came_one": _("A picture came with the text."),
        "came_drop": _("Leave them out"),
        "came_drop_one": _("Leave it out"),
        "came_far": _("Not fetched, for they lie on other people's servers:"),
        "came_take": _("Take them into the library"),
        "came_take_one": _("Take it into the library"),
        "came_unread": _("{count} pictures of the text could not be read from the clipboard. Drop their files here."),
        "came_unread_one": _("A picture of the text could not be read from the clipboard. Drop its file here."),
        "close": _("Close"),
        "drop_no_picture": _("“{name}” is no picture. Pictures can be dropped here."),
        "drop_not_allowed": _("You may not add pictures to this story."),
        "paste_too_long": _("That is more than a story can hold. Paste it in parts."),
        "refused": _("{name} could not be sent. The others go on."),
        "upload_again": _("Try again"),
        "upload_reading": _("reading…"),
        "upload_signed_out": _("You are signed out. It goes on when you have signed in again."),
        "upload_stop": _("Do not send {name}"),
        "upload_unreadable": _("“{name}” cannot be read any more. Choose it again."),
        "upload_waits": _("The line is gone. It goes on by itself."),
        "uploading": _("Uploading {name}"),
        "uploads_all": _("All pictures on their way"),
        "uploads_count": _("{done} of {count}"),
        "uploads_left": _("{count} pictures had not arrived: they go on now."),
        "uploads_left_one": _("A picture had not arrived: it goes on now."),
        "uploads_left_text": _("What was meant for the text will stand among the story's pictures."),
    }
