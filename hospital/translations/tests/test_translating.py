"""From the request to the release by a second person; nothing stale and nothing unreviewed comes back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from hospital.audit.api import list_versions
from hospital.audit.models import AuditEntry
from hospital.kernel.actors import system_actor
from hospital.translations import api
from hospital.translations.errors import (
    CannotAccept,
    FindingsOpen,
    MachineDraftFailed,
    MachineDraftOff,
    MachineDraftUnread,
    NothingToTranslate,
    NotTranslator,
    NotYourTranslation,
    SecondReaderIsTranslator,
    TranslationMoved,
    TranslationReasonMissing,
)
from hospital.translations.models import Segment, Translation
from hospital.translations.ports import MachineUnavailable
from hospital.translations.rules.terms import Term
from hospital.translations.states import Origin, TranslationState
from hospital.translations.tests.factories import (
    NOON,
    SUBJECT,
    TEXTS,
    make_source,
    make_translator,
    release,
    request,
    write,
)
from hospital.translations.types import FindingKind

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("D55")]


@pytest.fixture
def people():
    return make_translator("song"), make_translator("guo")


def state_of(translation_id) -> str:
    return Translation.objects.get(pk=translation_id).state


@pytest.mark.requirement("N05")
def test_two_people_make_a_translation_and_only_then_it_is_there(people) -> None:
    translator, reader = people
    translation_id = request()
    assert api.get_current_translation(subject=SUBJECT, source_hash="d1") is None
    write(translation_id, translator)
    api.submit_translation(translation_id=translation_id, actor=translator, now=NOON)
    assert api.get_current_translation(subject=SUBJECT, source_hash="d1") is None
    with pytest.raises(SecondReaderIsTranslator):
        api.release_translation(translation_id=translation_id, actor=translator, now=NOON)
    api.release_translation(translation_id=translation_id, actor=reader, now=NOON)
    current = api.get_current_translation(subject=SUBJECT, source_hash="d1")
    assert current is not None
    assert current.texts == {key: en for key, (_, en) in TEXTS.items()}
    assert (current.translator.en, current.reviewer.en, current.language) == ("Song", "Guo", "en")


def test_the_database_wants_two_people(people) -> None:
    translator, _ = people
    translation_id = request()
    write(translation_id, translator)
    with pytest.raises(IntegrityError, match="translation_two_people"), transaction.atomic():
        Translation.objects.filter(pk=translation_id).update(reviewer_id=translator.id)


@pytest.mark.requirement("N19")
def test_an_amended_source_leaves_no_translation_and_reuses_what_did_not_change(people) -> None:
    first = request()
    release(first, *people)
    texts = {key: zh for key, (zh, _) in TEXTS.items()} | {"plan.1": "布洛芬 0.2 g，每日 2 次，共 5 天。"}
    amended = make_source(texts, version=2, digest="d2")
    assert api.get_current_translation(subject=SUBJECT, source_hash="d2") is None
    second = request(amended)
    kept = {each.key: each for each in Segment.objects.filter(translation_id=second)}
    assert (kept["complaint.1"].target, kept["complaint.1"].origin) == (TEXTS["complaint.1"][1], Origin.EARLIER)
    assert (kept["plan.1"].target, kept["plan.1"].origin) == ("", Origin.NONE)
    assert [card.source_version for card in api.list_editions(subject=SUBJECT)] == [2, 1]
    # The paper of the first version may still be asked for, by its own hash.
    assert api.get_current_translation(subject=SUBJECT, source_hash="d1") is not None


def test_words_translated_elsewhere_are_offered_and_an_open_one_is_overtaken(people) -> None:
    release(request(), *people)
    other = make_source(digest="x", subject=type(SUBJECT)("letters.letter", "L-2"))
    translation_id = request(other)
    assert set(Segment.objects.filter(translation_id=translation_id).values_list("origin", flat=True)) == {
        Origin.MEMORY
    }
    newer = request(make_source(digest="y", version=2, subject=other.subject))
    assert state_of(translation_id) == TranslationState.OVERTAKEN
    assert state_of(newer) == TranslationState.DRAFT
    with pytest.raises(TranslationMoved):
        api.save_segment(translation_id=translation_id, position=1, text="late", actor=people[0], now=NOON)
    # The source goes back to what it was: asked for anew.
    assert state_of(request(other)) == TranslationState.DRAFT


def test_asking_twice_is_asking_once_and_nothing_is_not_asked_for(people) -> None:
    assert request() == request()
    assert Translation.objects.count() == 1
    api.request_translation(source=make_source(), is_urgent=True, actor=system_actor("test"), now=NOON)
    assert Translation.objects.get().is_urgent
    with pytest.raises(NothingToTranslate):
        request(make_source({"a": "  "}, digest="e"))


def test_findings_are_mended_or_accepted_before_the_text_goes_on(people) -> None:
    translator, reader = people
    translation_id = request()
    write(
        translation_id,
        translator,
        {"complaint.1": "Pain in the right knee for three days.", "plan.1": TEXTS["plan.1"][1]},
    )
    with pytest.raises(FindingsOpen) as refused:
        api.submit_translation(translation_id=translation_id, actor=translator, now=NOON)
    assert refused.value.facts["count"] == 1
    view = api.get_translation(translation_id=translation_id, actor=translator, now=NOON)
    (found,) = view.segments[0].findings
    assert found.finding.kind is FindingKind.SIDE
    accept: dict[str, Any] = {"translation_id": translation_id, "position": 1, "actor": translator, "now": NOON}
    with pytest.raises(TranslationReasonMissing):
        api.accept_finding(code=found.finding.code, reason=" ", **accept)
    with pytest.raises(CannotAccept):
        api.accept_finding(code="SIDE::elsewhere", reason="so", **accept)
    segment = api.accept_finding(code=found.finding.code, reason="The doctor confirmed the right knee", **accept)
    assert not segment.findings[0].is_open
    api.submit_translation(translation_id=translation_id, actor=translator, now=NOON)
    api.release_translation(translation_id=translation_id, actor=reader, now=NOON)


def test_an_empty_segment_cannot_be_accepted(people) -> None:
    translation_id = request()
    view = api.get_translation(translation_id=translation_id, actor=people[0], now=NOON)
    with pytest.raises(CannotAccept):
        api.accept_finding(
            translation_id=translation_id,
            position=1,
            code=view.segments[0].findings[0].finding.code,
            reason="later",
            actor=people[0],
            now=NOON,
        )


def test_a_term_that_came_meanwhile_holds_the_release(people) -> None:
    translator, reader = people
    translation_id = request()
    write(translation_id, translator)
    api.submit_translation(translation_id=translation_id, actor=translator, now=NOON)
    api.add_term(term=Term("布洛芬", "Brufen"), actor=reader, now=NOON)
    with pytest.raises(FindingsOpen):
        api.release_translation(translation_id=translation_id, actor=reader, now=NOON)
    assert state_of(translation_id) == TranslationState.SUBMITTED


def test_the_second_reader_gives_back_with_a_reason(people) -> None:
    translator, reader = people
    translation_id = request()
    write(translation_id, translator)
    api.submit_translation(translation_id=translation_id, actor=translator, now=NOON)
    with pytest.raises(TranslationMoved):
        api.save_segment(translation_id=translation_id, position=1, text="late", actor=translator, now=NOON)
    with pytest.raises(TranslationReasonMissing):
        api.return_translation(translation_id=translation_id, reason="", actor=reader, now=NOON)
    api.return_translation(translation_id=translation_id, reason="Say since when", actor=reader, now=NOON)
    view = api.get_translation(translation_id=translation_id, actor=translator, now=NOON)
    assert (view.card.state, view.return_reason) == (TranslationState.RETURNED, "Say since when")
    api.submit_translation(translation_id=translation_id, actor=translator, now=NOON)


def test_who_took_it_writes_it_and_strangers_do_not(people) -> None:
    translator, reader = people
    translation_id = request()
    api.save_segment(translation_id=translation_id, position=1, text="Mine", actor=translator, now=NOON)
    with pytest.raises(NotYourTranslation):
        api.save_segment(translation_id=translation_id, position=1, text="Yours", actor=reader, now=NOON)
    stranger = make_translator("stranger", campus="SOUTH")
    for act in (api.submit_translation, api.release_translation, api.get_translation):
        with pytest.raises(NotTranslator):
            act(translation_id=translation_id, actor=stranger, now=NOON)
    assert api.list_translations(actor=stranger) == []
    assert Segment.objects.get(translation_id=translation_id, position=1).target == "Mine"


@pytest.mark.requirement("N19")
def test_what_was_released_stays_and_a_correction_is_a_new_edition(people) -> None:
    translator, reader = people
    translation_id = request()
    release(translation_id, *people)
    changes: list[Callable[[], object]] = [
        lambda: Translation.objects.update(title_en="x"),
        lambda: Segment.objects.update(target="x"),
        lambda: Segment.objects.all().delete(),
    ]
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    again = api.reopen_translation(translation_id=translation_id, reason="A typing error", actor=reader, now=NOON)
    with pytest.raises(TranslationMoved):
        api.reopen_translation(translation_id=translation_id, reason="Twice", actor=reader, now=NOON)
    write(again, reader, {"complaint.1": "Left knee pain for three days."})
    before = api.get_current_translation(subject=SUBJECT, source_hash="d1")
    assert before is not None
    assert before.edition == 1
    api.submit_translation(translation_id=again, actor=reader, now=NOON)
    api.release_translation(translation_id=again, actor=translator, now=NOON)
    after = api.get_current_translation(subject=SUBJECT, source_hash="d1")
    assert after is not None
    assert (after.edition, after.texts["complaint.1"]) == (2, "Left knee pain for three days.")
    segment = Segment.objects.get(translation_id=again, position=1)
    assert [each.operation for each in list_versions(table_name="translations_segment", row_id=str(segment.id))] == [
        "INSERT",
        "UPDATE",
    ]
    acts = AuditEntry.objects.filter(subject_kind="translation", subject_id=str(again)).values_list("action", flat=True)
    assert set(acts) >= {"translations.reopen", "translations.release"}


class Machine:
    def __init__(self, *, fails: bool = False) -> None:
        self.fails = fails

    def draft_texts(self, texts, *, source, target):
        if self.fails:
            raise MachineUnavailable
        return [f"{text} drafted" for text in texts]


def test_a_machine_drafts_only_where_it_is_turned_on_and_its_text_is_checked(people, monkeypatch) -> None:
    translator, _ = people
    translation_id = request()
    with pytest.raises(MachineDraftOff):
        api.draft_by_machine(translation_id=translation_id, actor=translator, now=NOON)
    place = "hospital.translations.services.writing.get_machine_translator"
    monkeypatch.setattr(place, lambda: Machine(fails=True))
    with pytest.raises(MachineDraftFailed):
        api.draft_by_machine(translation_id=translation_id, actor=translator, now=NOON)
    monkeypatch.setattr(place, lambda: Machine())
    api.save_segment(
        translation_id=translation_id, position=1, text=TEXTS["complaint.1"][1], actor=translator, now=NOON
    )
    assert api.draft_by_machine(translation_id=translation_id, actor=translator, now=NOON) == 1
    drafted = Segment.objects.get(translation_id=translation_id, position=2)
    assert drafted.origin == Origin.MACHINE
    with pytest.raises(FindingsOpen):  # Chinese is left in it
        api.submit_translation(translation_id=translation_id, actor=translator, now=NOON)
    # A changed draft still says where it comes from.
    api.save_segment(translation_id=translation_id, position=2, text=TEXTS["plan.1"][1], actor=translator, now=NOON)
    drafted.refresh_from_db()
    assert drafted.origin == Origin.EDITED


class Fluent:
    """A machine that translates as a person would."""

    def draft_texts(self, texts, *, source, target):
        return [english for _, english in TEXTS.values()]


def test_a_machine_draft_passes_on_once_each_segment_is_confirmed_or_changed(people, monkeypatch) -> None:
    translator, reader = people
    translation_id = request()
    monkeypatch.setattr("hospital.translations.services.writing.get_machine_translator", Fluent)
    assert api.draft_by_machine(translation_id=translation_id, actor=translator, now=NOON) == 2
    for unread in (2, 1):
        with pytest.raises(MachineDraftUnread) as refused:
            api.submit_translation(translation_id=translation_id, actor=translator, now=NOON)
        assert refused.value.facts["count"] == unread
        # Saving it as it is, as the page does by itself, confirms nothing.
        text = TEXTS["complaint.1"][1]
        api.save_segment(translation_id=translation_id, position=1, text=text, actor=translator, now=NOON)
        api.confirm_segment(translation_id=translation_id, position=3 - unread, actor=translator, now=NOON)
    api.submit_translation(translation_id=translation_id, actor=translator, now=NOON)
    view = api.get_translation(translation_id=translation_id, actor=reader, now=NOON)
    assert (view.unread, view.machine_made) == (0, 2)
    assert {each.origin for each in view.segments} == {Origin.READ}


def test_the_translation_of_a_void_source_is_cancelled_with_the_reason(people) -> None:
    translator, _ = people
    translation_id = request()
    api.save_segment(translation_id=translation_id, position=1, text="Pain", actor=translator, now=NOON)
    with pytest.raises(TranslationReasonMissing):
        api.end_translations(subject=SUBJECT, reason=" ", actor=translator, now=NOON)
    assert api.end_translations(subject=SUBJECT, keep_digest="d1", reason="", actor=translator, now=NOON) == 0
    assert api.end_translations(subject=SUBJECT, reason="Wrong patient", actor=translator, now=NOON) == 1
    view = api.get_translation(translation_id=translation_id, actor=translator, now=NOON)
    assert (view.card.state, view.end_reason) == (TranslationState.CANCELLED, "Wrong patient")
    assert api.list_translations(actor=translator) == []
    with pytest.raises(TranslationMoved):
        api.save_segment(translation_id=translation_id, position=1, text="Again", actor=translator, now=NOON)
    assert api.end_translations(subject=SUBJECT, reason="Wrong patient", actor=translator, now=NOON) == 0


def test_lists_and_pages_cost_the_same_however_long(people, django_assert_num_queries) -> None:
    for number in range(6):
        request(make_source(digest=f"q{number}", subject=type(SUBJECT)("letters.letter", f"Q{number}")))
    urgent = make_source(digest="u", subject=type(SUBJECT)("letters.letter", "U"))
    api.request_translation(source=urgent, is_urgent=True, actor=system_actor("test"), now=NOON)
    with django_assert_num_queries(1):
        cards = api.list_translations(actor=people[0])
    assert len(cards) == 7
    assert cards[0].is_urgent
    long = request(
        make_source({f"s.{n}": f"疼痛 {n} 天" for n in range(80)}, digest="l", subject=type(SUBJECT)("a", "b"))
    )
    with django_assert_num_queries(5):
        api.get_translation(translation_id=long, actor=people[0], now=NOON)
