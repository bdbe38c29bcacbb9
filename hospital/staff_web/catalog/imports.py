"""The catalog as a table: out as CSV or XLSX, and in with a dry run and a second person."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hospital.catalog.api import (
    COLUMNS,
    LARGEST_FILE,
    approve_import,
    get_import,
    list_imports,
    list_table,
    submit_import,
    write_csv,
    write_xlsx,
)
from hospital.catalog.errors import RuleStartsInPast
from hospital.catalog.types import CatalogKind, ImportCard, ImportState
from hospital.kernel.errors import UploadTooLarge
from hospital.staff_web.access import actor_of
from hospital.staff_web.catalog.frame import midnight, name_people, office, show
from hospital.staff_web.catalog.words import COLUMN_NAMES, IMPORTS, KINDS

_FORMATS = {
    "csv": (write_csv, "text/csv; charset=utf-8"),
    "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
_MEGABYTE = 1_000_000


class ImportForm(forms.Form):
    """A file, and from when its prices hold."""

    file = forms.FileField(
        label=gettext_lazy("CSV or XLSX file"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    valid_from = forms.DateField(
        label=gettext_lazy("New prices from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Empty: when it is approved"),
    )


@require_http_methods(["GET", "POST"])
@office
def imports(request: HttpRequest) -> HttpResponse:
    """What was imported; a POST sends a file to be checked."""
    now = timezone.now()
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            import_id = _submit(request, form)
        except RuleStartsInPast as refusal:
            form.add_error("valid_from", refusal.message)
        except UploadTooLarge as refusal:
            form.add_error("file", refusal.message)
        else:
            return redirect("staff:catalog_import", import_id=import_id)
    rows = list_imports()
    return show(
        request,
        "imports",
        tab="imports",
        status=422 if request.method == "POST" else 200,
        form=form,
        rows=[(each, IMPORTS[each.state]) for each in rows],
        people=name_people([who for each in rows for who in (each.maker, each.checker)]),
        kinds=KINDS.items(),
        columns=[(name, COLUMN_NAMES[name]) for name in COLUMNS],
        now=now,
    )


def _submit(request: HttpRequest, form: ImportForm) -> UUID:
    file, day = form.cleaned_data["file"], form.cleaned_data["valid_from"]
    if file.size > LARGEST_FILE:
        raise UploadTooLarge(megabytes=LARGEST_FILE // _MEGABYTE)
    now = timezone.now()
    start = None if day is None or day == timezone.localdate(now) else midnight(day)
    return submit_import(file_name=file.name, content=file.read(), valid_from=start, actor=actor_of(request), now=now)


@require_GET
@office
def imported(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """One import: its progress, what it would do, and every fault."""
    card = get_import(import_id=import_id)
    facts: dict[str, Any] = {
        "card": card,
        "state": IMPORTS[card.state],
        "is_working": card.state in {ImportState.CHECKING, ImportState.APPLYING},
        "percent": _percent(card),
        "people": name_people([card.maker, card.checker]),
        "is_mine": card.maker == actor_of(request).id,
        "names": COLUMN_NAMES,
    }
    if getattr(request, "htmx", False):
        return render(request, "staff_web/catalog/_import.html", facts)
    return show(request, "import", tab="imports", **facts)


def _percent(card: ImportCard) -> int:
    return card.rows_done * 100 // card.rows_total if card.rows_total else 0


@require_POST
@office
def approve(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """The second person has the file taken in."""
    approve_import(import_id=import_id, actor=actor_of(request), now=timezone.now())
    messages.success(request, _("Approved. The file is being taken in."))
    return redirect("staff:catalog_import", import_id=import_id)


@require_GET
@office
def export(request: HttpRequest, form: str) -> HttpResponse:
    """One catalog, or all of them, as a file that can be taken in again."""
    kind = request.GET.get("kind", "")
    chosen = CatalogKind(kind) if kind in set(CatalogKind) else None
    write, content_type = _FORMATS[form]
    now = timezone.now()
    name = f"catalog-{(chosen or 'all').lower()}-{timezone.localdate(now):%Y%m%d}.{form}"
    return HttpResponse(
        write(list_table(kind=chosen, now=now)),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
