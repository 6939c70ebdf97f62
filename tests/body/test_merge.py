"""Two editors in one story: what they do apart is put together, what touches is shown to them, no word is lost."""

import json
import random
from collections import Counter
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.body import blockwise, document
from articles.body.document import InvalidDocument, clean
from articles.body.merge import ChangeSet, InvalidChange, State, changes, merge

from .edits import ACTS, PICTURES, STATES, TAGS, all_words, worked_on

FIRST, SECOND, THIRD, NEW, OTHER = (letter * 12 for letter in "abcno")
LEVEL = "The river passed the iron mark of 1968 at noon."
ARABIC = "ارتفع النهر فوق علامة الحديد ظهرًا"


def named(block_id, words, make=document.paragraph):
    block = make(words)
    block["attrs"]["id"] = block_id
    return clean({"type": "doc", "content": [block]})["content"][0]


def story(*blocks, **fields):
    return State(fields, [named(*block) if isinstance(block, tuple) else block for block in blocks])


def merged(base, mine, theirs):
    return merge(theirs, changes(base, mine))


def of_one(base, mine, theirs):
    """What becomes of one paragraph: its text, and how many clashes there are."""
    result = merged(*(story((FIRST, text)) for text in (base, mine, theirs)))
    return document.text_of(result.state.body), len(result.clashes)


def texts(state):
    return [document.text_of(block) for block in state.blocks]


# Apart


def test_changes_to_different_blocks_and_fields_merge_by_themselves():
    base = story((FIRST, "one"), (SECOND, "two"), headline="Water", kicker="")
    mine = story((FIRST, "one more"), (SECOND, "two"), headline="Water", kicker="Weir")
    theirs = story((FIRST, "one"), (SECOND, "two less"), headline="High water", kicker="")
    result = merged(base, mine, theirs)
    assert result.state == story((FIRST, "one more"), (SECOND, "two less"), headline="High water", kicker="Weir")
    assert not result.clashes


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "together"),
    [
        (LEVEL, LEVEL.replace("river", "Zarn"), LEVEL.replace("noon", "dawn"), "Zarn passed the iron mark"),
        (ARABIC, ARABIC.replace("النهر", "الماءُ"), ARABIC.replace("ظهرًا", "فجرًا"), "الماءُ فوق علامة الحديد فجرًا"),
        ("It fell.", "It fell.", "It rose.", "It rose."),
        ("It fell.", "It rose.", "It rose.", "It rose."),
        ("the cat", "the cat sat down", "the cat sat", "the cat sat down"),
    ],
)
def test_changes_to_one_paragraph_merge_where_a_word_stands_between(base, mine, theirs, together):
    text, clashes = of_one(base, mine, theirs)
    assert together in text
    assert not clashes


def test_bold_and_a_link_laid_on_the_words_another_editor_changes_stay():
    base = story((FIRST, "We saw the minutes of the vote on Monday"))
    linked = document.text("the minutes of the vote", link="/en/")
    mine = story((FIRST, [document.text("We saw "), linked, document.text(" on Monday")]))
    secret = document.text("secret vote", bold=True)
    theirs = story((FIRST, [document.text("We saw the minutes of the "), secret, document.text(" on Monday")]))
    result = merged(base, mine, theirs)
    assert not result.clashes
    runs = {run["text"]: [mark["type"] for mark in run.get("marks", ())] for run in result.state.blocks[0]["content"]}
    assert runs == {
        "We saw ": [],
        "the minutes of the ": ["link"],
        "secret vote": ["link", "bold"],
        " on Monday": [],
    }


def test_two_links_on_the_same_words_clash():
    linked = [story((FIRST, [document.text("here", link=link)])) for link in ("/en/a/", "/en/b/")]
    [clash] = merged(story((FIRST, "here")), *linked).clashes
    assert clash.mine == linked[0].blocks[0]


def test_lists_and_tables_merge_inside():
    base = named(FIRST, [["Year", "Grey"], ["2023", "61.0"]], document.table)
    mine = named(FIRST, [["Year", "Grey"], ["2023", "62.5"]], document.table)
    theirs = named(FIRST, [["Year", "Grey"], ["2022", "58.1"], ["2023", "61.0"]], document.table)
    result = merged(story(base), story(mine), story(theirs))
    assert document.text_of(result.state.blocks[0]).split() == ["Year", "Grey", "2022", "58.1", "2023", "62.5"]


def test_a_row_and_a_column_that_leave_a_hole_in_a_table_clash():
    base = named(FIRST, [["a", "b"], ["c", "d"]], document.table)
    wider = named(FIRST, [["a", "b", "e"], ["c", "d", "f"]], document.table)
    longer = named(FIRST, [["a", "b"], ["g", "h"], ["c", "d"]], document.table)
    assert len(merged(story(base), story(wider), story(longer)).clashes) == 1


def test_a_paragraph_made_a_crosshead_keeps_the_words_another_editor_wrote():
    turned = story((FIRST, "The night", document.crosshead))
    result = merged(story((FIRST, "The night")), turned, story((FIRST, "The long night")))
    assert result.state == story((FIRST, "The long night", document.crosshead))


def test_the_pictures_of_a_gallery_are_added_and_taken_out_by_two():
    def gallery(*pictures):
        return story(document.gallery(pictures) | {"attrs": {"id": FIRST, "attachments": list(pictures), "title": ""}})

    third = TAGS[0]["uuid"]
    result = merged(gallery(*PICTURES), gallery(PICTURES[0]), gallery(*PICTURES, third))
    assert result.state.blocks[0]["attrs"]["attachments"] == [PICTURES[0], third]


# Touching


def test_where_changes_touch_the_story_keeps_theirs_and_the_clash_holds_mine():
    base, mine, theirs = "six buses run", "nine buses run", "ten buses run"
    result = merged(story((FIRST, base)), story((FIRST, mine)), story((FIRST, theirs)))
    assert texts(result.state) == [theirs]
    [clash] = result.clashes
    assert (clash.kind, clash.name) == ("block", FIRST)
    assert [document.text_of(side) for side in (clash.base, clash.mine, clash.theirs)] == [base, mine, theirs]
    assert document.text_of(clash.both) == "nine ten buses run"
    assert json.loads(json.dumps(clash.as_dict()))["mine"] == clash.mine


def test_neighbouring_words_changed_by_two_touch():
    assert of_one("eight women waited", "nine women waited", "eight men waited") == ("eight men waited", 1)


def test_a_paragraph_one_takes_out_and_another_changes_is_a_clash_either_way():
    base, gone, changed = story((FIRST, "one")), story(), story((FIRST, "one more"))
    removed = merged(base, gone, changed)
    assert removed.state == changed
    assert (removed.clashes[0].mine, removed.clashes[0].theirs) == (None, changed.blocks[0])
    rewritten = merged(base, changed, gone)
    assert rewritten.state == gone
    assert (rewritten.clashes[0].mine, rewritten.clashes[0].theirs) == (changed.blocks[0], None)


def test_a_headline_two_rewrite_is_a_clash_in_that_field():
    [clash] = merged(story(headline="Rain"), story(headline="Snow"), story(headline="Hail")).clashes
    assert (clash.kind, clash.name, clash.mine, clash.theirs, clash.both) == (
        "field",
        "headline",
        "Snow",
        "Hail",
        "Snow Hail",
    )


# Large


def long_block(words):
    return named(FIRST, " ".join(words))


@pytest.mark.parametrize(("length", "spread"), [(150_000, 1_500_000), (150_000, 300), (14_000, 300), (9_000, 90_000)])
def test_a_huge_paragraph_shuffled_by_two_is_a_clash_within_a_second(length, spread):
    by_chance = random.Random(1)
    words = [f"word{by_chance.randrange(spread)}" for _word in range(length)]
    sides = [by_chance.sample(words, length) for _side in range(2)]
    base, mine, theirs = (story(long_block(row)) for row in (words, *sides))
    change = changes(base, mine)
    begun = process_time()
    result = merge(theirs, change)
    assert process_time() - begun < 1
    [clash] = result.clashes
    assert (clash.mine, clash.theirs, clash.both) == (mine.blocks[0], theirs.blocks[0], None)
    assert result.state == theirs


def test_a_long_paragraph_with_few_changes_is_merged_by_words():
    words = [f"word{number}" for number in range(14_000)]
    mine, theirs = [*words[:500], "Mine", *words[501:]], [*words[:9_000], "Theirs", *words[9_001:]]
    result = merged(story(long_block(words)), story(long_block(mine)), story(long_block(theirs)))
    assert not result.clashes
    assert {"Mine", "Theirs"} <= set(all_words(result.state))


# Order


def test_what_both_bring_in_at_one_place_is_kept():
    base = story((FIRST, "one"))
    result = merged(base, story((FIRST, "one"), (NEW, "mine")), story((FIRST, "one"), (OTHER, "theirs")))
    assert sorted(texts(result.state)) == ["mine", "one", "theirs"]
    assert not result.clashes


def test_a_block_one_moves_and_another_changes_is_moved_and_changed():
    base = story((FIRST, "one"), (SECOND, "two"), (THIRD, "three"))
    mine = story((THIRD, "three"), (FIRST, "one"), (SECOND, "two"))
    theirs = story((FIRST, "one"), (SECOND, "two"), (THIRD, "three and more"))
    assert texts(merged(base, mine, theirs).state) == ["three and more", "one", "two"]


def test_a_block_both_move_stands_once():
    base = story((FIRST, "one"), (SECOND, "two"), (THIRD, "three"))
    mine = story((THIRD, "three"), (FIRST, "one"), (SECOND, "two"))
    theirs = story((FIRST, "one"), (THIRD, "three"), (SECOND, "two"))
    assert texts(merged(base, mine, theirs).state) == ["three", "one", "two"]


# Dividing and joining


WHOLE = "The water rose all night. In the morning it stood at the door."
HALVES = "The water rose all night.", "In the morning it stood at the door."


@pytest.mark.parametrize("mine_divides", [True, False])
def test_a_divided_paragraph_takes_another_editors_change_into_its_second_half(mine_divides):
    base, divided = story((FIRST, WHOLE)), story((FIRST, HALVES[0]), (NEW, HALVES[1]))
    changed = story((FIRST, WHOLE.replace("door", "gate")))
    result = merged(base, divided, changed) if mine_divides else merged(base, changed, divided)
    assert texts(result.state) == [HALVES[0], HALVES[1].replace("door", "gate")]
    assert result.state.order == [FIRST, NEW]
    assert not result.clashes


@pytest.mark.parametrize("mine_joins", [True, False])
def test_joined_paragraphs_take_another_editors_change_to_the_second(mine_joins):
    base, joined = story((FIRST, HALVES[0]), (SECOND, HALVES[1])), story((FIRST, WHOLE))
    changed = story((FIRST, HALVES[0]), (SECOND, HALVES[1].replace("door", "gate")))
    result = merged(base, joined, changed) if mine_joins else merged(base, changed, joined)
    assert result.state == story((FIRST, WHOLE.replace("door", "gate")))
    assert not result.clashes


# Fields


def test_subheads_merge_item_by_item():
    result = merged(story(subheads=["a b", "c"]), story(subheads=["a b", "d"]), story(subheads=["a x b", "c", "e"]))
    assert [clash.name for clash in result.clashes] == ["subheads"]
    result = merged(story(subheads=["a b", "c"]), story(subheads=["a b", "d"]), story(subheads=["x b", "c"]))
    assert result.state.fields["subheads"] == ["x b", "d"]


def test_a_tag_of_mine_and_a_tag_of_theirs_are_both_there():
    result = merged(story(tags=TAGS[:2]), story(tags=[*TAGS[:2], TAGS[2]]), story(tags=[TAGS[1], TAGS[3]]))
    assert [tag["name"] for tag in result.state.fields["tags"]] == ["tag 1", "tag 2", "tag 3"]


def test_one_changes_the_caption_and_another_the_crop_of_one_picture():
    picture = {"uuid": PICTURES[0], "order": 0, "caption": "The weir", "crop": None}
    captioned, cropped = picture | {"caption": "The weir at dawn"}, picture | {"crop": [0, 0, 500, 500]}
    result = merged(story(attachments=[picture]), story(attachments=[captioned]), story(attachments=[cropped]))
    assert result.state.fields["attachments"] == [captioned | cropped | {"caption": "The weir at dawn"}]


def test_two_captions_of_one_picture_clash_and_the_other_pictures_do_not():
    rows = [{"uuid": uuid, "order": place, "caption": "a"} for place, uuid in enumerate(PICTURES)]
    mine = [rows[0] | {"caption": "b"}, rows[1] | {"caption": "d"}]
    theirs = [rows[0] | {"caption": "c"}, rows[1]]
    result = merged(story(attachments=rows), story(attachments=mine), story(attachments=theirs))
    assert [row["caption"] for row in result.state.fields["attachments"]] == ["c", "d"]
    assert [(clash.name, clash.item, clash.mine["caption"]) for clash in result.clashes] == [
        ("attachments", PICTURES[0], "b")
    ]


def test_two_sections_are_never_mixed():
    uuids = [TAGS[number]["uuid"] for number in range(3)]
    assert merged(*(story(section=uuid) for uuid in uuids)).clashes[0].name == "section"


# Coming in


NAMELESS = {"type": "divider", "attrs": {"id": "X"}}


@pytest.mark.parametrize(
    "raw",
    [
        [],
        "x",
        {"field": {}},
        {"fields": []},
        {"fields": {"headline": ["a", "b"]}},
        {"fields": {"headline": {"from": "a"}}},
        {"fields": {"body": {"from": {}, "to": {}}}},
        {"blocks": {FIRST: {"from": None, "to": {"type": "divider", "attrs": {"id": FIRST}}}}},
        {"blocks": {FIRST: {"from": None, "to": 7}}, "order": {"from": [], "to": [FIRST]}},
        {"blocks": {FIRST: {"from": None, "to": {"type": "divider"}}}, "order": {"from": [], "to": [FIRST]}},
        {"blocks": {"X": {"from": None, "to": NAMELESS}}, "order": {"from": [], "to": ["X"]}},
        {"fields": {"section": {"from": None, "to": json.loads("[" * 500 + "]" * 500)}}},
        {"order": {"from": [FIRST], "to": []}},
        {"order": {"from": [FIRST, FIRST], "to": [FIRST]}},
        {"order": {"from": [[]], "to": []}},
        {"order": 1},
    ],
)
def test_a_save_that_is_none_is_refused_with_a_sentence(raw):
    with pytest.raises(InvalidChange, match=r"\.$"):
        ChangeSet.read(raw)


def test_a_block_that_may_not_stand_in_a_body_is_refused_by_name():
    block = {"type": "iframe", "attrs": {"id": FIRST}}
    raw = {"blocks": {FIRST: {"from": None, "to": block}}, "order": {"from": [], "to": [FIRST]}}
    with pytest.raises(InvalidDocument, match="iframe"):
        ChangeSet.read(raw)


def test_a_save_that_holds_nothing_changes_nothing():
    state = story((FIRST, "one"), headline="Rain")
    assert not ChangeSet.read({})
    assert merge(state, ChangeSet.read({})).state == state


def test_a_field_no_story_has_is_refused():
    with pytest.raises(InvalidChange, match="shoe"):
        merge(story(headline=""), ChangeSet(fields={"shoe": ("", "x")}))


# Always


def survivors(result):
    kept = Counter(all_words(result.state))
    for clash in result.clashes:
        kept += Counter(all_words(clash.mine) if clash.mine is not None else ())
    return kept


@given(STATES, ACTS, ACTS)
def test_no_word_either_side_added_is_missing_from_the_story_or_its_clashes(base, acts, other_acts):
    mine, theirs = worked_on(base, acts, "m"), worked_on(base, other_acts, "t")
    kept = survivors(merged(base, mine, theirs))
    for side in (mine, theirs):
        assert not Counter(all_words(side)) - Counter(all_words(base)) - kept


@given(STATES, ACTS, ACTS)
def test_every_single_word_an_editor_typed_can_be_found(base, acts, other_acts):
    mine = worked_on(base, acts, "m", own_words=True)
    theirs = worked_on(base, other_acts, "t", own_words=True)
    assert {*all_words(mine), *all_words(theirs)} - {*all_words(base)} <= survivors(merged(base, mine, theirs)).keys()


@given(STATES, ACTS, ACTS, st.integers(0, 12))
def test_what_is_too_large_to_merge_loses_no_word_either(base, acts, other_acts, most):
    mine = worked_on(base, acts, "m", own_words=True)
    theirs = worked_on(base, other_acts, "t", own_words=True)
    with pytest.MonkeyPatch.context() as bound:
        bound.setattr(blockwise, "MOST_WORDS", most)
        one, other = survivors(merged(base, mine, theirs)), survivors(merged(base, theirs, mine))
    assert {*all_words(mine), *all_words(theirs)} - {*all_words(base)} <= one.keys()
    assert one == other


@given(STATES, ACTS)
def test_merging_with_an_unchanged_side_gives_the_other_exactly(base, acts):
    mine = worked_on(base, acts, "m")
    for result in (merged(base, mine, base), merged(base, base, mine), merged(base, mine, mine)):
        assert result.state == mine
        assert not result.clashes


@given(STATES, ACTS, ACTS)
def test_who_comes_first_makes_no_difference_to_the_words_that_survive(base, acts, other_acts):
    mine, theirs = worked_on(base, acts, "m"), worked_on(base, other_acts, "t")
    assert survivors(merged(base, mine, theirs)) == survivors(merged(base, theirs, mine))


@given(STATES, ACTS, ACTS)
def test_a_save_sent_twice_takes_no_word_away_again(base, acts, other_acts):
    change = changes(base, worked_on(base, acts, "m"))
    once = merge(worked_on(base, other_acts, "t"), change)
    assert not Counter(all_words(once.state)) - Counter(all_words(merge(once.state, change).state))


@given(STATES, ACTS, ACTS)
def test_a_save_sent_twice_counts_once(base, acts, other_acts):
    """Where a paragraph was divided and changed by two, the save's own number is what makes it count once."""
    mine = worked_on(base, [act for act in acts if act[0] != "divide"], "m", own_words=True)
    change = changes(base, mine)
    once = merge(worked_on(base, [act for act in other_acts if act[0] != "divide"], "t", own_words=True), change)
    if not once.clashes:
        assert merge(once.state, change) == once


@given(STATES, ACTS)
def test_a_change_set_survives_the_way_through_json(base, acts):
    change = changes(base, worked_on(base, acts, "m"))
    assert ChangeSet.read(json.loads(json.dumps(change.as_dict()))) == change
