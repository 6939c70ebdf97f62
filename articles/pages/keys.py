"""Keys: the names of what pages show. A page stands under the keys of all it shows; what changes moves its keys.

| key | moves when |
|---|---|
| `story:7` | the story has another live edition, or none |
| `card:7` | what a card, a list's row, shows of it is another |
| `address:<uuid>` | the story gets an address that readers can open, or loses it |
| `siblings:<uuid>` | one of the siblings does |
| `shown:7:en` | the live editions in that language that show the photo are others |
| `photo:7`, `author:7:words`, `tag:7:words` | what readers see of the photo, the author, the tag is another |
| `<river>` | the newest thirty of the river are others |
| `<river>:2016-07`, `<river>:2016-07-14` | a story came into that month, that day, or left it |
| `<river>:months`, `<river>:2016-07:days` | a month, a day of the month, has stories now, or has none any more |
| `<river>:2016:counts`, `<river>:2016-07:counts` | the number of stories of a month, a day, that is over is another |
| `<river>:since` | the oldest story is another |
| `<river>:2016-07:changes` | a story of that month has another live edition, or none |
| `language:en:lists` | a section, a tag or an author has its first story in that language, or lost its last one |
| `editions` | any story has another live edition, or none |
| `until:<seconds>` | that moment has come; the clock says so |
| `corrections:en` | a correction in the language is new, or is shown no more |

| `site` | what every page shows (the outlet's name, the sections) is another; only caches are told of it |

A river is `language:en`, `section:3:en`, `tag:9` or `author:4:en`. In the page store no page stands under `site`: it
raises the site's generation, and no row needs to be written for a million pages.
"""

from collections.abc import Iterator
from datetime import date, datetime
from math import ceil
from uuid import UUID

SITE = "site"
EDITIONS = "editions"
UNTIL = "until:"


def story(pk: int) -> str:
    return f"story:{pk}"


def card(pk: int) -> str:
    return f"card:{pk}"


def address(uuid: UUID | str) -> str:
    return f"address:{uuid}"


def siblings(key: UUID | str) -> str:
    return f"siblings:{key}"


def corrections(language: str) -> str:
    return f"corrections:{language}"


def photo(pk: int) -> str:
    return f"photo:{pk}"


def shown(photo: int, language: str) -> str:
    return f"shown:{photo}:{language}"


def author(pk: int) -> str:
    return f"author:{pk}:words"


def tag(pk: int) -> str:
    return f"tag:{pk}:words"


def river(language: str, kind: str, key: int) -> str:
    """The name of a list: `kind` is language, section, tag or author, `key` the id of the last three."""
    if kind == "language":
        return f"language:{language}"
    return f"{kind}:{key}" if kind == "tag" else f"{kind}:{key}:{language}"


def month(river: str, year: int, number: int) -> str:
    return f"{river}:{year:04}-{number:02}"


def day(river: str, on: date) -> str:
    return f"{river}:{on.isoformat()}"


def months(river: str) -> str:
    return f"{river}:months"


def days(river: str, year: int, number: int) -> str:
    return f"{month(river, year, number)}:days"


def since(river: str) -> str:
    return f"{river}:since"


def counts_of_months(river: str, year: int) -> str:
    return f"{river}:{year:04}:counts"


def counts_of_days(river: str, year: int, number: int) -> str:
    return f"{month(river, year, number)}:counts"


def counts(river: str, on: date) -> Iterator[str]:
    """What shows numbers of stories that a story of the day `on` is one of."""
    yield counts_of_months(river, on.year)
    yield counts_of_days(river, on.year, on.month)


def changes(river: str, year: int, number: int) -> str:
    return f"{month(river, year, number)}:changes"


def lists(language: str) -> str:
    return f"{river(language, 'language', 0)}:lists"


def until(moment: datetime) -> str:
    """Of what is true until `moment` (aware) by itself. Such keys are in the order of their moments."""
    return f"{UNTIL}{ceil(moment.timestamp()):012}"
