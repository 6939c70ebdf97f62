"""A comparison of two states of a story: what an editor sees of a change."""

import copy
import time

from hypothesis import given

from articles.body import document
from articles.body.diff import compare
from articles.body.document import clean
from articles.body.words import matches, words

from .bodies import one_of_each
from .edits import ACTS, PICTURES, STATES, TAGS, worked_on


def snap(*blocks, **fields):
    """A snapshot as the history keeps it, of paragraphs (a string each, named by its first word) and other blocks."""
    content = [_named(block) if isinstance(block, str) else block for block in blocks]
    return (
        {"format": 1, "headline": "", "section": None, "attachments": []}
        | fields
        | {"body": clean({"type": "doc", "content": content})}
    )


def _named(text):
    block = document.paragraph(text)
    block["attrs"]["id"] = text.split()[0].lower().rjust(12, "0")
    return block


def plainly(runs):
    """Runs as a proof-reader marks them: [-taken out-]{+added+}."""
    signs = {"same": "%s", "removed": "[-%s-]", "added": "{+%s+}"}
    return "".join(signs[run.kind] % run.text for run in runs)


def changed(before, after):
    return [block for block in compare(before, after).blocks if block.kind != "same"]


# Words


def test_a_changed_paragraph_says_which_words():
    [block] = changed(snap("One loaf weighs four hundred grams."), snap("One loaf weighs five hundred grams, he said."))
    assert block.kind == "changed"
    assert plainly(block.runs) == "One loaf weighs [-four-]{+five+} hundred grams{+, he said+}."


def test_arabic_words_are_never_cut_in_two():
    [field] = compare(snap(headline="ثلاثة أفران وثماني نِساء"), snap(headline="ثلاثة أفران وتسع نِساءٍ")).fields
    assert plainly(field.runs) == "ثلاثة أفران [-وثماني نِساء-]{+وتسع نِساءٍ+}"


def test_a_rewritten_sentence_is_not_shown_word_by_word():
    [block] = changed(
        snap("A man of the town said on Monday that water"), snap("A mother from here wept that evening because rain")
    )
    assert plainly(block.runs).count("[-") == 1


def test_words_that_only_became_bold_stay_and_are_restyled():
    bold = _named("One two")
    bold["content"] = [document.text("One "), document.text("two", bold=True)]
    [block] = changed(snap("One two"), snap(bold))
    assert [(run.kind, run.text, run.marks, run.restyled) for run in block.runs] == [
        ("same", "One ", (), False),
        ("same", "two", ("bold",), True),
    ]


def test_a_changed_link_says_where_it_leads_now():
    linked = [_named("here") | {"content": [document.text("here", link=link)]} for link in ("/a/", "/b/")]
    [block] = changed(snap(linked[0]), snap(linked[1]))
    assert [(run.link, run.restyled) for run in block.runs] == [("/b/", True)]


def test_an_item_added_to_a_list_is_a_line_of_its_own():
    before = document.bullet_list(["Tap water is safe.", "Tram 2 turns round."])
    after = document.bullet_list(["Tap water is safe.", "Schools open.", "Tram 2 turns round."])
    after["attrs"]["id"] = before["attrs"]["id"]
    [block] = changed(snap(before), snap(after))
    assert [plainly(line) for line in block.lines] == [
        "Tap water is safe.\n",
        "{+Schools open.+}{+\n+}",
        "Tram 2 turns round.",
    ]


def test_a_cell_of_a_table_changes_in_its_row():
    before, after = (document.table([["Year", "Grey"], ["2023", grey]]) for grey in ("61.0", "62.5"))
    after["attrs"]["id"] = before["attrs"]["id"]
    [block] = changed(snap(before), snap(after))
    assert [plainly(line) for line in block.lines] == ["Year | Grey\n", "2023 | [-61.0-]{+62.5+}"]


# Blocks


def test_blocks_are_added_taken_out_and_moved_and_the_rest_is_folded():
    before = snap("a one", "b two", "c three", "d four", "e five", "f six")
    after = snap("a one", "b two", "e five", "c three", "g new", "f six")
    comparison = compare(before, after)
    assert [(piece.kind, getattr(piece, "id", "")[-1:]) for piece in comparison.text] == [
        ("folded", ""),
        ("moved", "e"),
        ("folded", ""),
        ("removed", "d"),
        ("added", "g"),
        ("folded", ""),
    ]
    moved = comparison.text[1]
    assert moved.moved_up
    assert document.text_of(moved.stood_behind) == "d four"
    assert len(comparison.text[0].blocks) == 2
    assert comparison.count == 3


def test_a_block_may_move_and_change():
    [block] = changed(snap("a one", "b two", "c three"), snap("c three more", "a one", "b two"))
    assert (block.kind, block.moved, plainly(block.runs)) == ("changed", True, "c three{+ more+}")


def test_a_title_and_an_attribution_change_as_words_and_a_numbering_as_such():
    before, after = document.quote("He said.", "Ruben, keeper"), document.quote("He said.", "Ruben, gatekeeper")
    after["attrs"]["id"] = before["attrs"]["id"]
    [block] = changed(snap(before), snap(after))
    assert [(one.name, plainly(one.runs)) for one in block.attributes] == [
        ("attribution", "Ruben, [-keeper-]{+gatekeeper+}")
    ]
    before, after = document.bullet_list(["a"]), document.bullet_list(["a"], ordered=True)
    after["attrs"]["id"] = before["attrs"]["id"]
    [block] = changed(snap(before), snap(after))
    assert [(one.name, one.before, one.after) for one in block.attributes] == [("ordered", False, True)]


def test_a_paragraph_that_became_a_crosshead_has_turned():
    [block] = changed(snap("One two"), snap(_named("One two") | {"type": "crosshead"}))
    assert block.turned
    assert plainly(block.runs) == "One two"


# Fields and lists


def test_subheads_are_compared_one_by_one():
    [field] = compare(snap(subheads=["Water", "Two schools"]), snap(subheads=["Water", "Three schools", "Rain"])).fields
    assert [plainly(row) for row in field.rows] == ["Water\n", "[-Two-]{+Three+} schools{+\n+}", "{+Rain+}"]


def test_tags_authors_and_section_say_who_came_and_went():
    before = snap(tags=TAGS[:2], authors=TAGS[:2], section={"uuid": "s", "slug": "world"})
    after = snap(tags=TAGS[1:3], authors=TAGS[1::-1], section={"uuid": "t", "slug": "local"})
    comparison = compare(before, after)
    tags, authors = comparison.rows
    assert (tags.name, tags.kept, tags.added, tags.removed) == ("tags", [TAGS[1]], [TAGS[2]], [TAGS[0]])
    assert (authors.name, authors.reordered) == ("authors", True)
    assert [section["slug"] for section in comparison.section] == ["world", "local"]


# Pictures


def picture(uuid=PICTURES[0], **facts):
    return {"uuid": uuid, "photo": "p", "role": "text", "order": 0, "caption": "The weir", "alt": ""} | facts


def test_a_picture_says_what_changed_of_it():
    before = snap(attachments=[picture(crop=None)])
    after = snap(attachments=[picture(crop=[0, 0, 500, 500], caption="The weir at dawn", photo="q")])
    [change] = compare(before, after).pictures
    assert (change.kind, change.replaced, change.others) == ("changed", True, ["crop"])
    assert [plainly(words.runs) for words in change.words] == ["The weir{+ at dawn+}"]


def test_pictures_are_added_and_removed_and_a_new_lead_takes_the_olds_place():
    before = snap(attachments=[picture(), picture("lead-a", role="lead", photo="q")])
    after = snap(attachments=[picture("lead-b", role="lead", photo="r"), picture(PICTURES[1])])
    changes = compare(before, after).pictures
    assert [(one.kind, one.replaced, one.uuids) for one in changes] == [
        ("changed", True, {"lead-a", "lead-b"}),
        ("added", False, {PICTURES[1]}),
        ("removed", False, {PICTURES[0]}),
    ]


def test_a_figure_whose_caption_changed_is_not_folded_away():
    figure = document.figure(PICTURES[0])
    before = snap(figure, attachments=[picture()])
    after = snap(figure, attachments=[picture(caption="The gate")])
    comparison = compare(before, after)
    [block] = comparison.blocks
    assert (block.kind, len(block.pictures), comparison.count) == ("changed", 1, 1)


def test_two_editions_are_compared_by_the_words_readers_were_shown():
    shown = {"caption": "From the library", "alt": "", "decorative": False, "credit": "L. A."}
    before, after = picture(caption="", shown=shown), picture(caption="", shown=shown | {"credit": "Lina Aboud"})
    [change] = compare(snap(attachments=[before]), snap(attachments=[after])).pictures
    assert [words.name for words in change.words] == ["credit"]
    assert not compare(snap(attachments=[picture(caption="")]), snap(attachments=[after]))


# Always


def as_snapshot(state):
    return {"body": state.body, **state.fields}


@given(STATES, ACTS)
def test_what_stayed_and_what_was_taken_out_is_the_text_before_and_with_the_additions_the_text_after(state, acts):
    before, after = as_snapshot(state), as_snapshot(worked_on(state, acts, "m"))
    for block in compare(before, after).blocks:
        if block.kind in ("changed", "added", "removed"):
            for version, fate in ((block.before, "added"), (block.after, "removed")):
                read = "".join(run.text for run in block.runs if run.kind != fate)
                text = document.text_of({**version, "attrs": {}}) if version else ""
                assert words(read) == words(text)


@given(STATES, ACTS)
def test_a_comparison_is_empty_only_between_equals(state, acts):
    before, after = as_snapshot(state), as_snapshot(worked_on(state, acts, "m"))
    assert bool(compare(before, after)) == (before != after)


def test_comparing_every_kind_of_block_with_nothing_and_itself():
    body = one_of_each()
    assert not compare({"body": body}, {"body": copy.deepcopy(body)})
    assert {block.kind for block in compare({"body": document.empty()}, {"body": body}).blocks} == {"added"}
    assert {block.kind for block in compare({"body": body}, {}).blocks} == {"removed"}


# Speed


def test_twenty_thousand_words_in_one_block_are_compared_in_seconds_whatever_they_are():
    """Half a second of one processor here; difflib alone takes minutes for words that come back again and again."""
    row = ["a", "b", "c", "the"] * 5000
    begun = time.process_time()
    compare(snap(_named("x " + " ".join(row))), snap(_named("x " + " ".join(row[1:] + row[::-1][:1]))))
    matches(row, sorted(row))
    assert time.process_time() - begun < 10
