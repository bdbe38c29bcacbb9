"""The form of a new person."""

from datetime import date

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hospital.patients.api import list_countries
from hospital.patients.types import NewDocument, NewPerson
from hospital.staff_web.banner import DOCUMENTS, LANGUAGES, SEXES, country_name

# Where the Center's patients come from most; the rest follows by name.
FREQUENT = ("CHN", "HKG", "MAC", "TWN", "GBR", "USA", "FRA", "DEU", "JPN", "KOR", "IND", "SAU", "RUS", "NGA", "AUS")


def country_choices() -> list[tuple[str, str | Promise]]:
    """The frequent countries first, then all by name in the page's language."""
    rest = sorted(code for code in list_countries() if code not in FREQUENT)
    named = sorted(((code, country_name(code=code)) for code in rest), key=lambda pair: pair[1])
    return [("", _("Choose")), *((code, country_name(code=code)) for code in FREQUENT), *named]


class DateInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PersonForm(forms.Form):
    """A person as the identity document prints them."""

    document_type = forms.ChoiceField(label=_("Document"), choices=tuple(DOCUMENTS.items()), initial="PASSPORT")
    document_number = forms.CharField(
        label=pgettext_lazy("identity", "Document number"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    nationality = forms.ChoiceField(label=_("Nationality"))
    family_name = forms.CharField(
        label=_("Family name"),
        max_length=160,
        required=False,
        help_text=_("As on the document. Empty when there is one name only."),
    )
    given_names = forms.CharField(label=_("Given names"), max_length=160, required=False)
    chinese_name = forms.CharField(
        label=_("Chinese name"), max_length=80, required=False, help_text=_("If there is one.")
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=[("", _("Choose")), *SEXES.items()])
    birth_date = forms.DateField(label=_("Birth date"), widget=DateInput())
    valid_to = forms.DateField(label=_("Document valid to"), required=False, widget=DateInput())
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("Choose")), *sorted(LANGUAGES.items())], required=False
    )
    needs_interpreter = forms.BooleanField(label=_("Needs an interpreter"), required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=120, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["nationality"].choices = country_choices()  # type: ignore[attr-defined]

    def clean_birth_date(self) -> date:
        """Not in the future."""
        born_on: date = self.cleaned_data["birth_date"]
        if born_on > date.today():  # noqa: DTZ011 — a day, compared roughly; the service decides by the hospital's clock
            raise forms.ValidationError(_("The birth date lies in the future."))
        return born_on

    def clean(self) -> None:
        """Some name must stand."""
        names = [self.cleaned_data.get(name, "").strip() for name in ("family_name", "given_names", "chinese_name")]
        if not any(names):
            self.add_error("family_name", _("Enter the name as the document prints it."))

    def to_person(self) -> NewPerson:
        """What the index takes."""
        data = self.cleaned_data
        # A single name goes into the given names: no surname is invented (domain brief 8).
        family, given = data["family_name"].strip(), data["given_names"].strip()
        if family and not given:
            family, given = "", family
        return NewPerson(
            family_name=family,
            given_names=given,
            chinese_name=data["chinese_name"].strip(),
            sex=data["sex"],
            birth_date=data["birth_date"],
            nationality=data["nationality"],
            document=NewDocument(type=data["document_type"], number=data["document_number"], valid_to=data["valid_to"]),
            languages=(data["language"],) if data["language"] else (),
            needs_interpreter=data["needs_interpreter"],
            phone=data["phone"].strip(),
            email=data["email"].strip(),
        )
