"""What the desk's scripts need: their import map, the editor's bundle among it. Their words are in `script_words`."""

from pathlib import Path

from js_asset import ImportMap, Media, Script

# Named in the import map one by one, so that the manifest storage gives each its immutable address.
SCRIPTS = Path(__file__).parent.parent / "static/articles/js/desk"
MODULES = tuple(sorted(file.stem for file in SCRIPTS.glob("*.js")))


def media(nonce, first: str = "room") -> Media:
    """The scripts of the writing room, or of the screen that begins with `first`; `nonce` is the policy's, which an
    import map needs as an inline script."""
    imports = {"editor": "django_prose_editor/editor.js"}
    imports |= {f"desk/{name}": f"articles/js/desk/{name}.js" for name in MODULES}
    return Media(importmap=ImportMap(imports), js=[Script(f"articles/js/desk/{first}.js", type="module")], nonce=nonce)
