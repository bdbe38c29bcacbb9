"""The form of one line above the orders: a drug with its directions, or a piece of a decoction."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hospital.kernel.errors import Refusal

_Form = TypeVar("_Form", bound=forms.Form)


def write_line(form: _Form, *, write: Callable[[_Form], None], fields: Mapping[type[Refusal], str]) -> Refusal | None:
    """Writes what a valid form says. A refusal comes back and stands beside its field; raises what is no matter of
    the form (403, 404).
    """
    try:
        write(form)
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        form.add_error(fields.get(type(refusal)), refusal.message)
        return refusal
    return None


def show_line_form(request: HttpRequest, *, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    """The form in its place, also where the request was to swap the orders."""
    response = render(request, template, context, status=status)
    response["HX-Retarget"] = "#drug-form"
    response["HX-Reswap"] = "innerHTML"
    return response
