"""Form fields of a picture's page that Django has not: a moment in the outlet's zone, people, how it was made."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Between keywords, in the scripts of the outlet's languages.
KEYWORDS_APART = r"[,،;؛\n]"
# A year beyond these is a slip of the finger; some could not be stored in UTC.
YEARS = range(1970, 2200)

# IPTC NewsCodes, Digital Source Type: https://cv.iptc.org/newscodes/digitalsourcetype/
NEWSCODES = "http://cv.iptc.org/newscodes/digitalsourcetype/"


class Moment(forms.DateTimeField):
    """Typed in the zone that holds while the page is made: the publication's."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "dir": "ltr"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)
        self.error_messages["invalid"] = _("That is no date. Write it like 2026-12-01 12:00.")

    def has_changed(self, initial, data):
        """A picker says no seconds: a moment that has some is not changed by being shown."""
        if initial and data:
            try:
                given = self.to_python(data)
            except ValidationError:
                return True
            return given.replace(second=0, microsecond=0) != initial.replace(second=0, microsecond=0)
        return super().has_changed(initial, data)

    def clean(self, value):
        try:
            moment = super().clean(value)
        except OverflowError as error:
            raise ValidationError(self.error_messages["invalid"]) from error
        if moment and moment.year not in YEARS:
            raise ValidationError(_("The year must lie between %(first)d and %(last)d.") % _SPAN)
        return moment


_SPAN = {"first": YEARS[0], "last": YEARS[-1]}


class People(forms.ModelMultipleChoiceField):
    """People of the newsroom, by their names, each with a box to tick."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, person):
        return person.get_full_name() or person.get_username()


def digital_sources(value: str) -> list[tuple[str, str]]:
    """The ways a picture may have been made, as choices; `value` is among them whatever it is."""
    known = [
        ("", _("Not said")),
        (f"{NEWSCODES}digitalCapture", _("A photograph")),
        (f"{NEWSCODES}humanEdits", _("A photograph, edited by a person")),
        (f"{NEWSCODES}compositeCapture", _("Put together from photographs")),
        (f"{NEWSCODES}digitalCreation", _("Drawn by a person, on a computer")),
        (f"{NEWSCODES}dataDrivenMedia", _("Made from data")),
        (f"{NEWSCODES}screenCapture", _("A screen grab")),
        (f"{NEWSCODES}trainedAlgorithmicMedia", _("Made with AI")),
        (f"{NEWSCODES}compositeWithTrainedAlgorithmicMedia", _("Partly made with AI")),
        (f"{NEWSCODES}compositeSynthetic", _("Put together from pictures, some of them made with AI")),
    ]
    return known if value in dict(known) else [*known, (value, value)]
