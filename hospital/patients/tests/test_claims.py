"""Claims: a record of the window is linked after a code or the desk has said so, never before (A03, N10, N14)."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from uuid import UUID

import pytest

from hospital.accounts.models import PatientAccount
from hospital.audit.models import AuditEntry
from hospital.encounters.tests.clinic import TEN, make_staff
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.ids import new_id
from hospital.kernel.tests.threads import run_together
from hospital.patients.api import (
    accept_claim,
    create_claim_code,
    create_person,
    get_claim,
    get_claimant,
    list_claims,
    list_linked_people,
    list_open_claims,
    open_claim,
    refuse_claim,
    verify_claim,
    withdraw_claim,
)
from hospital.patients.errors import (
    AlreadyLinked,
    ClaimCodeSentRecently,
    ClaimEnded,
    ClaimOpen,
    GuardianConsentNeeded,
    GuardianNeeded,
    NoCodePossible,
    NotRegistrar,
    ReasonUnknown,
    RecordNotChosen,
    SelfTaken,
    TooManyTries,
    UnknownClaim,
    WrongClaimCode,
)
from hospital.patients.models import AccountPerson, Claim, Person
from hospital.patients.tests.factories import new_person
from hospital.patients.types import ClaimState, NewClaim, NewDocument

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A03", "N10")]


def account() -> Actor:
    made = PatientAccount.objects.create(email_index=f"mail-{new_id()}", created_at=TEN)
    return Actor(kind=ActorKind.PATIENT, id=str(made.id), label="patient account")


def at_window(number: str = "533100427", **changes) -> UUID:
    person_id, _ = create_person(
        new=new_person(document={"number": number}, **changes), actor=make_staff(Role.REGISTRAR), now=TEN
    )
    return person_id


def claim(number: str = "533100427", **changes) -> NewClaim:
    new = NewClaim(
        document=NewDocument(type="PASSPORT", number=number, issuer="GBR"),
        family_name="FRASER WHITCOMBE",
        given_names="Alistair James",
        birth_date=date(1979, 3, 14),
        relation="SELF",
    )
    return replace(new, **changes)


def test_a_code_to_the_address_on_file_links_the_record():
    person_id, owner = at_window(), account()
    claim_id = open_claim(new=claim("533 100-427"), actor=owner, now=TEN)
    card = get_claim(claim_id=claim_id, actor=owner, now=TEN)
    assert (card.state, card.masked_email, card.person_id) == (ClaimState.OPEN, "a****@example.com", None)
    assert list_linked_people(actor=owner, now=TEN) == []
    address, code = create_claim_code(claim_id=claim_id, actor=owner, now=TEN)
    assert address == "alistair@example.com"
    assert verify_claim(claim_id=claim_id, code=f" {code} ", actor=owner, now=TEN) == person_id
    (linked,) = list_linked_people(actor=owner, now=TEN)
    assert (linked.person.id, linked.relation, linked.are_records_open) == (person_id, "SELF", True)
    assert Person.objects.count() == 1
    assert get_claim(claim_id=claim_id, actor=owner, now=TEN).state is ClaimState.VERIFIED
    actions = list(AuditEntry.objects.filter(subject_kind="claim").order_by("pk").values_list("action", flat=True))
    assert actions == ["patients.open_claim", "patients.send_claim_code", "patients.verify_claim"]
    with pytest.raises(ClaimEnded):
        verify_claim(claim_id=claim_id, code=code, actor=owner, now=TEN)


@pytest.mark.parametrize(
    "changes",
    [
        {"birth_date": date(1979, 3, 15)},
        {"given_names": "Alistair"},
        {"family_name": "Fraser"},
        {"document": NewDocument(type="PASSPORT", number="533100428", issuer="GBR")},
        {"document": NewDocument(type="PASSPORT", number="533100427", issuer="FRA")},
        {"document": NewDocument(type="OTHER", number="533100427", issuer="GBR")},
    ],
)
def test_whoever_does_not_know_all_three_learns_nothing(changes):
    at_window()
    asker, other = account(), account()
    tried = get_claim(claim_id=open_claim(new=claim(**changes), actor=asker, now=TEN), actor=asker, now=TEN)
    unknown = claim(**changes | {"document": NewDocument(type="PASSPORT", number="999999999", issuer="GBR")})
    nobody = get_claim(claim_id=open_claim(new=unknown, actor=other, now=TEN), actor=other, now=TEN)
    assert (tried.state, tried.masked_email, tried.is_code_sent) == (nobody.state, "", False)
    assert nobody.masked_email == ""
    with pytest.raises(NoCodePossible):
        create_claim_code(claim_id=tried.id, actor=asker, now=TEN)
    with pytest.raises(ClaimEnded):
        verify_claim(claim_id=tried.id, code="000000", actor=asker, now=TEN)
    assert not AccountPerson.objects.exists()


def test_a_record_without_an_address_or_kept_confidential_opens_at_the_desk_alone():
    at_window("533100001", email="")
    hidden = at_window("533100002")
    Person.objects.filter(pk=hidden).update(is_confidential=True)
    for number in ("533100001", "533100002"):
        asker = account()
        claim_id = open_claim(new=claim(number), actor=asker, now=TEN)
        assert get_claim(claim_id=claim_id, actor=asker, now=TEN).masked_email == ""
        with pytest.raises(NoCodePossible):
            create_claim_code(claim_id=claim_id, actor=asker, now=TEN)


def test_codes_are_guessed_five_times_and_sent_three_times():
    at_window()
    owner = account()
    claim_id = open_claim(new=claim(), actor=owner, now=TEN)
    for round_ in range(3):
        now = TEN + timedelta(minutes=2 * round_)
        _, code = create_claim_code(claim_id=claim_id, actor=owner, now=now)
        with pytest.raises(ClaimCodeSentRecently if round_ < 2 else NoCodePossible):
            create_claim_code(claim_id=claim_id, actor=owner, now=now + timedelta(seconds=30))
        wrong = f"{(int(code) + 1) % 1_000_000:06d}"
        for _ in range(5):
            with pytest.raises(WrongClaimCode):
                verify_claim(claim_id=claim_id, code=wrong, actor=owner, now=now)
        with pytest.raises(WrongClaimCode):
            verify_claim(claim_id=claim_id, code=code, actor=owner, now=now)
    with pytest.raises(NoCodePossible):
        create_claim_code(claim_id=claim_id, actor=owner, now=TEN + timedelta(hours=1))
    assert not AccountPerson.objects.exists()
    assert AuditEntry.objects.filter(action="patients.verify_claim", was_refused=True).count() == 18


def test_a_code_ends_after_ten_minutes_and_a_claim_after_fourteen_days():
    at_window()
    owner = account()
    claim_id = open_claim(new=claim(), actor=owner, now=TEN)
    _, code = create_claim_code(claim_id=claim_id, actor=owner, now=TEN)
    with pytest.raises(WrongClaimCode):
        verify_claim(claim_id=claim_id, code=code, actor=owner, now=TEN + timedelta(minutes=10))
    later = TEN + timedelta(days=14)
    with pytest.raises(ClaimEnded):
        create_claim_code(claim_id=claim_id, actor=owner, now=later)
    assert [each.state for each in list_claims(actor=owner, now=later)] == [ClaimState.EXPIRED]
    assert list_open_claims(actor=make_staff(Role.REGISTRAR), now=later) == []
    open_claim(new=claim(), actor=owner, now=later)


def test_the_desk_accepts_for_the_record_it_chooses():
    person_id, owner, clerk = at_window(), account(), make_staff(Role.REGISTRAR)
    typed = claim(given_names="Alastair J", relation="PARENT")
    claim_id = open_claim(new=typed, actor=owner, now=TEN)
    (pending,) = list_open_claims(actor=clerk, now=TEN)
    assert (pending.matching_id, [each.id for each in pending.candidates]) == (None, [person_id])
    assert "533100427" not in str(pending)
    assert get_claimant(claim_id=claim_id, actor=clerk) == ""
    with pytest.raises(RecordNotChosen):
        accept_claim(claim_id=claim_id, person_id=None, actor=clerk, now=TEN)
    with pytest.raises(RecordNotChosen):
        accept_claim(claim_id=claim_id, person_id=new_id(), actor=clerk, now=TEN)
    accept_claim(claim_id=claim_id, person_id=person_id, actor=clerk, now=TEN)
    (linked,) = list_linked_people(actor=owner, now=TEN)
    assert (linked.person.id, linked.relation, linked.are_records_open) == (person_id, "PARENT", True)
    with pytest.raises(ClaimEnded):
        refuse_claim(claim_id=claim_id, reason="NOT_ENOUGH", actor=clerk, now=TEN)


def test_the_desk_refuses_with_a_reason_that_the_account_reads():
    at_window()
    owner, clerk = account(), make_staff(Role.REGISTRAR)
    claim_id = open_claim(new=claim(), actor=owner, now=TEN)
    with pytest.raises(ReasonUnknown):
        refuse_claim(claim_id=claim_id, reason="because", actor=clerk, now=TEN)
    refuse_claim(claim_id=claim_id, reason="OTHER_PERSON", actor=clerk, now=TEN)
    (card,) = list_claims(actor=owner, now=TEN)
    assert (card.state, card.reason, card.masked_email) == (ClaimState.REFUSED, "OTHER_PERSON", "")
    assert not AccountPerson.objects.exists()


@pytest.mark.requirement("N14")
def test_only_its_account_and_the_desk_touch_a_claim():
    at_window()
    owner, stranger = account(), account()
    claim_id = open_claim(new=claim(), actor=owner, now=TEN)
    _, code = create_claim_code(claim_id=claim_id, actor=owner, now=TEN)
    for act in (
        partial(get_claim, claim_id=claim_id, actor=stranger, now=TEN),
        partial(create_claim_code, claim_id=claim_id, actor=stranger, now=TEN),
        partial(verify_claim, claim_id=claim_id, code=code, actor=stranger, now=TEN),
        partial(withdraw_claim, claim_id=claim_id, actor=stranger, now=TEN),
    ):
        with pytest.raises(UnknownClaim):
            act()
    for somebody in (stranger, owner, make_staff(Role.DOCTOR), make_staff(Role.CASHIER)):
        with pytest.raises(NotRegistrar):
            list_open_claims(actor=somebody, now=TEN)
        with pytest.raises(NotRegistrar):
            accept_claim(claim_id=claim_id, person_id=None, actor=somebody, now=TEN)
        with pytest.raises(NotRegistrar):
            refuse_claim(claim_id=claim_id, reason="NOT_ENOUGH", actor=somebody, now=TEN)
    assert Claim.objects.get().state == ClaimState.OPEN


def test_an_account_asks_once_at_a_time_and_five_times_a_day():
    owner = account()
    first = open_claim(new=claim("1000001"), actor=owner, now=TEN)
    with pytest.raises(ClaimOpen):
        open_claim(new=claim("1000001"), actor=owner, now=TEN)
    withdraw_claim(claim_id=first, actor=owner, now=TEN)
    for number in range(2, 6):
        open_claim(new=claim(f"100000{number}"), actor=owner, now=TEN)
    with pytest.raises(TooManyTries):
        open_claim(new=claim("1000009"), actor=owner, now=TEN + timedelta(hours=23))
    open_claim(new=claim("1000009"), actor=owner, now=TEN + timedelta(hours=25))


def test_a_document_is_asked_for_five_times_a_day_whoever_asks():
    for _ in range(5):
        open_claim(new=claim(), actor=account(), now=TEN)
    with pytest.raises(TooManyTries):
        open_claim(new=claim(), actor=account(), now=TEN)


def test_what_age_and_links_forbid_is_refused_first():
    person_id, owner = at_window(), account()
    AccountPerson.objects.create(account_id=owner.id, person_id=person_id, relation="SELF", added_at=TEN)
    with pytest.raises(SelfTaken):
        open_claim(new=claim(), actor=owner, now=TEN)
    with pytest.raises(AlreadyLinked):
        open_claim(new=claim(relation="OTHER"), actor=owner, now=TEN)
    with pytest.raises(GuardianNeeded):
        open_claim(new=claim(birth_date=date(2010, 1, 1)), actor=account(), now=TEN)
    with pytest.raises(GuardianConsentNeeded):
        open_claim(new=claim(birth_date=date(2015, 1, 1), relation="CHILD"), actor=account(), now=TEN)
    assert not Claim.objects.exists()


@pytest.mark.requirement("N22")
@pytest.mark.django_db(transaction=True)
def test_two_taps_at_once_open_one_claim():
    owner = account()
    outcomes = run_together([partial(open_claim, new=claim(), actor=owner, now=TEN)] * 4)
    assert sorted(type(each).__name__ for each in outcomes) == ["ClaimOpen"] * 3 + ["UUID"]
    assert Claim.objects.count() == 1


@pytest.mark.requirement("N22")
@pytest.mark.django_db(transaction=True)
def test_code_and_desk_at_once_end_a_claim_once():
    person_id, owner, clerk = at_window(), account(), make_staff(Role.REGISTRAR)
    claim_id = open_claim(new=claim(), actor=owner, now=TEN)
    _, code = create_claim_code(claim_id=claim_id, actor=owner, now=TEN)
    outcomes = run_together(
        [
            partial(verify_claim, claim_id=claim_id, code=code, actor=owner, now=TEN),
            partial(accept_claim, claim_id=claim_id, person_id=person_id, actor=clerk, now=TEN),
            partial(refuse_claim, claim_id=claim_id, reason="NOT_ENOUGH", actor=clerk, now=TEN),
        ]
    )
    assert sum(isinstance(each, ClaimEnded) for each in outcomes) == 2
    is_linked = AccountPerson.objects.filter(person_id=person_id).count()
    assert is_linked == (Claim.objects.get().state == ClaimState.VERIFIED)


@pytest.mark.requirement("N22")
@pytest.mark.django_db(transaction=True)
def test_two_accounts_may_both_claim_their_child_and_neither_twice():
    at_window(birth_date=date(2015, 6, 1))
    mother, father = account(), account()
    new = claim(birth_date=date(2015, 6, 1), relation="CHILD", guardian_notice=1)
    codes = {}
    for parent in (mother, father):
        claim_id = open_claim(new=new, actor=parent, now=TEN)
        _, code = create_claim_code(claim_id=claim_id, actor=parent, now=TEN)
        codes[parent.id] = partial(verify_claim, claim_id=claim_id, code=code, actor=parent, now=TEN)
    outcomes = run_together([codes[mother.id], codes[mother.id], codes[father.id], codes[father.id]])
    assert sorted(type(each).__name__ for each in outcomes).count("UUID") == 2
    links = AccountPerson.objects.all()
    assert {str(link.account_id) for link in links} == {mother.id, father.id}
    assert all(link.guardian_consent_at == TEN for link in links)


@pytest.mark.requirement("N14")
def test_the_desk_reads_many_claims_with_few_statements(django_assert_num_queries):
    clerk = make_staff(Role.REGISTRAR)
    for number in range(12):
        at_window(f"53310{number:04d}")
        open_claim(new=claim(f"53310{number:04d}"), actor=account(), now=TEN)
    with django_assert_num_queries(7):
        assert len(list_open_claims(actor=clerk, now=TEN)) == 12
