"""Templates and phrases that the editor offers: the shipped ones with what staff changed, added and retired."""

from collections.abc import Iterable
from uuid import UUID

from hospital.kernel.types import BilingualText
from hospital.results.models import KeptPhrase, KeptTemplate
from hospital.results.reporting.phrases import Phrase, Template, Where
from hospital.results.reporting.templates import TEMPLATES
from hospital.results.types import KeptPhraseView, KeptTemplateView


def list_report_templates(*, modality: str, department_id: UUID | None) -> tuple[Template, ...]:
    """The templates for a kind of device as a department uses them, retired phrases left out; all where no template is
    for that kind. Two statements."""
    kept = [_offered(each) for each in list_kept_templates(department_id=department_id)]
    found = tuple(each for each in kept if each.phrases)
    return tuple(each for each in found if modality in each.modalities) or found


def find_report_template(*, code: str, department_id: UUID | None) -> Template | None:
    """A template as a department uses it. Two statements."""
    kept = list_kept_templates(department_id=department_id)
    return next((_offered(each) for each in kept if each.code == code), None)


def list_kept_templates(*, department_id: UUID | None) -> list[KeptTemplateView]:
    """Every template with the phrases for everybody and those of the department, retired ones too. Two statements."""
    rows: dict[str, list[KeptPhrase]] = {}
    for row in KeptPhrase.objects.select_related("department", "changed_by").order_by("changed_at", "id"):
        if row.department_id in (None, department_id):
            rows.setdefault(row.template_code, []).append(row)
    shipped = [
        _merge(each.code, each.name, each.modalities, each.phrases, rows.get(each.code, ())) for each in TEMPLATES
    ]
    added = [
        _merge(each.code, BilingualText(each.name_zh, each.name_en), each.modalities, (), rows.get(each.code, ()))
        for each in KeptTemplate.objects.order_by("name_en", "code")
    ]
    return shipped + added


def _merge(
    code: str, name: BilingualText, modalities: Iterable[str], shipped: Iterable[Phrase], rows: Iterable[KeptPhrase]
) -> KeptTemplateView:
    changed = {row.code: row for row in rows}
    views = []
    for phrase in shipped:
        row = changed.pop(phrase.code, None)
        views.append(_kept(row, is_shipped=True) if row else _as_shipped(phrase))
    views += [_kept(row, is_shipped=False) for row in changed.values()]
    return KeptTemplateView(code=code, name=name, modalities=frozenset(modalities), phrases=tuple(views))


def _offered(template: KeptTemplateView) -> Template:
    phrases = tuple(each.phrase for each in template.phrases if not each.is_retired)
    return Template(template.code, template.name, template.modalities, phrases)


def _as_shipped(phrase: Phrase) -> KeptPhraseView:
    return KeptPhraseView(
        phrase=phrase,
        row_id=None,
        department=BilingualText(""),
        is_for_all=True,
        is_shipped=True,
        is_retired=False,
        version=0,
        changed_by=BilingualText(""),
        changed_at=None,
    )


def _kept(row: KeptPhrase, *, is_shipped: bool) -> KeptPhraseView:
    return KeptPhraseView(
        phrase=Phrase(row.code, row.is_normal, Where(row.where), row.zh, row.en, row.en_both),
        row_id=row.id,
        department=row.department.name if row.department else BilingualText(""),
        is_for_all=row.department_id is None,
        is_shipped=is_shipped,
        is_retired=row.is_retired,
        version=row.version,
        changed_by=BilingualText(row.changed_by.name_zh, row.changed_by.name_en),
        changed_at=row.changed_at,
    )
