"""Partners at the security desk: who may call the signed interfaces, where, how often, with which keys (X49–X51)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hospital.campuses.api import list_campuses
from hospital.kernel.actors import Role
from hospital.kernel.errors import Refusal
from hospital.kernel.types import BilingualText
from hospital.partners.api import (
    add_key,
    change_partner,
    create_partner,
    end_key,
    get_partner,
    list_partners,
    set_partner_active,
)
from hospital.partners.errors import UnknownPartnerKey
from hospital.partners.types import Algorithm, ListedPartner, NewKey
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.desks import SECURITY

officer = desk_view(Role.SECURITY_ADMIN)
USUAL_RATE = 300


class PartnerForm(forms.Form):
    """What is written down of a partner. The code of one that exists stays."""

    code = forms.SlugField(label=gettext_lazy("Code"), max_length=32)
    name_zh = forms.CharField(label=gettext_lazy("Name in Chinese"), max_length=80)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=80)
    rate = forms.IntegerField(
        label=gettext_lazy("Requests a minute"), min_value=1, max_value=100_000, initial=USUAL_RATE
    )
    campuses = forms.MultipleChoiceField(label=gettext_lazy("May act at"), choices=())
    is_on_site = forms.BooleanField(
        label=gettext_lazy("Its machines stand in the hospital: patients check in there"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campuses = forms.MultipleChoiceField(
            label=gettext_lazy("May act at"), choices=[(each.code, each.name) for each in list_campuses()]
        )
        self.fields["campuses"] = campuses

    def values(self) -> dict[str, Any]:
        """As the services take them."""
        data = self.cleaned_data
        return {
            "code": data["code"],
            "name": BilingualText(zh=data["name_zh"], en=data["name_en"]),
            "campuses": data["campuses"],
            "requests_per_minute": data["rate"],
            "is_on_site": data["is_on_site"],
        }


@require_GET
@officer
def partners(request: HttpRequest) -> HttpResponse:
    """All partners, and an empty form for a new one."""
    return _show(request, form=PartnerForm())


@require_POST
@officer
def new_partner(request: HttpRequest) -> HttpResponse:
    """A new partner; it has no key yet."""
    form = PartnerForm(request.POST)
    if form.is_valid() and _carry_out(form, lambda: create_partner(**form.values(), **_who(request))):
        messages.success(request, _("Partner added. Now give it a key."))
        return redirect("staff:partner", form.cleaned_data["code"])
    return _show(request, form=form, status=422)


@require_http_methods(["GET", "POST"])
@officer
def partner(request: HttpRequest, code: str) -> HttpResponse:
    """One partner with its keys; POST changes names, campuses, rate and place."""
    found = get_partner(code=code)
    if request.method == "GET":
        return _show(request, form=_form_of(found), chosen=found)
    form = PartnerForm(_with_code(request, code))
    if form.is_valid() and _carry_out(form, lambda: change_partner(**form.values(), **_who(request))):
        messages.success(request, _("Saved. The change applies from the partner’s next request."))
        return redirect("staff:partner", code)
    return _show(request, form=form, chosen=found, status=422)


@require_POST
@officer
def switch_partner(request: HttpRequest, code: str) -> HttpResponse:
    """Switches all keys of a partner off, or on again."""
    is_active = request.POST.get("is_active") == "1"
    set_partner_active(code=code, is_active=is_active, **_who(request))
    messages.success(request, _("The partner can call again.") if is_active else _("The partner can no longer call."))
    return redirect("staff:partner", code)


@require_POST
@officer
def new_key(request: HttpRequest, code: str) -> HttpResponse:
    """A new key, shown in this answer and never again: what is secret of it is kept encrypted."""
    wants_rsa = request.POST.get("algorithm") == Algorithm.RSA.value
    key = add_key(
        code=code,
        algorithm=Algorithm.RSA if wants_rsa else Algorithm.HMAC,
        public_key=request.POST.get("public_key", "").strip() if wants_rsa else "",
        **_who(request),
    )
    found = get_partner(code=code)
    return _show(request, form=_form_of(found), chosen=found, shown_once=key)


@require_POST
@officer
def stop_key(request: HttpRequest, code: str, key_id: str) -> HttpResponse:
    """Ends a key of this partner."""
    if key_id not in {key.key_id for key in get_partner(code=code).keys}:
        raise UnknownPartnerKey
    end_key(key_id=key_id, **_who(request))
    messages.success(request, _("The key has ended."))
    return redirect("staff:partner", code)


def _with_code(request: HttpRequest, code: str) -> QueryDict:
    data = request.POST.copy()
    data["code"] = code
    return data


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"actor": actor_of(request), "now": timezone.now()}


def _carry_out(form: PartnerForm, act: Any) -> bool:
    """Whether it was done; a refusal stands above the form, with what was typed."""
    try:
        act()
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return False
    return True


def _form_of(found: ListedPartner) -> PartnerForm:
    return PartnerForm(
        initial={
            "code": found.code,
            "name_zh": found.name.zh,
            "name_en": found.name.en,
            "rate": found.requests_per_minute,
            "is_on_site": found.is_on_site,
            "campuses": list(found.campuses),
        }
    )


def _show(
    request: HttpRequest,
    *,
    form: PartnerForm,
    chosen: ListedPartner | None = None,
    shown_once: NewKey | None = None,
    status: int = 200,
) -> HttpResponse:
    campuses = list_campuses()
    ticked = set(form["campuses"].value() or ())
    context = {
        "desk_code": SECURITY.code,
        "rows": list_partners(),
        "form": form,
        "chosen": chosen,
        "shown_once": shown_once,
        "campuses": [(each.code, each.short, each.code in ticked) for each in campuses],
        "short": {each.code: each.short for each in campuses},
    }
    return render(request, "staff_web/administration/partners.html", context, status=status)
