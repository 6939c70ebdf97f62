"""Photos found by words: all of them, in any field, and nothing that a hidden source keeps from who asks."""

import pytest

from articles.desk import captions, photos, pixels
from articles.models import Photo
from articles.search.photos import matching


@pytest.fixture
def asker(make):
    return make.editor()


def found(question, user):
    return {str(photo) for photo in matching(Photo.objects.all(), question, user)}


@pytest.fixture
def bridge(make):
    photo = make.photo(
        headline="Footbridge at dusk", caption="Lamps on the Saf.", alt="An arch", creator="Lina Aboud", city="Marsana",
        keywords=["crossing", "evening"], instructions="Not before six", copyright="The Daybook",
    )  # fmt: skip
    captions.caption(photo, "ar", by=None, text="عابرون على الجِسر الجديد", alt="قوس من حجر")
    make.photo(headline="Bread", caption="An oven.", alt="Loaves")
    return photo


@pytest.mark.parametrize(
    "question",
    [
        "footbridge", "FOOT", "dusk footbridge", "lamps saf", "arch", "aboud", "marsana", "crossing", "six", "daybook",
        "الجسر", "جسر", "عابرون جديد", "قوس", "dusk الجسر aboud", "“Footbridge”, dusk!", "jpg footbridge",
    ],
)  # fmt: skip
def test_every_word_is_looked_for_in_every_field(bridge, asker, question):
    assert found(question, asker) == {"Footbridge at dusk"}


@pytest.mark.parametrize(
    ("headline", "questions"),
    [
        ("Three ferries", ("ferry", "ferries", "ferr", "Ferrie", "three ferry")),
        ("A gate is shut", ("gates", "gate", "gat", "GATES shut")),
        ("The children sing", ("child", "children", "childr")),
        ("مدينة في الليل", ("المدينة", "مدينة", "والمدينة", "المدي", "ليل", "الليل مدينة")),
        ("المدينة نائمة", ("مدينة", "مدينه", "المدينة", "مدي")),
        ("محطات الحافلات", ("محطة", "المحطة", "حافلة")),
        ("مدينتان", ("مدينتان",)),
    ],
)
def test_a_picture_is_found_by_the_singular_the_plural_and_with_the_article_or_without(
    make, asker, headline, questions
):
    make.photo(headline=headline, caption="", alt="")
    make.photo(headline="Bread", caption="An oven.", alt="Loaves")
    for question in questions:
        assert found(question, asker) == {headline}, question


def test_numbers_and_parts_of_file_names_are_found_as_they_are(make, asker):
    photo = make.photo(headline="Numbered", caption="", alt="")
    pixels.replace(photo, make.picture_file(700, 500), name="DSC_4471-gates.jpg", by=None)
    make.photo(headline="Bread", caption="An oven.", alt="Loaves")
    for question in ("DSC_4471", "4471", "447", "dsc 4471", "gate", "dsc_4471-gates.jpg"):
        assert found(question, asker) == {"Numbered"}, question
    assert found("471", asker) == set()


@pytest.mark.parametrize("question", ["footbridge bread", "bridge", "oot", "كتاب", "footbridgeatdusk"])
def test_a_word_that_is_nowhere_finds_nothing(bridge, asker, question):
    assert found(question, asker) == set()


@pytest.mark.parametrize(
    "question",
    [
        "%",
        "_",
        "%%%",
        "'",
        '"',
        "\\",
        "' OR 1=1 --",
        "zq\0zq",
        "\ud800".encode("utf-8", "replace").decode(),
        "*" * 900,
        "()&|!:*",
    ],
)
def test_signs_are_a_question_and_no_more(bridge, asker, question):
    assert "Bread" not in found(question, asker)


def test_a_page_that_is_pasted_is_read_as_far_as_a_question_goes(bridge, asker):
    assert found("footbridge " * 5000, asker) == {"Footbridge at dusk"}


def test_an_older_caption_finds_nothing_any_more(bridge, asker):
    captions.caption(bridge, "en", by=None, text="Ferries below.", alt="An arch")
    assert found("ferries", asker) == {"Footbridge at dusk"}
    assert found("lamps", asker) == set()


def test_a_replaced_file_goes_by_its_new_name(make, bridge, asker):
    pixels.replace(bridge, make.picture_file(700, 500), name="harbour.jpg", by=None)
    assert found("harbour", asker) == {"Footbridge at dusk"}
    assert found("dsc_0002 footbridge", asker) == set()


def test_what_a_hidden_source_keeps_is_found_by_its_keepers_alone(make, bridge, asker):
    keeper = make.photo_editor()
    photos.describe(bridge, by=keeper, hide_source=True)
    for telling in ("aboud", "marsana", "crossing", "six", "jpg footbridge", "footbridge aboud"):
        assert found(telling, asker) == set(), telling
        assert found(telling, keeper) == {"Footbridge at dusk"}, telling
    assert found("crossings", asker) == set()
    assert found("crossings", keeper) == {"Footbridge at dusk"}
    assert found("footbridge lamp الجسر", asker) == {"Footbridge at dusk"}
    photos.describe(bridge, by=keeper, hide_source=False)
    assert found("aboud", asker) == {"Footbridge at dusk"}
