"""What may be done with the publication."""

import pytest

from articles.desk import publication
from articles.desk.errors import NotAllowed, Refused
from articles.models import AuditLine, Publication


def test_a_change_says_in_the_log_what_was_changed_and_by_whom(make):
    row, person = make.publication(), make.administrator()
    facts = {"names": {"en": "The Evening"}, "place": "Marsana", "time_zone": row.time_zone}
    assert publication.change(facts, by=person) == ["names", "place"]
    assert Publication.objects.get().names == {"en": "The Evening"}
    line = AuditLine.objects.about(row).get()
    assert (line.kind, line.by, line.details) == ("change", person, {"changed": ["names", "place"]})
    assert publication.change(facts, by=person) == []
    assert AuditLine.objects.about(row).count() == 1


def test_an_outlet_that_was_never_saved_is_made_with_its_first_change(db):
    assert publication.change({"place": "Marsana"}, by=None) == ["place"]
    assert AuditLine.objects.about(Publication.objects.get()).count() == 1


def test_only_who_may_changes_it_and_only_what_there_is(make):
    make.publication()
    with pytest.raises(NotAllowed):
        publication.change({"place": "Marsana"}, by=make.editor())
    with pytest.raises(Refused, match="no field “pk”"):
        publication.change({"pk": 2}, by=None)
