"""How much style a screen of the admin carries: its sheets, compressed, within the budget of the design."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

BUDGET = 14 * 1024  # bytes of our own sheets on one screen, each compressed by itself
# The writing room holds more kinds of things than any other screen (docs/decisions.md, Admin).
ROOM_BUDGET = 15.5 * 1024
ROOMS = ("a new story", "the writing room")

SCREENS = {
    "start": ("index", None),
    "stories": ("articles_story_changelist", None),
    "a new story": ("articles_story_add", None),
    "the writing room": ("articles_story_change", "story"),
    "pasting": ("articles_story_paste", None),
    "history": ("articles_story_history", "story"),
    "sharing": ("articles_story_share", "story"),
    "the bin": ("articles_story_bin", "story"),
    "a phone's preview": ("articles_story_preview_width", "width"),
    "the card": ("articles_story_card", "story"),
    "pictures": ("articles_photo_changelist", None),
    "a picture": ("articles_photo_change", "photo"),
    "its crops": ("articles_photo_crop", "photo"),
    "its proof": ("articles_photo_proof", "photo"),
    "captions": ("articles_photo_captions", None),
    "a stock list": ("articles_section_changelist", None),
    "a stock form": ("articles_section_change", "section"),
}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_carries_no_more_style_than_its_budget(make, client, settings, screen, language):
    name, noun = SCREENS[screen]
    photo = make.photo()
    story = make.story(pictures=[photo])
    of = {"story": [story.pk], "width": [story.pk, "phone"], "photo": [photo.pk], "section": [story.section.pk]}
    client.force_login(make.administrator())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get(reverse(f"admin:{name}", args=of[noun] if noun else []), follow=True).content.decode()
    sheets = set(re.findall(rf'<link [^>]*href="{settings.STATIC_URL}(articles/css/[^"]+)"', page))
    assert any(sheet.endswith("parts.css") for sheet in sheets), screen
    weights = {sheet: len(gzip.compress(Path(finders.find(sheet)).read_bytes(), 9)) for sheet in sheets}
    assert sum(weights.values()) <= (ROOM_BUDGET if screen in ROOMS else BUDGET), weights


def test_every_part_of_the_crop_screen_has_a_look(make, client, settings):
    """A sheet that is divided leaves no part of it naked: the shade would hide the picture, and the frame be unseen."""
    client.force_login(make.administrator())
    page = client.get(reverse("admin:articles_photo_crop", args=[make.photo().pk])).content.decode()
    sheets = set(re.findall(rf'<link [^>]*href="{settings.STATIC_URL}(articles/css/[^"]+)"', page))
    known = {name for sheet in sheets for name in re.findall(r"\.([a-z][\w-]*)", Path(finders.find(sheet)).read_text())}
    desk = page[page.index("<crop-desk") : page.index("</crop-desk>")]
    used = {name for names in re.findall(r'\sclass="([^"]*)"', desk) for name in names.split()}
    assert used - known <= {"small-frame"}  # by which the script finds the warning
