"""Caption advice on the captions screen: what a caption desk would ask, beside the words. It never blocks."""

from collections.abc import Collection, Iterable

from articles.body import text
from articles.body.advice import advice
from articles.models import Attachment, Photo, Story

FACTS = {"city": "city", "sublocation": "sublocation", "country": "country", "credit": "credit"} | {
    "date_created": "taken_at"
}
MOST = 100  # pictures beside which the stories that show them are read too


class Adviser:
    """Advises on the captions of `found`; what tells of a source that is `kept` from who asks is not read."""

    def __init__(self, found: Iterable[Photo], kept: Collection[int]):
        found = list(found)
        self.kept = kept
        self.texts: dict[tuple[int, str], str] = {}
        if len(found) <= MOST:
            self._read_stories(found)

    def _read_stories(self, found: list[Photo]) -> None:
        """The text of the story that shows a picture, by picture and language; the newest, where several do."""
        rows = Attachment.objects.filter(photo__in=found, story__binned_at=None).order_by("story_id")
        pairs = list(rows.values_list("photo", "story"))
        stories = Story.objects.only("language", "body").in_bulk({story for _photo, story in pairs})
        texts = {pk: text.plain(story.body) for pk, story in stories.items()}
        for photo, story in pairs:
            self.texts[photo, stories[story].language] = texts[story]

    def of(self, photo: Photo, language: str) -> list[str]:
        """Sentences about the caption and alt text of `photo` in `language`."""
        row = photo.caption_in(language)
        if row is None or not (row.text or row.alt):
            return []
        facts = {} if photo.pk in self.kept else {name: getattr(photo, ours) for name, ours in FACTS.items()}
        story = self.texts.get((photo.pk, language), "")
        return [one.sentence for one in advice(row.text, language=language, alt=row.alt, facts=facts, story=story)]
