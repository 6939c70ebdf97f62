"""Names: what authors and tags are called now. A question finds their stories by it, however they were called then."""

from collections.abc import Iterable

from django.db import connection, transaction

from articles.models import Author, AuthorWords, SearchName, Tag

from .documents import author_mark, tag_mark
from .folding import LONGEST, stem, written
from .spelling import parts_of

BATCH = 100  # authors or tags that are locked together


def keep(noun: Author | Tag) -> None:
    """Have `noun` found by the names it has now. Runs inside the transaction that changes them."""
    if isinstance(noun, Tag):
        _put({tag_mark(noun.pk): [noun.name]})
    else:
        _put({author_mark(noun.pk): list(noun.words.order_by("pk").values_list("name", flat=True))})


def keep_new(marks: Iterable[str]) -> None:
    """Have the authors and tags of `marks` found by their names, those that are not yet. One query where all are."""
    wanted = {mark for mark in marks if mark.startswith(("a=", "t="))}
    wanted -= set(SearchName.objects.filter(mark__in=wanted).values_list("mark", flat=True))
    if not wanted:
        return
    authors, tags = ([int(mark[2:]) for mark in wanted if mark.startswith(kind)] for kind in ("a=", "t="))
    _put(_called(authors, tags))


def keep_all() -> None:
    """Have all authors and tags found by the names they have now; each is read under its lock, some at a time."""
    for model in (Author, Tag):
        last = 0
        while numbers := list(model.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
            last = numbers[-1]
            with transaction.atomic():
                locked = model.objects.select_for_update(no_key=connection.features.has_select_for_no_key_update)
                held = [row.pk for row in locked.filter(pk__in=numbers).order_by("pk")]
                _put(_called(held, []) if model is Author else _called([], held))


def _called(authors: list[int], tags: list[int]) -> dict[str, list[str]]:
    """What those authors and tags are called, by their marks. Two queries."""
    found: dict[str, list[str]] = {}
    for pk, name in AuthorWords.objects.filter(author__in=authors).order_by("pk").values_list("author_id", "name"):
        found.setdefault(author_mark(pk), []).append(name)
    for pk, name in Tag.objects.filter(pk__in=tags).values_list("pk", "name"):
        found[tag_mark(pk)] = [name]
    return found


def _put(names: dict[str, list[str]]) -> None:
    rows = [row for mark, called in sorted(names.items()) for row in _rows(mark, called)]
    SearchName.objects.filter(mark__in=names).delete()
    SearchName.objects.bulk_create(rows, ignore_conflicts=True)  # another may put the same at this moment


def _rows(mark: str, called: list[str]) -> Iterable[SearchName]:
    told, words = [], {}
    for name in called:
        stems = []
        for start, end, folded in written(name):
            for word in folded:
                words.setdefault(word, name[start:end][:LONGEST])
                stems.append(stem(word))
        told.append(" ".join(stems))
    line = f" {' | '.join(filter(None, told))} "
    for word, shown in sorted(words.items()):
        yield SearchName(mark=mark, word=word, stem=stem(word), shown=shown, told=line, **parts_of(word))


def forget() -> None:
    """Let go of names whose author or tag is no more."""
    author, tag = Author._meta.db_table, Tag._meta.db_table
    with connection.cursor() as cursor:
        for kind, table in (("a=", author), ("t=", tag)):
            here = f"SELECT '{kind}' || id FROM {table}"
            cursor.execute(f"DELETE FROM articles_searchname WHERE mark LIKE '{kind}%%' AND mark NOT IN ({here})", [])
