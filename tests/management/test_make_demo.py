"""The command that loads the sample newsroom."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from articles.checks import sample_accounts
from articles.management.sample.accounts import ACCOUNTS, PASSWORD
from articles.management.sample.loading import moment_in
from articles.models import Author, Edition, Photo, Publication, Section, Status, Story, Withdrawal
from tests.make import Make

pytestmark = pytest.mark.django_db
EVERYTHING = (Story, Edition, Photo, Section, Author, User, Withdrawal)


def run(*arguments):
    said = StringIO()
    call_command("make_demo", *arguments, stdout=said)
    return said.getvalue()


def counts():
    return [model.objects.count() for model in EVERYTHING]


def test_the_sample_newsroom_is_loaded_whole_and_only_once():
    assert "30 stories, 22 pictures" in run("--as-of", "2026-01-05T12:00+00:00")

    assert Publication.objects.current().name("ar") == "الدفتر"
    assert Section.objects.count() == 8
    assert Section.objects.filter(slug="world").exists()
    assert Author.objects.count() == 7

    live = Edition.objects.filter(is_live=True)
    assert {edition.language for edition in live} == {"en", "ar"}
    assert live.count() == Story.objects.filter(live_edition__isnull=False).count() == 25
    newest = live.filter(language="en").order_by("-first_published_at").first()
    assert newest.path == "/en/2026/01/05/night-ferry-returns/"
    assert newest.first_published_at == datetime(2026, 1, 5, 9, 48, tzinfo=UTC)
    assert newest.lead_photo.original_name == "ferry_dawn.jpg"
    assert newest.lead_alt
    assert list(live.order_by("pk")) == list(live.order_by("first_published_at", "pk"))

    ahead = Story.objects.get(headline__startswith="Why a loaf")
    assert (ahead.status, ahead.live_edition.number) == (Status.DRAFT, 1)
    assert ahead.live_edition.summary != ahead.summary
    assert Story.objects.filter(status=Status.REVIEW).count() == 2
    assert Story.objects.filter(status=Status.DRAFT, live_edition=None).count() == 2
    assert "wrong day" in Withdrawal.objects.get().public_reason

    assert {user.username for user in User.objects.all()} == {account.username for account in ACCOUNTS}
    assert sample_accounts() == sorted(account.username for account in ACCOUNTS)
    for account in ACCOUNTS:
        user = User.objects.get(username=account.username)
        assert [group.name for group in user.groups.all()] == [account.role]
        assert user.check_password(PASSWORD)
        assert user.is_staff
    assert Author.objects.get(user__username="rana").name_in("ar") == "رنا صبّاغ"

    before = counts()
    assert "nothing to do" in run()
    assert "nothing to do" in run("--if-empty")
    assert counts() == before


def test_the_sample_is_not_put_among_stories_of_the_newsrooms_own():
    Make().story()
    before = counts()
    with pytest.raises(CommandError, match="holds stories of its own"):
        run()
    assert counts() == before


def test_where_there_are_stories_if_empty_says_one_line_and_does_nothing():
    Make().story()
    before = counts()
    said = run("--if-empty")
    assert said.count("\n") == 1
    assert "left out" in said
    assert counts() == before


def test_production_gets_no_sample(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="for development"):
        run()
    assert not User.objects.exists()


@pytest.mark.parametrize("moment", ["yesterday", "2999-01-01", "0001-01-01T00:00+14:00"])
def test_a_moment_that_cannot_be_meant_is_refused_in_a_sentence(moment):
    with pytest.raises(CommandError, match=f"“{moment[:4]}"):
        run("--as-of", moment)
    assert not Section.objects.exists()


def test_a_moment_without_a_zone_is_in_the_outlets_own():
    assert moment_in("2026-01-05T12:00").astimezone(UTC) == datetime(2026, 1, 5, 9, tzinfo=UTC)
