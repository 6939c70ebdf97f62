"""An open tab of the writing room without its browser: what it holds, what one types in it, what it sends.

It keeps to docs/saving.md, so that what is tested with it is what a browser may rely on.
"""

from copy import deepcopy
from uuid import uuid4

from articles.body import document
from articles.body.changes import State, changes
from articles.desk import editing, fields
from articles.models import Story


class Tab:
    """`base` is what the tab last knew the server to hold, `page` what stands in it now."""

    def __init__(self, story, by):
        self.story, self.by = Story.objects.get(pk=story.pk), by
        self.version = self.story.version
        self.base = State(fields.held(self.story), deepcopy(self.story.body["content"]))
        self.page = deepcopy(self.base)

    # -- Typing

    def ids(self):
        return self.page.order

    def words(self, place=0):
        return document.inline_text(self.page.blocks[place])

    def write(self, words, place=0):
        """Make the block at `place` say `words`."""
        self.page.blocks[place]["content"] = [document.text(words)]

    def add(self, words, place=None):
        """A new paragraph at `place` (None: at the end)."""
        block = document.document([document.paragraph(words)])["content"][0]
        self.page.blocks.insert(len(self.page.blocks) if place is None else place, block)

    def remove(self, place):
        del self.page.blocks[place]

    def put(self, name, value):
        self.page.fields[name] = value

    # -- Saving

    def change(self):
        """The change set as JSON."""
        return changes(self.base, self.page).as_dict()

    def save(self, save=None):
        """Send what changed, and take in the answer as if nothing had been typed meanwhile."""
        story = Story.objects.get(pk=self.story.pk)
        edited = editing.edit(story, self.change(), by=self.by, save=save or uuid4(), version=self.version)
        self.take_in(edited.version, edited.fresh)
        return edited

    def take_in(self, version, fresh):
        held, blocks = dict(self.page.fields), self.page.by_id
        held |= fresh.fields
        blocks = fresh.blocks if fresh.whole else blocks | fresh.blocks
        order = self.page.order if fresh.order is None else fresh.order
        self.base = State(held, [blocks[name] for name in order if blocks.get(name)])
        self.page, self.version = deepcopy(self.base), version
