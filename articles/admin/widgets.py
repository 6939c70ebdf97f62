"""What the writing room's scripts need: their import map (the editor's bundle among it) and the words they say."""

from django.utils.translation import gettext as _
from js_asset import ImportMap, Media, Script

# Named in the import map one by one, so that the manifest storage gives each its immutable address.
MODULES = ("blocks", "cards", "choose", "clipboard", "editor", "ids", "lines", "link", "pictures", "room", "words")


def media(nonce) -> Media:
    """The scripts of the writing room; `nonce` is the policy's, which an import map needs as an inline script."""
    imports = {"editor": "django_prose_editor/editor.js"}
    imports |= {f"desk/{name}": f"articles/js/desk/{name}.js" for name in MODULES}
    return Media(importmap=ImportMap(imports), js=[Script("articles/js/desk/room.js", type="module")], nonce=nonce)


def words() -> dict[str, str]:
    """What scripts say, by the name they know it by, in the language of the screen. {…} is put in by the script."""
    return {
        "add_here": _("Write on, or press / for a block"),
        "attribution": _("Who said it"),
        "blocks": _("Blocks"),
        "changed": _("Not saved yet"),
        "choose_picture": _("Choose a picture of this story"),
        "crosshead": _("Crosshead"),
        "divider": _("Divider"),
        "embed": _("Embed"),
        "fact_box": _("Fact box"),
        "gallery": _("Gallery"),
        "leave": _("What you typed has not been saved."),
        "length": _("{now} of {good}"),
        "link_address": _("Address"),
        "link_bad": _("A link begins with https://, http://, mailto: or /."),
        "lost_picture": _("This picture is no longer among the story's pictures. Choose another, or take it out."),
        "no_caption": _("No caption yet"),
        "no_pictures": _("The story has no pictures yet: upload one or choose one from the library."),
        "none_found": _("Nothing found"),
        "ordered_list": _("Numbered list"),
        "picture": _("Picture"),
        "pull_quote": _("Pull quote"),
        "quote": _("Quote"),
        "list": _("List"),
        "refused": _("{name} could not be sent. The others go on."),
        "remove": _("Take out {name}"),
        "later": _("Move {name} down"),
        "earlier": _("Move {name} up"),
        "subhead": _("Sub-headline"),
        "table": _("Table"),
        "taken": _("{name} is in. Save the story to keep it there."),
        "title": _("Title"),
        "unknown": _("This text holds something the editor does not know. It is left as it is; tell the operator."),
        "uploading": _("Uploading {name}"),
        "words": _("{count} words"),
    }
