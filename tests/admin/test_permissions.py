"""Who may open what: every address of the admin beside everybody who might try it, in one table."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import get_resolver, reverse

from articles.admin import renditions
from articles.desk import corrections, redirects
from articles.models import AuditLine, DeadEnd
from articles.roles import ROLES

STAFF = tuple(ROLES)
WRITERS = ("reporter", "editor", "front_editor", "publisher", "administrator")
TAGGERS = ("editor", "front_editor", "publisher", "administrator")
AUDITORS = ("publisher", "administrator")
PICTURES = ("photo", *TAGGERS)
HOUSE = ("administrator",)
NOBODY = ()

# Address (named as Django does), which noun it is of, who is let in. Everybody else of the staff is refused (403), and
# whoever is not signed in, or not of the staff, is asked to sign in (302).
TABLE = [
    ("index", None, STAFF),
    ("password_change", None, STAFF),
    ("password_change_done", None, STAFF),
    ("jsi18n", None, STAFF),
    ("rendition", "rendition", STAFF),
    ("articles_story_changelist", None, STAFF),
    ("articles_story_add", None, WRITERS),
    ("articles_story_paste", None, WRITERS),
    ("articles_story_change", "story", STAFF),
    ("articles_story_preview", "story", STAFF),
    ("articles_story_preview_page", "story", STAFF),
    ("articles_story_preview_text", "story", STAFF),
    ("articles_story_preview_width", "width", STAFF),
    ("articles_story_card", "story", STAFF),
    ("articles_story_history", "story", STAFF),
    ("articles_story_share", "story", TAGGERS),
    ("articles_story_bin", "story", TAGGERS),
    ("articles_story_delete", "story", NOBODY),
    ("articles_photo_changelist", None, STAFF),
    ("articles_photo_into_story", None, STAFF),
    ("articles_photo_captions", None, STAFF),
    ("articles_photo_captions_csv", None, STAFF),
    ("articles_photo_captions_stories", None, STAFF),
    ("articles_photo_change", "photo", STAFF),
    ("articles_photo_look", "photo", STAFF),
    ("articles_photo_history", "photo", STAFF),
    ("articles_photo_crop", "photo", PICTURES),
    ("articles_photo_replace", "photo", PICTURES),
    ("articles_photo_withdraw", "photo", PICTURES),
    ("articles_photo_bring_back", "photo", PICTURES),
    ("articles_photo_delete", "photo", PICTURES),
    ("articles_photo_proof", "photo", STAFF),
    ("articles_photo_download", "photo", STAFF),
    ("articles_story_crop", "attachment", TAGGERS),
    ("articles_section_changelist", None, STAFF),
    ("articles_section_add", None, HOUSE),
    ("articles_section_change", "section", STAFF),
    ("articles_section_history", "section", STAFF),
    ("articles_section_delete", "section", HOUSE),
    ("articles_author_changelist", None, STAFF),
    ("articles_author_add", None, HOUSE),
    ("articles_author_change", "author", STAFF),
    ("articles_author_history", "author", STAFF),
    ("articles_author_delete", "author", HOUSE),
    ("articles_tag_changelist", None, STAFF),
    ("articles_tag_add", None, TAGGERS),
    ("articles_tag_change", "tag", STAFF),
    ("articles_tag_history", "tag", STAFF),
    ("articles_tag_delete", "tag", HOUSE),
    ("articles_edition_changelist", None, STAFF),
    ("articles_edition_add", None, NOBODY),
    ("articles_edition_change", "edition", STAFF),
    ("articles_edition_history", "edition", STAFF),
    ("articles_edition_delete", "edition", NOBODY),
    ("articles_story_address", "story", AUDITORS),
    ("articles_correction_changelist", None, STAFF),
    ("articles_correction_add", None, NOBODY),
    ("articles_correction_change", "correction", STAFF),
    ("articles_correction_history", "correction", STAFF),
    ("articles_correction_delete", "correction", AUDITORS),
    ("articles_redirect_changelist", None, AUDITORS),
    ("articles_redirect_add", None, AUDITORS),
    ("articles_redirect_change", "redirect", AUDITORS),
    ("articles_redirect_history", "redirect", AUDITORS),
    ("articles_redirect_delete", "redirect", AUDITORS),
    ("articles_deadend_changelist", None, AUDITORS),
    ("articles_deadend_add", None, NOBODY),
    ("articles_deadend_change", "dead end", AUDITORS),
    ("articles_deadend_history", "dead end", AUDITORS),
    ("articles_deadend_delete", "dead end", NOBODY),
    ("articles_auditline_changelist", None, AUDITORS),
    ("articles_auditline_add", None, NOBODY),
    ("articles_auditline_change", "line", AUDITORS),
    ("articles_auditline_history", "line", AUDITORS),
    ("articles_auditline_delete", "line", NOBODY),
    ("articles_publication_add", None, NOBODY),
    ("articles_publication_change", "publication", HOUSE),
    ("articles_publication_history", "publication", HOUSE),
    ("articles_publication_delete", "publication", NOBODY),
    ("auth_user_changelist", None, HOUSE),
    ("auth_user_add", None, HOUSE),
    ("auth_user_change", "person", HOUSE),
    ("auth_user_history", "person", HOUSE),
    ("auth_user_delete", "person", HOUSE),
    ("auth_user_password_change", "person", HOUSE),
    ("auth_group_changelist", None, HOUSE),
    ("auth_group_add", None, NOBODY),
    ("auth_group_change", "group", HOUSE),
    ("auth_group_history", "group", HOUSE),
    ("auth_group_delete", "group", NOBODY),
]

# Addresses that answer otherwise than with a page, or that no role decides; each has its own test, here or beside.
ELSEWHERE = {
    "login",
    "logout",
    "language",
    "view_on_site",
    "app_list",
    "autocomplete",
    "articles_photo_add",
    "articles_photo_captions_cell",
    "articles_photo_captions_preview",
    "articles_photo_upload",
    "articles_photo_wall",
    "articles_publication_changelist",
    "articles_story_pictures",
    "articles_story_authors",
    "articles_story_tags",
    "articles_story_stories",
    "articles_story_photos",
    "articles_story_links",
    "articles_story_begin",
    "articles_story_save",
    "articles_story_state",
    "articles_story_clash",
    "articles_story_keep",
    "articles_story_move",
    "articles_story_put_siblings",
    "articles_upload",
    "articles_upload_state",
    "articles_upload_piece",
    "articles_upload_finish",
    "articles_upload_let_go",
}


@pytest.fixture
def things(make):
    photo = make.photo()
    story = make.live_story(pictures=[photo], by=make.editor())
    return {
        "story": [story.pk],
        "width": [story.pk, "phone"],
        "photo": [photo.pk],
        "attachment": [story.attachments.get().uuid],
        "rendition": renditions.address(photo).split("/")[-2:],
        "section": [story.section.pk],
        "author": [story.authors.first().pk],
        "tag": [story.tags.first().pk],
        "edition": [story.live_edition.pk],
        "line": [AuditLine.objects.first().pk],
        "publication": [1],
        "correction": [corrections.add(story, "It opens at seven.", by=None).pk],
        "redirect": [redirects.add("/old", story.path, by=None).pk],
        "dead end": [DeadEnd.objects.create(address="/older").pk],
        "person": [make.reporter().pk],
        "group": [Group.objects.get(name="editor").pk],
    }


@pytest.mark.parametrize(("name", "noun", "let_in"), TABLE, ids=[row[0] for row in TABLE])
def test_only_those_of_the_table_are_let_in(client, make, things, name, noun, let_in):
    address = reverse(f"admin:{name}", args=things[noun] if noun else [])
    expected = {role: 200 if role in let_in else 403 for role in STAFF} | {"anonymous": 302, "outsider": 302}
    people = {role: make.person(role) for role in STAFF}
    people |= {"anonymous": None, "outsider": make.person("publisher", is_staff=False)}
    answered = {}
    for who, user in people.items():
        client.logout()
        if user:
            client.force_login(user)
        answer = client.get(address)
        answered[who] = answer.status_code
        answer.getvalue()  # read to its end, so that a file is closed
    assert answered == expected


def test_no_address_of_the_admin_is_forgotten_by_the_table():
    names = {name for name in get_resolver().namespace_dict["admin"][1].reverse_dict if isinstance(name, str)}
    of_the_worker = {name for name in names if name.startswith("django_tasks")}
    assert names - of_the_worker == {row[0] for row in TABLE} | ELSEWHERE


# What answers a POST of anybody: signing in and out, and the language of one's own screens.
OPEN_TO_ALL = {"login", "logout", "language"}


def doors(things):
    """Every address of the admin by its name, with things that are there in the places of its address."""
    known = {"number": things["story"][0], "uuid": uuid4(), "app_label": "articles", "content_type_id": 1}
    known |= {"object_id": 1, "url": "x"}
    nouns = {name: noun for name, noun, _let_in in TABLE}
    addresses = get_resolver().namespace_dict["admin"][1].reverse_dict
    for name in sorted(name for name in addresses if isinstance(name, str)):
        if name in OPEN_TO_ALL or name.startswith("django_tasks"):
            continue
        places = addresses.getlist(name)[0][0][0][1]
        args = things[nouns[name]] if nouns.get(name) else [known[place] for place in places]
        yield name, reverse(f"admin:{name}", args=args)


@pytest.mark.parametrize("who", ["nobody", "not of the staff", "without the form's token"])
def test_no_door_takes_a_post_from_outside(make, things, who):
    client = Client(enforce_csrf_checks=who == "without the form's token")
    if who != "nobody":
        client.force_login(make.administrator(is_staff=who != "not of the staff"))
    before = AuditLine.objects.count()
    for name, address in doors(things):
        answer = client.post(address, {"post": "yes"})
        asked_to_sign_in = answer.status_code == 302 and "/login/" in answer.url
        assert answer.status_code in (401, 403, 405) or asked_to_sign_in, name
        assert who != "without the form's token" or answer.status_code in (403, 405), name
    assert AuditLine.objects.count() == before


def test_what_the_worker_did_is_for_superusers_alone(client, make):
    client.force_login(make.administrator())
    assert client.get(reverse("admin:django_tasks_database_dbtaskresult_changelist")).status_code == 403


# -- Whoever manages people gives no more power than they have


def test_an_administrator_makes_somebody_an_editor(client, make):
    person = make.reporter()
    client.force_login(make.administrator())
    client.post(reverse("admin:auth_user_change", args=[person.pk]), changed(person, groups=roles("editor")))
    assert [group.name for group in person.groups.all()] == ["editor"]


def test_an_administrator_cannot_make_a_superuser(client, make):
    person = make.reporter()
    client.force_login(make.administrator())
    client.post(reverse("admin:auth_user_change", args=[person.pk]), changed(person, is_superuser="on"))
    person.refresh_from_db()
    assert not person.is_superuser


def test_an_administrator_cannot_give_single_permissions(client, make):
    person = make.reporter()
    client.force_login(make.administrator())
    wanted = Group.objects.get(name="administrator").permissions.first().pk
    client.post(reverse("admin:auth_user_change", args=[person.pk]), changed(person, user_permissions=[wanted]))
    assert not person.user_permissions.exists()


def test_an_administrator_cannot_give_a_group_that_is_no_role(client, make):
    person, powerful = make.reporter(), Group.objects.create(name="everything")
    client.force_login(make.administrator())
    client.post(reverse("admin:auth_user_change", args=[person.pk]), changed(person, groups=[powerful.pk]))
    assert powerful not in person.groups.all()


def test_a_superuser_makes_another(client, make):
    person = make.reporter()
    client.force_login(superuser())
    client.post(reverse("admin:auth_user_change", args=[person.pk]), changed(person, is_superuser="on"))
    person.refresh_from_db()
    assert person.is_superuser


@pytest.mark.parametrize("name", ["auth_user_change", "auth_user_delete", "auth_user_password_change"])
def test_an_administrator_cannot_touch_a_superuser(client, make, name):
    above = superuser()
    client.force_login(make.administrator())
    answer = client.post(reverse(f"admin:{name}", args=[above.pk]), {"post": "yes", "password1": "x", "username": "y"})
    assert answer.status_code == 403
    assert User.objects.get(pk=above.pk).password == above.password


def test_deleting_many_people_spares_superusers(client, make):
    above, person = superuser(), make.reporter()
    client.force_login(make.administrator())
    chosen = {"action": "delete_selected", "_selected_action": [above.pk, person.pk], "post": "yes"}
    client.post(reverse("admin:auth_user_changelist"), chosen)
    assert User.objects.filter(pk=above.pk).exists()


def superuser():
    return User.objects.create_superuser("root", password="newsroom")


def roles(*names):
    return [group.pk for group in Group.objects.filter(name__in=names)]


def changed(person, **fields):
    """What the form of `person` posts, with `fields` changed."""
    groups = [group.pk for group in person.groups.all()]
    return {"username": person.username, "is_active": "on", "is_staff": "on", "groups": groups} | fields
