"""Partners and their keys at the security desk (X49, X50, X51)."""

import re

import pytest
from django.test import Client

from hospital.audit.models import AuditEntry, RowVersion
from hospital.encounters.tests.clinic import make_campus
from hospital.kernel.actors import Role
from hospital.partners.api import get_partner, list_partners
from hospital.partners.models import Partner, PartnerKey
from hospital.staff_web.tests.factories import count_queries, open_desk

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("X49", "X50", "X51")]
PAGE = "/staff/administration/partners/"
FACTS = {"code": "lobby", "name_zh": "大堂自助机", "name_en": "Lobby kiosk", "rate": "120", "campuses": ["IMC"]}


@pytest.fixture
def desk() -> Client:
    return open_desk(Role.SECURITY_ADMIN)


def write_down(desk: Client, **changes: object) -> None:
    assert desk.post(f"{PAGE}new/", FACTS | changes).status_code == 302


def make_key(desk: Client, code: str = "lobby") -> str:
    answer = desk.post(f"{PAGE}of/{code}/keys/", {"algorithm": "HMAC-SHA256"})
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    found = re.search(r'id="secret"[^>]*>([^<]+)<', answer.text)
    assert found
    return found[1]


def test_a_partner_is_written_down_and_changed(desk: Client) -> None:
    make_campus("SOUTH")
    write_down(desk)
    assert (get_partner(code="lobby").campuses, get_partner(code="lobby").requests_per_minute) == (("IMC",), 120)
    changed = {
        "name_zh": "自助机",
        "name_en": "Kiosk",
        "rate": "60",
        "campuses": ["IMC", "SOUTH"],
        "is_on_site": "on",
        "code": "other",
    }
    assert desk.post(f"{PAGE}of/lobby/", changed).status_code == 302
    (partner,) = list_partners()
    assert (partner.code, partner.name.en, partner.campuses, partner.requests_per_minute, partner.is_on_site) == (
        "lobby",
        "Kiosk",
        ("IMC", "SOUTH"),
        60,
        True,
    )
    assert AuditEntry.objects.filter(action="partners.change").count() == 2


def test_what_is_wrong_or_taken_changes_nothing(desk: Client) -> None:
    write_down(desk)
    wrong: list[dict[str, str | list[str]]] = [
        {"code": "Lob by"},
        {"name_en": ""},
        {"campuses": []},
        {"rate": "0"},
        {"campuses": ["NOWHERE"]},
    ]
    for changes in wrong:
        answer = desk.post(f"{PAGE}new/", FACTS | {"code": "second"} | changes)
        assert answer.status_code == 422, changes
    taken = desk.post(f"{PAGE}new/", FACTS | {"name_en": "Somebody else"})
    assert taken.status_code == 422
    assert "There is a partner lobby already" in taken.text
    assert Partner.objects.get().name_en == "Lobby kiosk"


def test_the_secret_is_shown_once_and_kept_nowhere_in_clear(desk: Client) -> None:
    write_down(desk)
    secret = make_key(desk)
    assert len(secret) >= 32
    assert secret not in desk.get(f"{PAGE}of/lobby/").text
    assert secret not in desk.get(PAGE).text
    assert secret not in str(list(PartnerKey.objects.values_list("secret", "answer_secret")))
    assert secret not in str(list(RowVersion.objects.values_list("before", "after")))
    assert secret not in str(list(AuditEntry.objects.values_list("details", flat=True)))


def test_a_key_is_changed_without_a_pause(desk: Client) -> None:
    write_down(desk)
    first, second = make_key(desk), make_key(desk)
    assert first != second
    assert desk.post(f"{PAGE}of/lobby/keys/", {"algorithm": "HMAC-SHA256"}).status_code == 409
    newest, oldest = get_partner(code="lobby").keys
    assert desk.post(f"{PAGE}of/lobby/keys/{oldest.key_id}/end/").status_code == 302
    assert [key.ended_at is None for key in get_partner(code="lobby").keys] == [True, False]
    assert get_partner(code="lobby").keys[0].key_id == newest.key_id
    make_key(desk)


def test_a_key_of_another_partner_is_not_ended_and_no_bad_key_is_taken(desk: Client) -> None:
    write_down(desk)
    write_down(desk, code="bank")
    make_key(desk, "bank")
    (key,) = get_partner(code="bank").keys
    assert desk.post(f"{PAGE}of/lobby/keys/{key.key_id}/end/").status_code == 401
    assert desk.post(f"{PAGE}of/lobby/keys/", {"algorithm": "RSA-SHA256", "public_key": "no"}).status_code == 422
    assert desk.get(f"{PAGE}of/nobody/").status_code == 404
    assert get_partner(code="bank").keys[0].ended_at is None
    assert get_partner(code="lobby").keys == ()


def test_a_partner_is_switched_off_and_on(desk: Client) -> None:
    write_down(desk)
    desk.post(f"{PAGE}of/lobby/switch/", {"is_active": "0"})
    assert not get_partner(code="lobby").is_active
    desk.post(f"{PAGE}of/lobby/switch/", {"is_active": "1"})
    assert get_partner(code="lobby").is_active


@pytest.mark.requirement("N14")
def test_nobody_else_opens_the_page() -> None:
    for role in (Role.AUDIT_ADMIN, Role.CASHIER, Role.SYSTEM_ADMIN):
        client = open_desk(role)
        assert client.get(PAGE).status_code == 403
        assert client.post(f"{PAGE}new/", FACTS).status_code == 403
    assert not Partner.objects.exists()


def test_the_page_counts_its_queries_and_speaks_both_languages(desk: Client) -> None:
    write_down(desk)
    before = count_queries(desk, PAGE)
    for number in range(4):
        write_down(desk, code=f"more-{number}")
        make_key(desk, f"more-{number}")
    assert count_queries(desk, PAGE) == before
    assert "合作方" in open_desk(Role.SECURITY_ADMIN, language="zh-hans").get(PAGE).text
