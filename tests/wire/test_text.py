"""Plain text becomes a draft: the rule on every layout reporters and wires send."""

import re
import textwrap
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.body import document
from articles.body.characters import fit
from articles.wire.text import NotText, decode, parse

DATA = Path(__file__).parents[1] / "data"
SEEDS = sorted((Path(__file__).parents[3] / "shared" / "seeds").glob("*.txt")) or [DATA / "quay.txt"]

LONG = (
    "The river rose past the iron mark a little after four in the morning, and for the nine hours that followed the "
    "lower town was kept dry by a gate, a crank and eleven people who took turns at it."
)
LONG_AR = (
    "تجاوز نهر الزرن العلامة الحديدية بُعيد الرابعة من فجر الأحد، وفي الساعات التسع التي تلت ذلك لم يحفظ البلدة "
    "التحتا من الغرق سوى بوّابة وذراع تدوير وأحد عشر شخصًا تناوبوا عليها طوال الليل."
)


def story(*lines, apart="\n\n", language="en"):
    return parse(apart.join(lines), language)


def kinds(draft):
    return [block["type"] for block in draft.blocks]


def words_of(draft):
    body = "\n".join(document.text_of(block) for block in draft.blocks)
    return "\n".join([draft.headline, *draft.subheads, body, *draft.captions])


# The rule


@pytest.mark.parametrize("path", [*SEEDS, DATA / "quay.txt"], ids=lambda path: path.stem)
def test_the_story_the_desk_was_given_is_recognised_piece_by_piece(path):
    text = decode(path.read_bytes())
    lines = [line for line in text.splitlines() if line.strip()]
    draft = parse(text, "en")
    assert draft.headline == lines[0]
    assert draft.subheads == lines[1:3]
    assert draft.paragraphs == 11
    assert kinds(draft) == ["paragraph"] * 7 + ["crosshead"] + ["paragraph"] * 4
    assert draft.crossheads == [lines[10]]
    assert draft.captions == lines[-2:]
    assert draft.captions[0] == draft.headline
    assert draft.warnings == []
    assert draft.language == "en"
    assert document.text_of(draft.document()) == "\n".join(lines[3:-2])


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_line_ends_and_encodings_make_no_difference(line_end, encoding):
    text = (DATA / "quay.txt").read_text("utf-8")
    draft = parse(decode(text.replace("\n", line_end).encode(encoding)), "en")
    plain = parse(text, "en")
    assert (draft.headline, draft.subheads, draft.captions) == (plain.headline, plain.subheads, plain.captions)
    assert [document.text_of(block) for block in draft.blocks] == [document.text_of(block) for block in plain.blocks]


def test_blank_lines_make_no_difference_where_every_line_is_one_piece():
    lines = [
        "Gate holds",
        "Nine hours by hand",
        LONG,
        "He slept.",
        "What the door says",
        LONG,
        "The gate at dusk",
        "Boats",
    ]
    drafts = [story(*lines, apart=apart) for apart in ("\n", "\n\n", "\n\n\n\n", "\n \t\n")]
    for draft in drafts:
        assert (draft.headline, draft.subheads) == ("Gate holds", ["Nine hours by hand"])
        assert kinds(draft) == ["paragraph", "paragraph", "crosshead", "paragraph"]
        assert draft.captions == ["The gate at dusk", "Boats"]


def test_a_story_may_have_no_sub_headlines_and_no_captions():
    draft = story("Gate holds", LONG, LONG)
    assert (draft.subheads, draft.paragraphs, draft.captions, draft.warnings) == ([], 2, [], [])


def test_a_story_may_have_several_crossheads():
    draft = story("Gate holds", LONG, "The night", LONG, "What now?", "He slept.", "“Not hours”", LONG)
    assert draft.crossheads == ["The night", "What now?", "“Not hours”"]
    assert draft.paragraphs == 4
    assert draft.captions == []


@pytest.mark.parametrize(
    "last", ["It was not a joke.", "“It was not a joke.”", "“It was not a joke”.", "It was not a joke…"]
)
def test_a_short_last_line_with_a_full_stop_is_a_paragraph(last):
    draft = story("Gate holds", LONG, last)
    assert (draft.paragraphs, draft.captions) == (2, [])


def test_a_short_line_with_a_full_stop_between_paragraphs_is_a_paragraph():
    assert kinds(story("Gate holds", LONG, "He slept.", LONG)) == ["paragraph"] * 3


def test_a_full_stop_inside_a_crosshead_does_not_make_it_a_paragraph():
    assert story("Gate holds", LONG, "School No. 4 and 11.000 people", LONG).crossheads == [
        "School No. 4 and 11.000 people"
    ]


def test_a_long_paragraph_whose_quotation_is_never_closed_stays_a_paragraph():
    draft = story("Gate holds", "“" + LONG.rstrip("."), LONG)
    assert (draft.subheads, draft.paragraphs) == ([], 2)


def test_an_arabic_story_is_recognised_with_its_own_punctuation():
    draft = parse(decode((DATA / "flood-ar.txt").read_bytes(), "ar"), "ar")
    assert len(draft.subheads) == 2
    assert draft.subheads[1].endswith("؟")
    assert draft.paragraphs == 4
    assert draft.crossheads == ["«كنّا نعدّ الدورات لا الساعات»", "ماذا بعد؟"]
    assert len(draft.captions) == 2


# Captions


def test_captions_with_full_stops_are_captions_where_they_stand_in_one_group():
    draft = parse(f"Gate holds\n\n{LONG}\n\n{LONG}\n\nThe gate at dusk.\nBoats in the harbour.\n", "en")
    assert draft.captions == ["The gate at dusk.", "Boats in the harbour."]
    assert draft.paragraphs == 2


def test_a_caption_with_a_full_stop_may_follow_captions_without():
    draft = story("Gate holds", LONG, "The gate at dusk", "Boats in the old harbour", "Schools opened.")
    assert draft.captions == ["The gate at dusk", "Boats in the old harbour", "Schools opened."]


def test_a_crosshead_over_a_short_last_paragraph_is_no_caption():
    draft = story("Gate holds", LONG, LONG, "What now?", "Nobody knows.")
    assert (draft.crossheads, draft.paragraphs, draft.captions) == (["What now?"], 3, [])


@pytest.mark.parametrize(
    "label", ["Caption: ", "Photo: ", "PHOTO 2: ", "Picture caption:", "الصورة: ", "صورة ١: ", "تعليق الصورة: "]
)
def test_a_line_that_says_it_is_a_caption_always_is_one(label):
    draft = story(
        "Gate holds", LONG, f"{label}The gate at dusk, said to be the last that works. By four it was gone.", LONG
    )
    assert draft.captions == ["The gate at dusk, said to be the last that works. By four it was gone."]
    assert draft.paragraphs == 2


def test_all_lines_under_a_heading_captions_are_captions():
    draft = story("Gate holds", LONG, "Captions:", "The gate at dusk. By four it was gone.", "Photo 2: Boats.")
    assert draft.captions == ["The gate at dusk. By four it was gone.", "Boats."]


@pytest.mark.parametrize("last", ["“How shall we sleep?”", "هل ننام؟", "Open the gate!"])
def test_a_question_that_ends_a_story_is_its_last_paragraph(last):
    for after in ([], ["The gate at dusk"]):
        draft = story("Gate holds", LONG, last, *after)
        assert kinds(draft) == ["paragraph", "paragraph"]
        assert draft.captions == after


def test_a_crosshead_set_right_over_its_short_paragraph_is_no_caption_where_others_are_set_so():
    draft = parse(f"Gate holds\n\n{LONG}\n\nThe night\nIt rained.\n\n{LONG}\n\nThe day\nIt rained on.", "en")
    assert draft.crossheads == ["The night", "The day"]
    assert draft.captions == []


def test_a_caption_may_be_named_in_a_line_over_it_inside_the_story():
    draft = story("Gate holds", LONG, "Caption:", "The gate at dusk. By four it was gone.", LONG)
    assert (draft.paragraphs, draft.captions) == (2, ["The gate at dusk. By four it was gone."])


# Sub-headlines


@pytest.mark.parametrize("apart", ["\n", "\n\n"])
def test_sub_headlines_in_one_group_may_have_full_stops(apart):
    draft = parse(f"Gate holds{apart}It was turned by hand.\nSchools open.\n\n{LONG}\n\n{LONG}", "en")
    assert draft.subheads == ["It was turned by hand.", "Schools open."]
    assert draft.paragraphs == 2


def test_a_short_first_paragraph_with_a_full_stop_is_a_paragraph():
    draft = story("Gate holds", "Nine hours by hand", "It rained.", LONG)
    assert (draft.subheads, draft.paragraphs) == (["Nine hours by hand"], 2)


# Lines broken to a width


@pytest.mark.parametrize("width", range(68, 100, 3))
def test_lines_broken_to_a_width_are_joined_again(width):
    text = (DATA / "quay.txt").read_text("utf-8")
    broken = "\n".join(textwrap.fill(line, width) if line else "" for line in text.split("\n"))
    whole, joined = parse(text, "en"), parse(broken, "en")
    assert (joined.headline, joined.subheads, joined.captions) == (whole.headline, whole.subheads, whole.captions)
    squeezed = [" ".join(document.text_of(block).split()) for block in whole.blocks]
    assert [document.text_of(block).replace("\u00a0", " ") for block in joined.blocks] == squeezed


def test_a_mail_in_short_lines_is_recognised():
    draft = parse(decode((DATA / "wrapped.txt").read_bytes()), "en")
    assert len(draft.subheads) == 2
    assert draft.paragraphs == 5
    assert draft.crossheads == ["What the door says"]
    assert len(draft.captions) == 2
    assert not any("\n" in document.text_of(block) for block in draft.blocks)


def test_arabic_lines_broken_to_a_width_are_joined_again():
    broken = "\n\n".join(textwrap.fill(LONG_AR, 70) for _paragraph in range(3))
    draft = parse(f"البوّابة تصمد\n\n{broken}\n\nالبوّابة مساء السبت", "ar")
    assert [document.text_of(block) for block in draft.blocks] == [LONG_AR] * 3
    assert draft.captions == ["البوّابة مساء السبت"]


def test_sub_headlines_and_captions_of_one_length_are_not_taken_for_broken_lines():
    heads = [
        "Engineers turned the old sluice by hand for nine hours",
        "The lower town slept in classrooms until the morning",
    ]
    draft = parse("\n".join(["Gate holds", *heads, "", LONG, "", LONG, "", *heads]), "en")
    assert draft.subheads == heads
    assert draft.captions == heads


# What wires add, and files that are hardly stories


@pytest.mark.parametrize("mark", ["ENDS", "-ENDS-", "###", "-30-", "- 30 -", "(END)", "*** ENDS ***", "انتهى"])
def test_end_marks_are_left_out_and_named(mark):
    draft = story("Gate holds", LONG, mark, "The gate at dusk")
    assert mark not in words_of(draft)
    assert draft.captions == ["The gate at dusk"]
    assert any(mark in warning for warning in draft.warnings)


def test_a_byline_stays_where_it_is_and_is_pointed_out():
    draft = story("Gate holds", "By Leila Haddow and Tomas Arran", LONG)
    assert draft.subheads == ["By Leila Haddow and Tomas Arran"]
    assert "byline" in draft.warnings[0]
    assert story("Gate holds", "By noon the level had fallen", LONG).warnings == []


def test_a_sign_off_in_brackets_is_no_caption():
    draft = story("Gate holds", LONG, "(Reporting by Leila Haddow; Editing by Tomas Arran)")
    assert (draft.paragraphs, draft.captions) == (2, [])


def test_a_line_of_stars_is_a_divider():
    assert kinds(story("Gate holds", LONG, "* * *", LONG, "***")) == ["paragraph", "divider", "paragraph"]


def test_one_short_line_is_a_headline():
    draft = parse("Gate holds\n", "en")
    assert (draft.headline, draft.subheads, draft.blocks, draft.captions) == ("Gate holds", [], [], [])
    assert draft.warnings == ["No paragraph was found."]


def test_one_long_line_stays_a_paragraph_and_its_first_sentence_is_proposed():
    draft = parse("The last tidal gate held on Sunday. " + LONG, "en")
    assert draft.headline == "The last tidal gate held on Sunday"
    assert draft.paragraphs == 1
    assert document.text_of(draft.blocks[0]).startswith("The last tidal gate held on Sunday. The river")
    assert "headline" in draft.warnings[0]


def test_one_endless_line_without_a_full_stop_gives_a_headline_of_bearable_length():
    draft = parse("word " * 20_000, "en")
    assert len(draft.headline) <= 120
    assert draft.headline.endswith("word…")
    assert document.words(draft.document()) == 20_000


def test_lines_without_any_full_stop_are_still_a_story():
    lines = [
        f"Line {number} of a story that was sent in a hurry and without a single stop anywhere" for number in range(8)
    ]
    draft = story("Gate holds", *lines)
    assert draft.paragraphs > 0
    assert sorted(words_of(draft).split()) == sorted(" ".join(["Gate holds", *lines]).split())


@pytest.mark.parametrize("text", ["", " \n\t\r\n ", "\ufeff", "***\n---"])
def test_a_text_without_a_word_is_refused_in_a_sentence(text):
    with pytest.raises(NotText, match=r"\.$"):
        parse(text, "en")


def test_twenty_thousand_words_are_read_at_once():
    paragraphs = [f"{LONG} {LONG} {LONG}" for _number in range(180)]
    broken = [textwrap.fill(paragraph, 72) for paragraph in paragraphs]
    for text in (
        "\n\n".join(paragraphs),
        "\n".join(paragraphs),
        "\n\n".join(broken),
        textwrap.fill(" ".join(paragraphs), 72),
    ):
        before = time.perf_counter()
        draft = parse(f"Gate holds\n\n{text}", "en")
        assert time.perf_counter() - before < 5
        assert len(words_of(draft).split()) > 20_000


# Any text at all

PIECE = st.text(st.sampled_from("abcdeABC ابتثج .,؟“”«»-:*#\t\u00a0'"), max_size=160)


@given(st.lists(PIECE, min_size=1, max_size=14), st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_no_word_is_lost_and_none_is_added(lines, apart):
    text = apart.join(lines)
    try:
        draft = parse(text, "en")
    except NotText:
        assert not any(map(str.isalnum, text))
        return

    def letters(words):
        return re.sub(r"[\W_]", "", words)

    # A headline that was proposed stands in the first paragraph too.
    found = letters(words_of(draft))
    proposed = any("proposed" in warning for warning in draft.warnings)
    assert sorted(found.removeprefix(letters(draft.headline)) if proposed else found) == sorted(letters(text))
    assert document.clean(draft.document()) == draft.document()


@given(st.text(max_size=2000))
def test_parsing_never_fails_but_in_a_sentence(text):
    if any(map(str.isalnum, fit(text))):
        draft = parse(text, "en")
        assert draft.headline
        assert "\n" not in draft.headline
    else:
        with pytest.raises(NotText, match=r"\.$"):
            parse(text, "en")
