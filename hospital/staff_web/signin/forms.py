"""Forms of signing in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hospital.campuses.api import list_campuses


class SignInForm(forms.Form):
    """User name, password and the place of work."""

    username = forms.CharField(
        label=_("User name or staff number"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    campus = forms.ChoiceField(label=_("Where you work now"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name in ("password", "campus"):
            self.fields[name].widget.attrs["class"] = "input"
        choices = [(campus.code, str(campus.name)) for campus in list_campuses()]
        self.fields["campus"].choices = [("", _("My usual campus")), *choices]  # type: ignore[attr-defined]


class SecondFactorForm(forms.Form):
    """Six digits."""

    code = forms.CharField(
        label=_("Six-digit code"),
        max_length=9,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "pattern": "[0-9 ]*", "autofocus": True}
        ),
    )


class PasswordForm(forms.Form):
    """The password in use and the new one, twice."""

    current = forms.CharField(
        label=_("Current password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("New password"),
        max_length=128,
        strip=False,
        help_text=_("At least 10 characters, not only digits, nothing common."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password again"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_again(self) -> str:
        """Both entries of the new password must agree."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new"):
            raise forms.ValidationError(_("The two entries differ."))
        return again
