"""The hash chain over the trail: it covers every entry once, and shows every later change (N14)."""

from threading import Event, Thread

import pytest
from django.db import connection, transaction

from hospital.audit.api import find_broken_seal, record_act, seal_entries
from hospital.audit.models import AuditEntry, AuditSeal, SealMark
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.actors import system_actor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.requirement("N14")]


def act(action="tests.act"):
    record_act(actor=system_actor("test"), action=action, subject_kind="t", subject_id="1", now=TEN)


def seal():
    """Two rounds: the first notes how far entries go, the second finds them complete."""
    return seal_entries(now=TEN) + seal_entries(now=TEN)


def tamper(statement):
    """What somebody with every right on the database could do."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER append_only")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER append_only")


@pytest.fixture
def chain():
    """Three links over entries of this test; those that earlier tests left are in the first."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_entry")
    for link in range(3):
        for number in range(3):
            act(f"tests.link{link}_{number}")
        assert seal() == 3
    return list(AuditSeal.objects.order_by("first_id"))


def test_links_join_and_cover_every_entry_once(chain):
    assert [link.previous_hash for link in chain[1:]] == [link.hash for link in chain[:-1]]
    covered = [n for link in chain for n in range(link.first_id, link.last_id + 1)]
    assert covered == list(AuditEntry.objects.order_by("id").values_list("id", flat=True))
    assert find_broken_seal() is None
    assert seal() == 0


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_entry SET reason = 'nothing to see' WHERE id = {id}",
        "UPDATE audit_entry SET actor_id = 'somebody' WHERE id = {id}",
        "UPDATE audit_entry SET details = '{{\"a\": 1}}' WHERE id = {id}",
        "UPDATE audit_entry SET at = at + interval '1 second' WHERE id = {id}",
        "DELETE FROM audit_entry WHERE id = {id}",
    ],
)
def test_a_change_by_whoever_may_do_anything_is_found(chain, change):
    tamper(change.format(id=chain[1].first_id + 1))
    assert find_broken_seal() == chain[1].first_id


def test_an_entry_put_in_later_and_a_link_written_anew_are_found(chain):
    middle = chain[1]
    tamper(f"DELETE FROM audit_entry WHERE id = {middle.last_id}")
    AuditSeal.objects.filter(pk=middle.pk).update(entries=2, last_id=middle.last_id - 1)
    assert find_broken_seal() == middle.first_id
    AuditSeal.objects.filter(pk=middle.pk).delete()
    assert find_broken_seal() == chain[2].first_id


def test_an_entry_of_a_long_transaction_is_not_passed_over(chain):
    has_written, may_commit = Event(), Event()

    def write_slowly():
        try:
            with transaction.atomic():
                act("tests.slow")
                has_written.set()
                may_commit.wait(30)
        finally:
            connection.close()

    slow = Thread(target=write_slowly)
    slow.start()
    assert has_written.wait(30)
    act("tests.quick")  # has the greater number and is there first
    assert seal() + seal() == 0
    may_commit.set()
    slow.join()
    assert seal() == 2
    assert list(AuditEntry.objects.order_by("-id").values_list("action", flat=True)[:2]) == [
        "tests.quick",
        "tests.slow",
    ]
    assert find_broken_seal() is None


def test_many_entries_are_sealed_in_several_links(chain):
    for _ in range(5):
        act()
    seal_entries(now=TEN)
    assert [seal_entries(now=TEN, limit=2) for _ in range(4)] == [2, 2, 1, 0]
    assert find_broken_seal() is None


def test_after_a_restore_whose_transactions_count_anew_sealing_goes_on(chain):
    SealMark.objects.update(txid=2**62)
    act()
    assert seal() == 1
    assert find_broken_seal() is None
