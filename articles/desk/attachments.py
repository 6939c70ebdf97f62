"""What may be done with a story's pictures: attach one. Order, role and words of all go through `stories.save`."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from articles.models import Attachment, Photo, Role, Story

from . import stories


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
