"""Places: an edition's place in time as one number, so that "newest first, from here on" is one step into an index."""

from datetime import UTC, datetime

_STORIES = 1 << 20  # stories told apart that were published in one thousandth of a second
LAST = (1 << 63) - 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def place(at: datetime, story: int = 0) -> int:
    """The place of a story first published at `at` (aware); of the moment itself, without a story."""
    passed = at - _EPOCH
    thousandths = (passed.days * 86_400 + passed.seconds) * 1000 + passed.microseconds // 1000
    number = thousandths * _STORIES + story % _STORIES
    return max(-LAST, min(LAST, number))
