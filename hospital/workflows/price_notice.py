"""The price notice before somebody's first surcharge, and their consent to it (brief §1.4, F46).

What a notice says comes from the published rules; its hash is over all of it. Somebody who accepted one is asked again
when a surcharge that concerns what they pay is above what they were told, or when the text has a new version.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hospital.billing.api import list_pending_charges
from hospital.billing.types import ChargeLine, ReasonKey
from hospital.catalog.api import get_surcharge_overview
from hospital.catalog.types import (
    FeeClass,
    ScopeKind,
    ServiceLine,
    SurchargeFigure,
    SurchargeMode,
    SurchargeOverview,
    SurchargeSource,
    VisitType,
)
from hospital.consents.api import get_notice, give_price_consent, list_price_consents
from hospital.consents.errors import NoticeOutdated
from hospital.consents.types import (
    OWN_RATE,
    ChargedRate,
    Notice,
    PriceAcceptance,
    PriceConsent,
    PriceRate,
    PriceTerms,
    Purpose,
)
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.kernel.types import BilingualText
from hospital.patients.api import require_access
from hospital.workflows.errors import PriceNoticeNeeded
from hospital.workflows.price_notice_words import (
    CLASSES,
    FIXED,
    IN_GENERAL,
    KINDS,
    SERVICE_LINES,
    SINGLE_ITEMS,
    list_exemptions,
    list_payers,
)

_OWN_LEVELS = {ScopeKind.ITEM.value, ScopeKind.PRICE_ITEM.value}
_IN_GENERAL = "LINE"


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One line of a notice: what, and what is said about it ("+30 %")."""

    what: BilingualText
    said: BilingualText


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceNotice:
    """What somebody is told of a service line at a campus. `hash` is over all of it; `code` is its beginning."""

    service_line: ServiceLine
    campus_code: str
    text: Notice
    rates: tuple[NoticeRow, ...]
    exempt: tuple[BilingualText, ...]
    payers: tuple[NoticeRow, ...]
    terms: PriceTerms
    hash: str

    @property
    def name(self) -> BilingualText:
        """The service line in words."""
        return SERVICE_LINES[self.service_line]

    @property
    def code(self) -> str:
        """Which text it is, short enough for a paper."""
        return f"{self.text.version}-{self.hash[:8].upper()}"


def get_price_notice(
    *, service_line: ServiceLine, campus_code: str, now: datetime, lines: Iterable[ChargeLine] = ()
) -> PriceNotice:
    """The notice of a service line from the rules in force; open lines that cost more than those say are named too.

    Such are lines whose price is held from before a rule went down.
    """
    overview = get_surcharge_overview(
        service_line=service_line, campus=campus_code, visit_type=VisitType.OP.value, now=now
    )
    terms = _terms_of(overview)
    held = [line for line in _list_surcharged(lines, service_line) if not terms.covers(_charged(line))]
    rates = [*_list_rates(overview), *(NoticeRow(line.name, BilingualText(line.mark, line.mark)) for line in held)]
    terms = _with_held(terms, held)
    text = get_notice(purpose=Purpose.PRICE, on=local_day(now))
    exempt = [*list_exemptions(overview.settings), *_list_free_classes(overview)]
    payers = [NoticeRow(what, said) for what, said in list_payers(overview.settings)]
    return PriceNotice(
        service_line=service_line,
        campus_code=campus_code,
        text=text,
        rates=tuple(rates),
        exempt=tuple(exempt),
        payers=tuple(payers),
        terms=terms,
        hash=_hash(text, service_line, rates, exempt, payers),
    )


def list_due_notices(
    *,
    person_id: UUID,
    campus_code: str,
    lines: Iterable[ChargeLine],
    now: datetime,
    booked: Iterable[ServiceLine] = (),
) -> tuple[PriceNotice, ...]:
    """The notices that somebody still has to accept before these open lines are paid, one a service line.

    `booked` are lines of service of their visits to come, for a desk that tells them early. The caller has checked
    access. No query where nothing carries a surcharge.
    """
    listed = [line for line in lines if line.campus_code == campus_code]
    to_come = {line for line in booked if line is not ServiceLine.NORMAL}
    if not to_come and not any(line.surcharge > 0 for line in listed):
        return ()
    consents = list_price_consents(person_ids=[person_id]).get(person_id, ())
    lacking = _list_lacking(listed, consents, now=now)
    told = {consent.scope for consent in consents if consent.version == _version(now)}
    lacking |= {line for line in to_come if line.value not in told}
    return tuple(
        get_price_notice(service_line=line, campus_code=campus_code, lines=listed, now=now) for line in sorted(lacking)
    )


def require_price_consent(*, person_id: UUID, lines: Iterable[ChargeLine], now: datetime) -> None:
    """Refuses with `PriceNoticeNeeded` unless all that is surcharged was told and accepted."""
    surcharged = [line for line in lines if line.surcharge > 0]
    if not surcharged:
        return
    consents = list_price_consents(person_ids=[person_id]).get(person_id, ())
    lacking = sorted(_list_lacking(surcharged, consents, now=now))
    if lacking:
        raise PriceNoticeNeeded(service_lines=[line.value for line in lacking])


def accept_price_notice(
    *,
    person_id: UUID,
    campus_code: str,
    service_line: ServiceLine,
    acceptance: PriceAcceptance,
    actor: Actor,
    now: datetime,
) -> PriceNotice:
    """Somebody accepts the notice that they were shown, or a guardian does; twice changes nothing.

    Refusals: `UnknownPerson`, `NoCareRelation`, `NoticeOutdated` (what they were shown is not what holds now).
    """
    require_access(actor=actor, person_id=person_id, now=now)
    lines = list_pending_charges(person_id=person_id, actor=actor, now=now)
    here = [line for line in lines if line.campus_code == campus_code]
    notice = get_price_notice(service_line=service_line, campus_code=campus_code, lines=here, now=now)
    if acceptance.text_hash != notice.hash:
        raise NoticeOutdated(version=notice.text.version)
    give_price_consent(
        person_id=person_id,
        scope=service_line.value,
        version=notice.text.version,
        terms=notice.terms,
        acceptance=acceptance,
        actor=actor,
        now=now,
    )
    return notice


def _version(now: datetime) -> int:
    return get_notice(purpose=Purpose.PRICE, on=local_day(now)).version


def _list_lacking(lines: Iterable[ChargeLine], consents: Iterable[PriceConsent], *, now: datetime) -> set[ServiceLine]:
    surcharged = [line for line in lines if line.surcharge > 0]
    if not surcharged:
        return set()
    version = _version(now)
    standing = [consent for consent in consents if consent.version == version]
    return {
        line.service_line
        for line in surcharged
        if not any(
            consent.scope == line.service_line.value and consent.terms.covers(_charged(line)) for consent in standing
        )
    }


def _list_surcharged(lines: Iterable[ChargeLine], service_line: ServiceLine) -> list[ChargeLine]:
    return [line for line in lines if line.surcharge > 0 and line.service_line is service_line]


def _charged(line: ChargeLine) -> ChargedRate:
    levels = (f"CLASS:{line.fee_class.value}", f"KIND:{line.nature.value}", _IN_GENERAL)
    rate = PriceRate()
    if line.mode is not None and line.value is not None:
        rate = _rate(line.mode, line)
    return ChargedRate(levels=levels, rate=rate, is_own=_is_own(line))


def _is_own(line: ChargeLine) -> bool:
    """Whether the item, its price-bureau item or its composite set the surcharge, as the line's snapshot tells."""
    levels = {reason.facts.get("level") for reason in line.reasons if reason.key is ReasonKey.RULE_WON}
    return line.source is SurchargeSource.COMPOSITE or bool(levels & _OWN_LEVELS)


def _rate(mode: SurchargeMode, charged: ChargeLine | SurchargeFigure) -> PriceRate:
    value = charged.value or PriceRate().ratio
    if mode is SurchargeMode.RATIO:
        return PriceRate(ratio=value)
    if mode is SurchargeMode.AMOUNT:
        return PriceRate(amount=value)
    return PriceRate(is_fixed=True)


def _terms_of(overview: SurchargeOverview) -> PriceTerms:
    rates = {_level(figure): _rate(figure.mode, figure) for figure in overview.figures}
    for figure in overview.own:
        rates[OWN_RATE] = rates.get(OWN_RATE, PriceRate()).join(_rate(figure.mode, figure))
    return PriceTerms(rates=rates)


def _with_held(terms: PriceTerms, held: Iterable[ChargeLine]) -> PriceTerms:
    """The same terms, raised where held lines cost more."""
    rates = dict(terms.rates)
    for line in held:
        charged = _charged(line)
        level = OWN_RATE if charged.is_own else charged.levels[0]
        rates[level] = rates.get(level, PriceRate()).join(charged.rate)
    return PriceTerms(rates=rates)


def _level(figure: SurchargeFigure) -> str:
    if figure.scope_kind is ScopeKind.SERVICE_LINE:
        return _IN_GENERAL
    return f"{'KIND' if figure.scope_kind is ScopeKind.KIND else 'CLASS'}:{figure.scope_id}"


def _list_rates(overview: SurchargeOverview) -> list[NoticeRow]:
    rows = [
        NoticeRow(_name(figure), _say(_rate(figure.mode, figure)))
        for figure in overview.figures
        if figure.value or figure.mode is SurchargeMode.FIXED_PRICE
    ]
    own = _terms_of(overview).rates.get(OWN_RATE)
    if own is not None:
        said = _say(own)
        rows.append(NoticeRow(SINGLE_ITEMS, BilingualText(f"最高 {said.zh}", f"up to {said.en}")))
    return rows


def _list_free_classes(overview: SurchargeOverview) -> list[BilingualText]:
    return [
        _name(figure)
        for figure in overview.figures
        if not figure.value and figure.mode is not SurchargeMode.FIXED_PRICE
    ]


def _name(figure: SurchargeFigure) -> BilingualText:
    if figure.scope_kind is ScopeKind.SERVICE_LINE:
        return IN_GENERAL
    if figure.scope_kind is ScopeKind.KIND:
        return KINDS[figure.scope_id]
    return CLASSES[FeeClass(figure.scope_id)]


def _say(rate: PriceRate) -> BilingualText:
    """A rate as papers write it; parts that there are, joined."""
    parts = []
    if rate.ratio:
        parts.append(f"+{format((rate.ratio * 100).normalize(), 'f')}\u00a0%")
    if rate.amount:
        parts.append(f"+¥{rate.amount:.2f}")
    zh, en = list(parts), list(parts)
    if rate.is_fixed:
        zh.append(FIXED.zh)
        en.append(FIXED.en)
    return BilingualText("，".join(zh), ", ".join(en))


def _hash(
    text: Notice,
    service_line: ServiceLine,
    rates: Iterable[NoticeRow],
    exempt: Iterable[BilingualText],
    payers: Iterable[NoticeRow],
) -> str:
    shown = {
        "text": text.hash,
        "service_line": service_line.value,
        "rates": [[row.what.zh, row.what.en, row.said.zh, row.said.en] for row in rates],
        "exempt": [[each.zh, each.en] for each in exempt],
        "payers": [[row.what.zh, row.what.en, row.said.zh, row.said.en] for row in payers],
    }
    canonical = json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
