"""Putting people into the index: complete, once, with their secrets encrypted (A03, N10, N14)."""

from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.utils import translation

from hospital.audit.api import list_versions
from hospital.encounters.tests.clinic import TEN, make_patient, make_person, make_staff
from hospital.kernel.actors import Role
from hospital.kernel.tests.threads import run_together
from hospital.patients.api import (
    create_person,
    ensure_record_number,
    find_people_by_document,
    get_person,
    link_person,
    list_linked_people,
    unlink_person,
)
from hospital.patients.errors import AlreadyLinked, DocumentTaken, IncompletePerson, UnknownPerson
from hospital.patients.models import AccountPerson, Identifier, Person
from hospital.patients.tests.factories import new_person

pytestmark = pytest.mark.django_db


def create(**changes):
    return create_person(new=new_person(**changes), actor=make_staff(Role.REGISTRAR), now=TEN)


@pytest.mark.requirement("A03", "N10")
def test_a_person_comes_in_with_the_name_as_printed_and_the_document_masked():
    clerk = make_staff(Role.REGISTRAR)
    person_id, warnings = create_person(new=new_person(document={"number": "533 100 427"}), actor=clerk, now=TEN)
    row = Person.objects.get(pk=person_id)
    assert warnings == ()
    assert (row.printed_name, row.has_single_name) == ("FRASER-WHITCOMBE, ALISTAIR JAMES", False)
    card = get_person(actor=clerk, person_id=person_id, now=TEN)
    (document,) = card.identifiers
    assert (document.type, document.issuer, document.masked_number) == ("PASSPORT", "GBR", "5****427")


@pytest.mark.requirement("N14")
def test_number_mail_and_phone_are_nowhere_in_clear():
    person_id, _ = create(document={"number": "X5331999"}, email="secret@example.com", phone="+4477009999")
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(p)::text FROM patients_person p WHERE id = %s", [person_id])
        texts = [cursor.fetchone()[0]]
        cursor.execute("SELECT row_to_json(i)::text FROM patients_identifier i WHERE person_id = %s", [person_id])
        texts.append(cursor.fetchone()[0])
    identifier = Identifier.objects.get(person_id=person_id)
    texts += [str(list_versions(table_name="patients_person", row_id=str(person_id))[0].after)]
    texts += [str(list_versions(table_name="patients_identifier", row_id=str(identifier.id))[0].after)]
    for secret in ("5331999", "secret@", "77009999"):
        assert not [text for text in texts if secret in text.lower()]


@pytest.mark.requirement("N10")
def test_one_document_makes_one_person_however_it_is_typed():
    create(document={"number": "53310 0427"})
    people = Person.objects.count()
    with pytest.raises(DocumentTaken):
        create(document={"number": "533-100-427"}, family_name="Other")
    with pytest.raises(DocumentTaken):
        create(document={"number": "５３３１００４２７", "issuer": "gbr"})
    assert Person.objects.count() == people
    assert Identifier.objects.count() == 1


@pytest.mark.requirement("N10")
def test_the_same_number_of_another_country_or_kind_is_another_document():
    british, _ = create(document={"number": "E12345678"})
    chinese, _ = create(document={"number": "E12345678", "issuer": "CHN"}, nationality="CHN")
    other, _ = create(document={"number": "E12345678", "type": "OTHER"})
    assert set(find_people_by_document(number="e 12345678")) == {british, chinese, other}
    assert find_people_by_document(number="E12345679") == []


@pytest.mark.requirement("N10", "N22")
@pytest.mark.django_db(transaction=True)
def test_two_desks_at_once_make_one_person():
    clerk = make_staff(Role.REGISTRAR)
    new = new_person()
    outcomes = run_together([partial(create_person, new=new, actor=clerk, now=TEN)] * 4)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["DocumentTaken"] * 3 + ["tuple"]
    assert (Person.objects.count(), Identifier.objects.count()) == (1, 1)


@pytest.mark.requirement("A03")
def test_a_wrong_check_digit_warns_and_never_refuses():
    person_id, warnings = create(
        document={"type": "PRC_ID", "number": "11010519491231002X"[:-1] + "1", "issuer": ""}, nationality="CHN"
    )
    assert "CHECK_WRONG" in warnings
    assert list(Identifier.objects.get(person_id=person_id).warnings) == list(warnings)


@pytest.mark.requirement("A03")
@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"family_name": " ", "given_names": ""}, "name"),
        ({"family_name": "x" * 161}, "name"),
        ({"preferred_name": "x" * 121}, "name"),
        ({"sex": "X"}, "sex"),
        ({"birth_date": date(2026, 11, 26)}, "birth_date"),
        ({"birth_date": date(1895, 1, 1)}, "birth_date"),
        ({"nationality": "GB"}, "nationality"),
        ({"nationality": "QQQ"}, "nationality"),
        ({"document": {"number": "  "}}, "document"),
        ({"document": {"number": "1" * 41}}, "document"),
        ({"document": {"type": "LIBRARY_CARD"}}, "document"),
        ({"document": {"issuer": "Narnia"}}, "document"),
        ({"email": "x" * 255, "phone": "1" * 31}, "email, phone"),
        ({"sex": "", "nationality": ""}, "sex, nationality"),
    ],
)
def test_what_is_missing_or_impossible_is_named(changes, fields):
    with pytest.raises(IncompletePerson) as refused:
        create(**changes)
    assert refused.value.facts == {"fields": fields}
    assert not Person.objects.exists()


@pytest.mark.requirement("A03", "N20")
def test_the_longest_names_of_any_script_are_kept_whole():
    longest = "Ünnëcessärily-" * 11
    person_id, _ = create(
        family_name=longest, given_names=longest, preferred_name=longest[:120], chinese_name="陈" * 80
    )
    row = Person.objects.get(pk=person_id)
    assert (row.family_name, row.given_names, row.chinese_name) == (longest, longest, "陈" * 80)


def test_a_child_born_today_in_guangzhou_is_no_child_of_tomorrow():
    early = TEN.replace(hour=17)  # the 26th has begun in Guangzhou
    create_person(new=new_person(birth_date=date(2026, 11, 26)), actor=make_staff(Role.REGISTRAR), now=early)
    assert Person.objects.count() == 1


@pytest.mark.requirement("A03")
def test_an_account_acts_for_a_person_until_it_takes_them_off_its_list():
    person = make_person()
    account = make_patient(make_person().id)
    facts: dict[str, Any] = {"account_id": UUID(account.id), "person_id": person.id, "actor": account, "now": TEN}
    link_person(**facts, relation="CHILD")
    with pytest.raises(AlreadyLinked):
        link_person(**facts, relation="SPOUSE")
    assert {linked.relation for linked in list_linked_people(actor=account, now=TEN)} == {"SELF", "CHILD"}
    unlink_person(**facts)
    with pytest.raises(UnknownPerson):
        unlink_person(**facts)
    with pytest.raises(UnknownPerson):
        get_person(actor=account, person_id=person.id, now=TEN)
    link_person(**facts, relation="CHILD")
    assert AccountPerson.objects.filter(person=person).count() == 2  # the ended one is kept


def test_an_unknown_relation_is_refused():
    account = make_patient(make_person().id)
    with pytest.raises(IncompletePerson):
        link_person(account_id=UUID(account.id), person_id=make_person().id, relation="BOSS", actor=account, now=TEN)


@pytest.mark.requirement("N10")
def test_a_campus_gives_a_person_one_record_number():
    person_id, _ = create()
    first = ensure_record_number(person_id=person_id, campus_code=make_person().local_numbers.get().campus_id)
    assert first.startswith("IMC-")
    assert ensure_record_number(person_id=person_id, campus_code="IMC") == first
    assert ensure_record_number(person_id=create()[0], campus_code="IMC") != first


def test_a_birthday_far_in_the_past_is_possible():
    create(birth_date=TEN.date() - timedelta(days=365 * 120))
    assert Person.objects.count() == 1


@pytest.mark.requirement("N20")
def test_the_refusal_names_the_fields_in_the_readers_language():
    refusal = IncompletePerson(fields="name, birth_date")
    with translation.override("en"):
        assert refusal.message == "Please check: full name, date of birth."
    with translation.override("zh-hans"):
        assert refusal.message == "请检查：姓名、出生日期。"
