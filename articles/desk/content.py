"""Content: putting words, section, byline, tags, related stories and pictures into a story's working copy."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from articles import claims, tasks
from articles.body import document
from articles.body.characters import clean_text
from articles.body.lists import listed
from articles.body.slug import slug as make_slug
from articles.models import Attachment, Author, Byline, Kind, Related, Story, Tag
from articles.models.snapshots import FIELDS

from .errors import NotAllowed, Refused

# Fixed at first publication: the address is made of them.
FIXED = {"language", "slug"}
MOST_TAGS = 50


def put(story: Story, content: Mapping[str, Any]) -> list[str]:
    """Put `content` into `story`, whose row is locked by `changing()`. Gives the names of what really changed.

    Keys: the columns of `snapshots.FIELDS`; `section` (a Section or None); `authors`, `related` (lists of rows, in
    order); `tags` (a list of names, made where they do not exist yet); `attachments` (see `put_attachments`).
    Raises Refused, with the sentence for the editor, when a value cannot be kept.
    """
    changed = []
    for name, value in content.items():
        if name in FIELDS:
            value = _tidy(story, name, value)
            if getattr(story, name) != value:
                _check_fixed(story, name)
                setattr(story, name, value)
                changed.append(name)
        elif name == "section":
            if story.section != value:
                story.section = value
                changed.append(name)
        elif RELATIONS[name](story, value):
            changed.append(name)
    return changed


def _check_fixed(story: Story, name: str) -> None:
    if story.first_published_at and name in FIXED:
        raise NotAllowed(_("The story has been published: its language and its address stay as they are."))


def _tidy(story: Story, name: str, value: Any) -> Any:
    if name == "body":
        return document.clean(value)
    if name == "subheads":
        lines = [clean_text(line).strip() for line in value]
        for line in lines:
            _check_length(name, line, 300)
        return [line for line in lines if line]
    value = clean_text(value or "").strip()
    if name == "slug":
        return make_slug(value) if value else ""
    if name == "kind" and value not in Kind.values:
        raise Refused(
            _("There is no kind “%(kind)s”. There are: %(kinds)s.") % {"kind": value, "kinds": listed(Kind.values)}
        )
    _check_length(name, value, Story._meta.get_field(name).max_length)
    return value


def _check_length(name: str, value: str, most: int | None) -> None:
    if most and len(value) > most:
        label = Story._meta.get_field(name).verbose_name
        raise Refused(
            _("“%(field)s” has %(length)d characters; at most %(most)d are kept.")
            % {"field": label, "length": len(value), "most": most}
        )


def put_authors(story: Story, authors: Iterable[Author]) -> bool:
    """Sign `story` by `authors`, in their order. Gives whether that changed anything."""
    return _put_ordered(Byline, story, "story", "author", authors)


def put_related(story: Story, others: Iterable[Story]) -> bool:
    """Point from `story` to `others`, in their order."""
    return _put_ordered(Related, story, "story", "other", [other for other in others if other.pk != story.pk])


def _put_ordered(model, story, owner, target, wanted) -> bool:
    wanted = [row.pk for row in dict.fromkeys(wanted)]
    rows = model.objects.filter(**{owner: story})
    if list(rows.order_by("order", "id").values_list(f"{target}_id", flat=True)) == wanted:
        return False
    rows.delete()
    model.objects.bulk_create(
        model(**{owner: story, f"{target}_id": pk, "order": order}) for order, pk in enumerate(wanted)
    )
    return True


def put_tags(story: Story, names: Iterable[str]) -> bool:
    """Tag `story` with `names`, words of its own language."""
    wanted = [name for name in dict.fromkeys(clean_text(str(name)).strip() for name in names) if name]
    for name in wanted:
        if len(name) > 100:
            raise Refused(_("The tag “%(name)s” is too long; at most 100 characters are kept.") % {"name": name})
    # A story that has more from elsewhere may lose some without losing all that are too many.
    if len(wanted) > MOST_TAGS and len(wanted) > story.story_tags.count():
        raise Refused(
            _("A story has at most %(most)d tags; these are %(count)d. Keep those a reader would look for.")
            % {"most": MOST_TAGS, "count": len(wanted)}
        )
    tags = [Tag.objects.get_or_create(language=story.language, name=name)[0] for name in wanted]
    rows = story.story_tags.all()
    if list(rows.order_by("id").values_list("tag_id", flat=True)) == [tag.pk for tag in tags]:
        return False
    rows.delete()
    story.story_tags.model.objects.bulk_create(story.story_tags.model(content_object=story, tag=tag) for tag in tags)
    return True


def put_attachments(story: Story, wanted: Iterable[Mapping[str, Any]]) -> bool:
    """Give `story` exactly the pictures of `wanted`, in that order.

    Each is a mapping with `photo` (a Photo) and, where it has them, `uuid` (of an attachment that stays, or to be
    given to a new one), `role`, `caption`, `alt`, `decorative`, `crop`. At most one may be the lead.
    """
    wanted = list(wanted)
    if sum(row.get("role") == "lead" for row in wanted) > 1:
        raise Refused(_("Two pictures are marked as the lead picture. A story has one."))
    held = {str(row.uuid): row for row in story.attachments.all()}
    before = [_state(row) for row in held.values()]
    kept = [held[str(row["uuid"])] for row in wanted if str(row.get("uuid")) in held]
    story.attachments.exclude(pk__in=[row.pk for row in kept]).delete()
    story.attachments.filter(role="lead").update(role="text")
    after = []
    for order, facts in enumerate(wanted):
        row = held.get(str(facts.get("uuid"))) or Attachment(story=story)
        if row.pk is None and facts.get("uuid"):
            row.uuid = facts["uuid"]
        row.order = order
        for name in ("photo", "role", "caption", "alt", "decorative", "crop"):
            if name in facts:
                setattr(row, name, facts[name])
        row.caption = clean_text(row.caption).strip()
        row.alt = clean_text(row.alt).strip()
        if len(row.alt) > 250:
            raise Refused(
                _("The alt text “%(start)s…” has %(length)d characters; at most 250 are kept.")
                % {"start": row.alt[:40], "length": len(row.alt)}
            )
        row.save()
        after.append(_state(row))
    _make_crops(before, after)
    return before != after


def _make_crops(before: list[tuple], after: list[tuple]) -> None:
    """Have the worker make the crops that a picture has here for the first time; publishing does not wait for it."""
    held = {(photo, str(crop)) for _uuid, photo, *_words, crop in before}
    for _uuid, photo, *_words, crop in after:
        if crop and (photo, str(crop)) not in held:
            transaction.on_commit(lambda photo=photo: (claims.ask(photo), tasks.finish_photo.enqueue(photo)))


def _state(row: Attachment) -> tuple:
    return (row.uuid, row.photo_id, row.order, row.role, row.caption, row.alt, row.decorative, row.crop)


RELATIONS = {
    "authors": put_authors,
    "related": put_related,
    "tags": put_tags,
    "attachments": put_attachments,
}
