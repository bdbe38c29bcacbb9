"""Who gets a bed, and who is refused: the database decides (N12)."""

from datetime import timedelta
from functools import partial

import pytest

from hospital.audit.models import AuditEntry
from hospital.beds import errors
from hospital.beds.api import change_stay, close_bed, free_bed, get_stay, give_back_bed, occupy_bed, reserve_bed
from hospital.beds.models import BedStay
from hospital.beds.states import StayState
from hospital.beds.tests.factories import make_bed, make_room
from hospital.beds.types import BedKind
from hospital.encounters.tests.clinic import TEN, make_campus, make_patient, make_person, make_staff
from hospital.kernel.actors import Role
from hospital.kernel.clock import local_day
from hospital.kernel.tests.threads import run_together
from hospital.notifications.models import InboxMessage
from hospital.patients.api import get_person, grant_care_relation, list_linked_people
from hospital.patients.errors import NoCareRelation
from hospital.workflows.tell_patient import tell_patient

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N12")]
TODAY = local_day(TEN)


def desk(campus="IMC"):
    make_campus(campus)
    return make_staff(Role.COORDINATOR, campus=campus)


def known(actor, **facts):
    """Somebody whom the desk may see."""
    person = make_person(**facts)
    grant_care_relation(person_id=person.id, campus_code=actor.campus_code, source="test", now=TEN)
    return person.id


def reserve(actor, bed, person_id, *, day=0, nights=3):
    return reserve_bed(
        bed_id=bed.id, person_id=person_id, starts_on=TODAY + timedelta(days=day), nights=nights, actor=actor, now=TEN
    )


def version_of(stay_id):
    return BedStay.objects.get(pk=stay_id).version


def test_a_bed_of_another_campus_is_reserved_and_the_leaving_day_is_free_again():
    actor = desk()
    bed = make_bed("SOUTH")
    first = reserve(actor, bed, known(actor))
    second = reserve(actor, bed, known(actor), day=3)
    assert [get_stay(stay_id=each, actor=actor).nights for each in (first, second)] == [3, 3]
    assert AuditEntry.objects.filter(action="beds.reserved").count() == 2


def test_a_taken_bed_a_second_bed_and_the_other_sex_are_refused():
    actor = desk()
    left, right = make_room(beds=2, kind=BedKind.DOUBLE)
    woman = known(actor)
    reserve(actor, left, woman)
    with pytest.raises(errors.BedTaken):
        reserve(actor, left, known(actor), day=2)
    with pytest.raises(errors.PatientHasBed):
        reserve(actor, make_bed("SOUTH"), woman, day=1)
    with pytest.raises(errors.RoomOfOtherSex):
        reserve(actor, right, known(actor, sex="M"), day=2)
    reserve(actor, right, known(actor), day=2)
    reserve(actor, left, known(actor, sex="M"), day=5)
    assert BedStay.objects.count() == 3


@pytest.mark.parametrize(("day", "nights"), [(-1, 2), (91, 1), (0, 0), (0, 61)])
def test_days_outside_what_can_be_reserved_are_refused(day, nights):
    actor = desk()
    with pytest.raises(errors.BedDaysWrong):
        reserve(actor, make_bed(), known(actor), day=day, nights=nights)
    assert not BedStay.objects.exists()


def test_only_coordinators_and_nurses_give_beds_and_wards_speak_for_themselves():
    actor = desk()
    bed = make_bed("SOUTH")
    stay = reserve(actor, bed, known(actor))
    for role in (Role.DOCTOR, Role.CASHIER, Role.REGISTRAR):
        other = make_staff(role)
        with pytest.raises(errors.NotBedDesk):
            reserve(other, bed, make_person().id, day=10)
    with pytest.raises(errors.NotBedDesk):
        occupy_bed(stay_id=stay, version=1, actor=actor, now=TEN)
    with pytest.raises(errors.NotBedDesk):
        close_bed(bed_id=bed.id, starts_on=TODAY, nights=1, reason="leak", actor=actor, now=TEN)
    nurse = make_staff(Role.NURSE, campus="SOUTH")
    occupy_bed(stay_id=stay, version=1, actor=nurse, now=TEN)
    assert get_stay(stay_id=stay, actor=actor).state is StayState.OCCUPIED


def test_a_stay_from_reservation_to_leaving():
    actor = desk()
    bed, other = make_bed(), make_bed()
    stay = reserve(actor, bed, known(actor), day=1, nights=2)
    with pytest.raises(errors.NotArrivalDay):
        occupy_bed(stay_id=stay, version=1, actor=actor, now=TEN)
    tomorrow = TEN + timedelta(days=1)
    occupy_bed(stay_id=stay, version=1, actor=actor, now=tomorrow)
    with pytest.raises(errors.StayStepImpossible):
        give_back_bed(stay_id=stay, version=2, reason="no", actor=actor, now=tomorrow)
    change_stay(stay_id=stay, version=2, bed_id=other.id, starts_on=TODAY, nights=4, actor=actor, now=tomorrow)
    card = get_stay(stay_id=stay, actor=actor)
    assert (card.bed.id, card.starts_on, card.nights) == (other.id, TODAY + timedelta(days=1), 4)
    with pytest.raises(errors.StayChanged):
        free_bed(stay_id=stay, version=2, actor=actor, now=tomorrow)
    free_bed(stay_id=stay, version=3, actor=actor, now=TEN + timedelta(days=2))
    reserve_bed(
        bed_id=other.id,
        person_id=known(actor),
        starts_on=TODAY + timedelta(days=2),
        nights=1,
        actor=actor,
        now=TEN + timedelta(days=2),
    )


def test_the_wards_campus_sees_the_patient_while_the_bed_is_theirs():
    actor, nurse = desk(), make_staff(Role.NURSE, campus="SOUTH")
    person_id = known(actor)
    stay = reserve(actor, make_bed("SOUTH"), person_id)
    assert get_person(actor=nurse, person_id=person_id, now=TEN).id == person_id
    give_back_bed(stay_id=stay, version=1, reason="not needed", actor=actor, now=TEN)
    with pytest.raises(NoCareRelation):
        get_person(actor=nurse, person_id=person_id, now=TEN + timedelta(minutes=1))


def test_the_patient_is_told_where_and_when():
    actor = desk()
    account = make_patient(known(actor))
    person_id = list_linked_people(actor=account, now=TEN)[0].person.id
    stay = reserve(actor, make_bed("SOUTH"), person_id, nights=2)
    for _ in range(2):
        tell_patient(
            kind="beds.reserved", subject_id=str(stay), person_id=person_id, encounter_id=None, facts={}, now=TEN
        )
    message = InboxMessage.objects.get()
    assert message.title_en == "A bed is reserved for you"
    assert "2 nights" in message.body_en
    assert "共 2 晚" in message.body_zh


def test_a_change_that_is_refused_keeps_what_was_had():
    actor = desk()
    bed, taken = make_bed(), make_bed()
    reserve(actor, taken, known(actor))
    stay = reserve(actor, bed, known(actor))
    with pytest.raises(errors.BedTaken):
        change_stay(stay_id=stay, version=1, bed_id=taken.id, starts_on=TODAY, nights=3, actor=actor, now=TEN)
    card = get_stay(stay_id=stay, actor=actor)
    assert (card.bed.id, card.version) == (bed.id, 1)


def test_a_closed_bed_is_nobodys_and_given_back_ones_are_free():
    actor = desk()
    bed = make_bed()
    with pytest.raises(errors.BedReasonMissing):
        close_bed(bed_id=bed.id, starts_on=TODAY, nights=2, reason=" ", actor=actor, now=TEN)
    closed = close_bed(bed_id=bed.id, starts_on=TODAY, nights=2, reason="air valve", actor=actor, now=TEN)
    with pytest.raises(errors.BedTaken):
        reserve(actor, bed, known(actor), nights=1)
    free_bed(stay_id=closed, version=1, actor=actor, now=TEN)
    stay = reserve(actor, bed, known(actor))
    with pytest.raises(errors.BedReasonMissing):
        give_back_bed(stay_id=stay, version=1, reason="", actor=actor, now=TEN)
    give_back_bed(stay_id=stay, version=1, reason="operation postponed", actor=actor, now=TEN)
    reserve(actor, bed, known(actor))
    assert version_of(stay) == 2


@pytest.mark.django_db(transaction=True)
def test_two_desks_at_once_and_one_gets_the_last_bed():
    actors = [desk(), desk()]
    bed = make_bed()
    people = [known(actor) for actor in actors]
    works = [partial(reserve, actor, bed, person) for actor, person in zip(actors, people, strict=True)]
    said = run_together(works)
    assert [type(each) for each in said].count(errors.BedTaken) == 1
    assert BedStay.objects.get().id in said
