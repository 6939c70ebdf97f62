"""Roles and moves are tables; what is installed is what they say."""

from django.contrib.auth.models import Group
from django.core.management import call_command

from articles.models import MOVES, Status
from articles.roles import ROLES, full


def test_migrate_installs_exactly_the_roles_of_the_table(db):
    for name, (_label, permissions) in ROLES.items():
        held = {
            f"{permission.content_type.app_label}.{permission.codename}"
            for permission in Group.objects.get(name=name).permissions.select_related("content_type")
        }
        assert held == {full(permission) for permission in permissions}


def test_installing_again_takes_back_what_was_added_by_hand(db):
    reporter = Group.objects.get(name="reporter")
    publisher = Group.objects.get(name="publisher")
    reporter.permissions.set(publisher.permissions.all())
    call_command("migrate", verbosity=0)
    assert not reporter.permissions.filter(codename="publish_story").exists()


def test_every_move_asks_for_a_permission_some_role_has():
    held = {full(permission) for _label, permissions in ROLES.values() for permission in permissions}
    assert set(MOVES.values()) <= held
    assert {start for start, _to in MOVES} == set(Status)


def test_no_role_but_the_administrator_manages_people():
    for name, (_label, permissions) in ROLES.items():
        assert any(permission.startswith("auth.") for permission in permissions) is (name == "administrator")
