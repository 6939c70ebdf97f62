"""The Arabic catalogue: every message is found, kept, checked and compiled, with Babel alone."""

import gettext

import pytest
from django.core.management import call_command

from articles.management import catalogues

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext
label = _("“%(name)s” is live.") % {"name": "x"}
number = ngettext("%(count)d picture", "%(count)d pictures", 3)
order = pgettext("of a list", "Order")
nothing = _(label)
"""
TEMPLATE = """
{% load i18n %}
<div>
    <p title='{% translate "Write a story" %}'>it's {{ name|default:_("nobody") }}
  {# an odd indentation, an apostrophe and “quotes” must not trouble anybody #}
    {% blocktranslate trimmed count number=stories|length %}
        {{ number }} story
    {% plural %}
        {{ number }} stories
    {% endblocktranslate %}
        {% translate "May" context "month" %}</p>
</div>
"""
IN_ARABIC = {
    "“%(name)s” is live.": "«%(name)s» منشورة.",
    "Order": "الترتيب",
    "Write a story": "اكتب قصة",
    "nobody": "لا أحد",
    "May": "أيار",
    "%(count)d picture": ("لا صور", "صورة", "صورتان", "%(count)d صور", "%(count)d صورة", "%(count)d صورة"),
    "%(number)s story": ("لا قصص", "قصة", "قصتان", "%(number)s قصص", "%(number)s قصة", "%(number)s قصة"),
}


@pytest.fixture
def house(settings, tmp_path):
    """A small project of one Python file and one template, with a catalogue that is complete."""
    settings.BASE_DIR = tmp_path
    settings.LOCALE_PATHS = [tmp_path / "articles" / "locale"]
    for name, text in {"articles/words.py": PYTHON, "templates/pages/page.html": TEMPLATE}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    call_command("catalogues")
    translate(IN_ARABIC)
    return tmp_path


def translate(words: dict) -> None:
    """Write translations into the catalogue, as an editor of it would."""
    catalogue = catalogues.read_catalogue()
    for message in catalogue:
        if message.id and catalogues.key_of(message) in words:
            message.string = words[catalogues.key_of(message)]
    catalogues.catalogue_path().write_text(catalogues.as_text(catalogue), encoding="utf-8")


def complaint() -> str:
    """What `catalogues --check` ends with."""
    with pytest.raises(SystemExit) as refusal:
        call_command("catalogues", check=True)
    return str(refusal.value.code)


def test_messages_are_found_in_python_and_in_templates():
    messages = {(catalogues.key_of(message), message.context) for message in catalogues.extract() if message.id}
    assert ("Newsroom", None) in messages


def test_a_complete_catalogue_passes(house, capsys):
    call_command("catalogues", check=True)
    assert "7 messages, all of them in Arabic." in capsys.readouterr().out


def test_a_message_that_is_missing_is_named(house):
    (house / "articles" / "more.py").write_text('said = _("Take it off every page")', encoding="utf-8")
    assert "missing: “Take it off every page”" in complaint()


def test_a_message_without_a_translation_is_named(house):
    translate({"Write a story": ""})
    assert "untranslated: “Write a story”" in complaint()


def test_a_plural_that_lacks_one_of_its_six_forms_is_named(house):
    translate({"%(count)d picture": (*IN_ARABIC["%(count)d picture"][:5], "")})
    assert "untranslated: “%(count)d picture”" in complaint()


def test_an_unsure_translation_is_named(house):
    path = catalogues.catalogue_path()
    path.write_text(path.read_text("utf-8").replace('msgid "nobody"', '#, fuzzy\nmsgid "nobody"'), encoding="utf-8")
    assert "unsure (fuzzy): “nobody”" in complaint()


@pytest.mark.parametrize(
    ("message", "translation"),
    [
        ("“%(name)s” is live.", "«%(nmae)s» منشورة."),
        ("“%(name)s” is live.", "منشورة."),
        ("%(count)d picture", ("لا صور", "صورة", "صورتان", "صور", "%(count)d صورة", "%(count)d صورة")),
        ("%(count)d picture", ("لا صور", "%(number)d صورة", "صورتان", *IN_ARABIC["%(count)d picture"][3:])),
    ],
)
def test_a_translation_that_loses_a_placeholder_is_named(house, message, translation):
    translate({message: translation})
    assert f"other placeholders: “{message}”" in complaint()


def test_a_per_cent_sign_is_no_placeholder():
    assert catalogues.placeholders("100%% of 5 % in %(place)s, {0} and %d") == {"%(place)s", "{0}", "%d"}


def test_a_message_that_is_no_longer_used_is_named_and_then_dropped(house):
    (house / "articles" / "words.py").write_text("", encoding="utf-8")
    assert "no longer used: “Order”" in complaint()
    call_command("catalogues")
    assert "Order" not in catalogues.catalogue_path().read_text(encoding="utf-8")
    call_command("catalogues", check=True)


def test_a_new_message_leaves_the_translations_as_they_were(house):
    before = catalogues.catalogue_path().read_text(encoding="utf-8")
    (house / "articles" / "more.py").write_text('said = _("Zebra")', encoding="utf-8")
    call_command("catalogues")
    after = catalogues.catalogue_path().read_text(encoding="utf-8")
    assert after == before.replace('msgid "nobody"', 'msgid "Zebra"\nmsgstr ""\n\nmsgid "nobody"')


def test_bringing_it_up_to_date_twice_changes_nothing(house):
    before = catalogues.catalogue_path().read_bytes()
    call_command("catalogues")
    assert catalogues.catalogue_path().read_bytes() == before


def test_the_compiled_catalogue_speaks_arabic_with_its_six_plurals(house):
    call_command("catalogues", compile=True)
    with catalogues.catalogue_path().with_suffix(".mo").open("rb") as file:
        arabic = gettext.GNUTranslations(file)
    assert arabic.gettext("Write a story") == "اكتب قصة"
    assert arabic.pgettext("month", "May") == "أيار"
    forms = [arabic.ngettext("%(count)d picture", "%(count)d pictures", number) for number in (0, 1, 2, 3, 11, 100)]
    assert tuple(forms) == IN_ARABIC["%(count)d picture"]


def test_a_catalogue_is_compiled_again_only_when_it_is_newer(house):
    assert catalogues.compile_catalogues()
    assert not catalogues.compile_catalogues()
