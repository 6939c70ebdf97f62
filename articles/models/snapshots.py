"""The snapshot: one JSON shape for a story's whole state. Revision, edition, export and import speak it."""

import hashlib
import json

FORMAT = 1
# The story's own columns that are its content; a change to any of them is a change of content.
FIELDS = (
    "language",
    "slug",
    "headline",
    "short_headline",
    "subheads",
    "kicker",
    "dateline",
    "summary",
    "kind",
    "source_agency",
    "body",
)


def snapshot(story, *, as_published=False):
    """The state of `story` as plain JSON values.

    With `as_published`, every attachment also carries the words that readers are shown (`shown`: caption, alt,
    decorative, credit), so that an edition needs no library to be read again.
    """
    state = {"format": FORMAT, "sibling_key": str(story.sibling_key)}
    state |= {field: getattr(story, field) for field in FIELDS}
    state["section"] = {"uuid": str(story.section.uuid), "slug": story.section.slug} if story.section else None
    state["authors"] = [
        {"uuid": str(author.uuid), "name": author.name_in(story.language)} for author in story.signed_by()
    ]
    state["tags"] = [{"uuid": str(tag.uuid), "name": tag.name} for tag in story.tags.order_by("story_tags__id")]
    related = story.related_from.select_related("other")
    state["related"] = [str(row.other.uuid) for row in related]
    attachments = story.attachments.select_related("photo").prefetch_related("photo__captions")
    state["attachments"] = [_attachment(row, story.language, as_published) for row in attachments]
    return state


def _attachment(row, language, as_published):
    state = {
        "uuid": str(row.uuid),
        "photo": str(row.photo.uuid),
        "role": row.role,
        "order": row.order,
        "caption": row.caption,
        "alt": row.alt,
        "decorative": row.decorative,
        "crop": row.crop,
    }
    if as_published:
        words = row.shown_words(language)
        state["shown"] = {
            "caption": words.caption,
            "alt": words.alt,
            "decorative": words.decorative,
            "credit": row.photo.credit,
        }
    return state


def canonical(state):
    """`state` as one line of JSON that is always the same: keys sorted, no spaces, Unicode as it is."""
    return json.dumps(state, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest_of(state, previous=""):
    """SHA-256, hex, over the canonical JSON of `state` and the `previous` digest in the chain."""
    return hashlib.sha256((canonical(state) + previous).encode()).hexdigest()
