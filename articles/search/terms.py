"""Terms: what a question's words and phrases are looked for as, and in which order what holds them is best.

Best first are editions that hold all words in their headlines; then those that hold them all high up (headline,
sub-heads, summary, tags, byline); then those that hold one of them high up; then all others. Among equals the newest
comes first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .expressions import Beginning, But, Expression, all_of, any_of
from .folding import stem, stems, without_article
from .question import Asked
from .vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase: what must stand in an edition that holds it anywhere, high up, in its headline.

    `stems` are what is shown as found, of a phrase in their order, and whatever begins with one of `beginnings`. `told`
    are strings of which one must be in the entry, for a phrase.
    """

    anywhere: Expression
    high: Expression
    top: Expression
    stems: tuple[str, ...]
    told: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()


def term(asked: Asked, vocabulary: Vocabulary, *, is_wide: bool = False) -> Term:
    """What `asked` is looked for as. The last word stands for the most common words that begin so; with `is_wide` for
    all, where there are more."""
    if asked.is_phrase and len(asked.words) > 1:
        return _phrase(asked, vocabulary)
    word = asked.folded[0]
    found = dict.fromkeys(stems(word)[:1] if asked.is_phrase else stems(word))
    marks = []
    for other, its_stem, mark, _name in vocabulary.names:
        begins = asked.is_open and (other.startswith(word) or its_stem.startswith(without_article(word)))
        if its_stem in found or begins:
            marks.append(mark)
    begun = vocabulary.beginnings if asked.is_open else []
    if asked.is_open:
        found |= dict.fromkeys(vocabulary.others if is_wide else vocabulary.completions)
    begins = begun if is_wide else []
    return Term(
        anywhere=any_of([*found, *map(Beginning, begins), *marks]),
        high=any_of([*(f"l={one}" for one in found), *(Beginning(f"l={one}") for one in begins), *marks]),
        top=any_of([*(f"h={one}" for one in found), *(Beginning(f"h={one}") for one in begins)]),
        stems=tuple(found),
        beginnings=tuple(begun),
    )


def _phrase(asked: Asked, vocabulary: Vocabulary) -> Term:
    found = [stem(word) for word in asked.folded]
    line = f" {' '.join(found)} "
    marks = sorted({mark for _word, _stem, mark, name in vocabulary.names if line in name})
    return Term(
        anywhere=any_of([all_of(found), *marks]),
        high=any_of([all_of(f"l={one}" for one in found), *marks]),
        top=all_of(f"h={one}" for one in found),
        stems=tuple(found),
        told=(line, *(f" {mark} " for mark in marks)),
    )


def tiers(terms: Sequence[Term], marks: Sequence[Expression], order: str) -> list[Expression]:
    """What the editions that answer are, best first; one expression where the newest come first."""
    everything = all_of([*(one.anywhere for one in terms), *marks])
    if order == "newest":
        return [everything]
    top = all_of([*(one.top for one in terms), *marks])
    if any(one.told for one in terms):  # each of these is read in full, so there are fewer of them
        return [top, But(everything, top)]
    high = all_of([one.high for one in terms])
    found = [top, But(all_of([high, *marks]), top)]
    if len(terms) > 1:
        found.append(But(all_of([*(one.anywhere for one in terms), any_of(one.high for one in terms), *marks]), high))
    return [*found, But(everything, any_of(one.high for one in terms))]
