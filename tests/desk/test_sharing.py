"""Share links: made for a few days, withdrawn at once, and no token of theirs is stored anywhere."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.desk import bin as the_bin
from articles.desk import sharing
from articles.desk.errors import NotAllowed, Refused
from articles.models import AuditLine, ShareLink


def standing(token):
    return ShareLink.objects.standing().with_token(token).exists()


def test_a_link_opens_by_its_token_alone_and_only_a_digest_is_kept(make):
    link, token = sharing.make(make.story(), by=make.editor())
    assert len(token) >= 43
    assert standing(token)
    assert not standing(token[:-1])
    assert not standing(link.digest)
    assert token not in str(list(ShareLink.objects.values())) + str(list(AuditLine.objects.values()))


def test_a_link_is_good_for_three_days_unless_one_says_otherwise(make):
    link, _token = sharing.make(make.story(), by=None)
    assert abs(link.expires_at - timezone.now() - timedelta(days=3)) < timedelta(minutes=1)
    for days in (0, 31):
        with pytest.raises(Refused, match="1 to 30 days"):
            sharing.make(link.story, by=None, days=days)


def test_a_link_that_is_expired_or_withdrawn_or_whose_story_is_in_the_bin_does_not_open(make):
    story = make.story()
    (old, old_token), (gone, gone_token), (_link, token) = (sharing.make(story, by=None) for _number in range(3))
    ShareLink.objects.filter(pk=old.pk).update(expires_at=timezone.now())
    sharing.withdraw(gone, by=None)
    assert [standing(one) for one in (old_token, gone_token, token)] == [False, False, True]
    the_bin.put_in(story, by=None)
    assert not standing(token)
    for row in ShareLink.objects.all():
        assert row.is_standing == ShareLink.objects.standing().filter(pk=row.pk).exists()


def test_only_who_may_change_a_story_shares_it(make):
    story, reporter = make.story(by=make.editor()), make.reporter()
    with pytest.raises(NotAllowed):
        sharing.make(story, by=reporter)
    link, _token = sharing.make(story, by=make.editor())
    with pytest.raises(NotAllowed):
        sharing.withdraw(link, by=reporter)


def test_making_opening_and_withdrawing_are_in_the_audit_log_with_their_story(make):
    link, _token = sharing.make(make.story(), by=make.editor())
    sharing.opened(link)
    sharing.withdraw(link, by=None)
    lines = list(AuditLine.objects.about(link))
    assert [line.kind for line in lines] == ["withdraw_link", "open", "share"]
    assert {line.details["story"] for line in lines} == {str(link.story.uuid)}
    link.refresh_from_db()
    assert link.openings == 1
