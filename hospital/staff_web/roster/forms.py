"""The forms of the roster desk."""

from datetime import time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hospital.campuses.api import list_clinicians, list_consulting_rooms
from hospital.catalog.api import search_items
from hospital.catalog.types import ServiceCategory
from hospital.kernel.types import BilingualText
from hospital.scheduling.types import DayRule, Pool, SessionPlan, Template, TemplateShare
from hospital.staff_web.catalog.words import SERVICE_LINES
from hospital.staff_web.registration.words import PART_NAMES, SERVICE_NAMES
from hospital.staff_web.roster.frame import POOLS, WEEKDAYS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_SHARE = ("places", "opens_days", "opens_clock", "folds_days", "folds_clock")


def _day(label: "_StrPromise", **facts: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        **facts,
    )


def _time(label: "_StrPromise", **facts: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, input_formats=["%H:%M", "%H:%M:%S"], **facts)


class _DoctorForm(forms.Form):
    """Which doctor of the campus."""

    clinician = forms.ChoiceField(label=_("Doctor"))

    def __init__(self, *args: Any, campus_code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.campus_code = campus_code
        doctors = list_clinicians(campus_code=campus_code)
        self._departments = {str(each.id): each.department.id for each in doctors}
        self.fields["clinician"].choices = [  # type: ignore[attr-defined]
            (str(each.id), f"{each.name} · {each.department.name}") for each in doctors
        ]

    @property
    def clinician_id(self) -> UUID:
        """The doctor that was chosen."""
        return UUID(self.cleaned_data["clinician"])

    @property
    def department_id(self) -> UUID:
        """The doctor's department."""
        return self._departments[self.cleaned_data["clinician"]]


def _list_fees() -> list[tuple[str, str]]:
    found = search_items(text="", now=timezone.now(), categories=[ServiceCategory.REGISTRATION], limit=100)
    return [(each.code, f"{each.name} · {each.code}") for each in found]


class SubstituteForm(_DoctorForm):
    """Which doctor of the campus, and the fee of those who book from now on."""

    fee = forms.ChoiceField(label=_("Fee from now on"), required=False)

    def __init__(self, *args: Any, fee: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = _list_fees()
        if fee not in dict(choices):
            choices.insert(0, (fee, fee))
        self.fields["fee"].choices = choices  # type: ignore[attr-defined]
        self.fields["fee"].initial = fee

    @property
    def item_code(self) -> str:
        """The fee as the form shows it: what was sent, else what the session has."""
        sent = str(self.data.get("fee", "")) if self.is_bound else ""
        return sent if sent in dict(self.fields["fee"].choices) else str(self.fields["fee"].initial)  # type: ignore[attr-defined]


class _PlacedForm(_DoctorForm):
    """Who sits where: the doctors and rooms of a campus."""

    room = forms.ChoiceField(label=_("Room"), required=False)

    def __init__(self, *args: Any, campus_code: str, **kwargs: Any) -> None:
        super().__init__(*args, campus_code=campus_code, **kwargs)
        self.fields["room"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((str(each.id), str(each.name)) for each in list_consulting_rooms(campus_code=campus_code)),
        ]

    @property
    def room_id(self) -> UUID | None:
        """The room that was chosen, if any."""
        return UUID(self.cleaned_data["room"]) if self.cleaned_data["room"] else None


class MoveForm(_PlacedForm):
    """Another doctor, room, day or time."""

    day = _day(_("Day"))
    starts = _time(_("Begins"))


class StopForm(forms.Form):
    """Why, in both languages: patients read it."""

    reason_zh = forms.CharField(
        label=_("Reason in Chinese"), max_length=200, widget=forms.TextInput(attrs={"lang": "zh-CN"})
    )
    reason_en = forms.CharField(
        label=_("Reason in English"), max_length=200, widget=forms.TextInput(attrs={"lang": "en"})
    )

    def to_reason(self) -> BilingualText:
        """What patients read."""
        return BilingualText(self.cleaned_data["reason_zh"], self.cleaned_data["reason_en"])


class PlanForm(_PlacedForm):
    """What a session offers, with its pools."""

    part = forms.ChoiceField(label=_("Part of the day"), choices=tuple(PART_NAMES.items()))
    starts = _time(_("Begins"), initial=time(8, 30))
    ends = _time(_("Ends"), initial=time(11, 30))
    minutes = forms.IntegerField(label=_("Minutes a place"), min_value=1, max_value=240, initial=20)
    capacity = forms.IntegerField(label=_("Patients a place"), min_value=1, max_value=20, initial=1)
    service_type = forms.ChoiceField(label=_("Kind of session"), choices=tuple(SERVICE_NAMES.items()))
    service_line = forms.ChoiceField(
        label=_("Service line"), choices=tuple((each.value, name) for each, name in SERVICE_LINES.items())
    )
    item = forms.ChoiceField(label=_("Fee"))
    is_by_name = forms.BooleanField(label=_("Patients see the doctor’s name"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = _list_fees()  # type: ignore[attr-defined]
        for pool in POOLS:
            for name in _SHARE:
                self.fields[f"{pool}_{name}"] = _share_field(name)

    def share_rows(self) -> list[tuple[Promise, list[BoundField]]]:
        """The pools with their fields."""
        return [(name, [self[f"{pool}_{each}"] for each in _SHARE]) for pool, name in POOLS.items()]

    def to_plan(self) -> SessionPlan:
        """What the roster takes."""
        data = self.cleaned_data
        return SessionPlan(
            clinician_id=self.clinician_id,
            is_by_name=data["is_by_name"],
            department_id=self.department_id,
            campus_code=self.campus_code,
            room_id=self.room_id,
            part=data["part"],
            starts=data["starts"],
            ends=data["ends"],
            service_type=data["service_type"],
            service_line=data["service_line"],
            registration_item_code=data["item"],
            minutes=data["minutes"],
            capacity=data["capacity"],
            shares=tuple(share for pool in POOLS if (share := self._share(pool))),
        )

    def _share(self, pool: Pool) -> TemplateShare | None:
        data: dict[str, Any] = {name: self.cleaned_data.get(f"{pool}_{name}") for name in _SHARE}
        if not data["places"]:
            return None
        # A clock that was left empty is the usual one; days that were left empty mean from the beginning, or never.
        kept = {name: value for name, value in data.items() if value is not None or name.endswith("days")}
        return TemplateShare(pool=pool, **kept)


def _share_field(name: str) -> forms.Field:
    if name.endswith("clock"):
        return _time(_SHARE_LABELS[name], required=False)
    return forms.IntegerField(label=_SHARE_LABELS[name], min_value=0, max_value=365, required=False)


_SHARE_LABELS: dict[str, "_StrPromise"] = {
    "places": _("Places"),
    "opens_days": _("Opens, days before"),
    "opens_clock": _("Opens at"),
    "folds_days": _("For all, days before"),
    "folds_clock": _("For all at"),
}
SHARE_LABELS = tuple(_SHARE_LABELS.values())


class SessionForm(PlanForm):
    """One session on a day."""

    day = _day(_("Day"))


class TemplateForm(PlanForm):
    """A session that comes every week."""

    weekday = forms.TypedChoiceField(label=_("Weekday"), choices=tuple(WEEKDAYS.items()), coerce=int)
    valid_from = _day(_("From"))
    valid_until = _day(_("Until"), required=False)
    is_held_on_holidays = forms.BooleanField(label=_("Also on holidays"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def to_template(self, *, template_id: UUID | None = None) -> Template:
        """What the roster takes."""
        data = self.cleaned_data
        return Template(
            id=template_id,
            version=data["version"] or 1,
            weekday=data["weekday"],
            plan=self.to_plan(),
            is_held_on_holidays=data["is_held_on_holidays"],
            valid_from=data["valid_from"],
            valid_until=data["valid_until"],
        )


def initial_of(template: Template) -> dict[str, Any]:
    """What the form shows of a saved template."""
    plan = template.plan
    shares = {
        f"{share.pool}_{name}": getattr(share, name)
        for share in plan.shares
        for name in _SHARE
        if not name.endswith("clock") or getattr(share, name.replace("clock", "days"), None) is not None
    }
    return shares | {
        "clinician": str(plan.clinician_id),
        "room": str(plan.room_id or ""),
        "part": plan.part,
        "starts": plan.starts,
        "ends": plan.ends,
        "minutes": plan.minutes,
        "capacity": plan.capacity,
        "service_type": plan.service_type,
        "service_line": plan.service_line,
        "item": plan.registration_item_code,
        "is_by_name": plan.is_by_name,
        "weekday": template.weekday,
        "valid_from": template.valid_from,
        "valid_until": template.valid_until,
        "is_held_on_holidays": template.is_held_on_holidays,
        "version": template.version,
    }


class DayForm(forms.Form):
    """A day of the calendar."""

    day = _day(_("Day"))
    as_weekday = forms.TypedChoiceField(
        label=_("What it is"),
        choices=(("", _("Holiday: nobody works")), (_("Worked as another weekday"), tuple(WEEKDAYS.items()))),
        coerce=int,
        empty_value=None,
        required=False,
    )
    name_zh = forms.CharField(label=_("Chinese name"), max_length=40, widget=forms.TextInput(attrs={"lang": "zh-CN"}))
    name_en = forms.CharField(label=_("English name"), max_length=80, widget=forms.TextInput(attrs={"lang": "en"}))

    def to_rule(self, *, campus_code: str) -> DayRule:
        """What the calendar takes."""
        data = self.cleaned_data
        return DayRule(
            day=data["day"],
            campus_code=campus_code,
            as_weekday=data["as_weekday"],
            name=BilingualText(data["name_zh"], data["name_en"]),
        )
