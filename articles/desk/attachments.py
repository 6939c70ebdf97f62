"""What may be done with a story's pictures: attach one, put the words typed for one where they belong.

Order and role go through `stories.save`, as everything in a working copy does.
"""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from articles.body.characters import clean_text
from articles.models import Attachment, Photo, Role, Story

from . import captions, stories


def attach(
    story: Story, photo: Photo, *, by: AbstractBaseUser | None, role: str = "", door: str = "", **words: Any
) -> Attachment:
    """Attach `photo` to `story`: as its lead where it has none and `role` says nothing, else in the text.

    `words` are `caption`, `alt`, `decorative` of its own, over the library's. Raises what `stories.save` raises.
    """
    rows = current(story)
    if not role:
        role = Role.TEXT if any(row["role"] == Role.LEAD for row in rows) else Role.LEAD
    stories.save(story, by=by, door=door, attachments=[*rows, {"photo": photo, "role": role, **words}])
    return story.attachments.order_by("order", "id").last()


def current(story: Story) -> list[dict[str, Any]]:
    """The story's pictures as `stories.save(attachments=...)` takes them: change the list and hand it back."""
    return [
        {
            "uuid": row.uuid,
            "photo": row.photo,
            "role": row.role,
            "caption": row.caption,
            "alt": row.alt,
            "decorative": row.decorative,
            "crop": row.crop,
        }
        for row in story.attachments.select_related("photo")
    ]


def put_words(
    photo: Photo,
    language: str,
    *,
    by: AbstractBaseUser | None,
    text: str | None = None,
    alt: str | None = None,
    decorative: bool | None = None,
    door: str = "",
) -> dict[str, Any]:
    """Put words typed for `photo` in a story of `language` where they belong; None stands for words left alone.

    What the library lacks in that language becomes the library's (caption and alt text each for itself); other words
    stay the story's own. Gives what the attachment keeps of its own, for `stories.save(attachments=...)`: empty means
    the library's. Who may not write captions (`by` without `caption_photo`) keeps all words in the story. Raises
    Refused for an alt text that is too long.
    """
    library = photo.captions.filter(language=language, is_current=True).first()
    has = {"text": library.text if library else "", "alt": library.alt if library else ""}
    typed = {name: clean_text(words).strip() for name, words in (("text", text), ("alt", alt)) if words is not None}
    gaps = {name: words for name, words in typed.items() if words and not has[name]}
    if gaps and (by is None or by.has_perm("articles.caption_photo")):
        has |= gaps
        said = library.decorative if library and "alt" not in gaps else False
        captions.caption(photo, language, by=by, decorative=said, door=door, **has)
    own: dict[str, Any] = {
        {"text": "caption"}.get(name, name): "" if words == has[name] else words for name, words in typed.items()
    }
    if decorative is not None:
        own["decorative"] = decorative and not (library and library.decorative and not own.get("alt"))
    return own
