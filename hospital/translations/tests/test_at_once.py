"""Two people at one moment: one translates, one releases, one document has one translation."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from hospital.audit.models import AuditEntry
from hospital.kernel.actors import Actor
from hospital.kernel.errors import Refusal
from hospital.translations import api
from hospital.translations.models import Translation
from hospital.translations.tests.factories import NOON, make_source, make_translator, write

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.requirement("D55")]


def at_once(people: list[Actor], act: Callable[[Actor], object]) -> Counter[str]:
    """Runs `act` for each of the people in threads that start together; how each ended."""
    start = Barrier(len(people))

    def run(actor: Actor) -> str:
        start.wait()
        try:
            act(actor)
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(people)) as pool:
        return Counter(pool.map(run, people))


def test_one_is_asked_for_one_takes_it_and_one_releases_it() -> None:
    people = [make_translator(f"person {number}") for number in range(4)]
    source = make_source()
    ended = at_once(people, lambda actor: api.request_translation(source=source, actor=actor, now=NOON))
    assert ended == {"done": 4}
    translation_id = Translation.objects.get().id
    ended = at_once(
        people,
        lambda actor: api.save_segment(translation_id=translation_id, position=1, text="Knee", actor=actor, now=NOON),
    )
    assert ended == {"done": 1, "not_your_translation": 3}
    taker = Translation.objects.get().translator_id
    (translator,) = [actor for actor in people if actor.id == str(taker)]
    write(translation_id, translator)
    api.submit_translation(translation_id=translation_id, actor=translator, now=NOON)
    ended = at_once(people, lambda actor: api.release_translation(translation_id=translation_id, actor=actor, now=NOON))
    # The translator is refused either as its translator or, after the release, as everybody who comes later.
    assert ended["done"] == 1
    assert sum(ended.values()) == 4
    assert AuditEntry.objects.filter(action="translations.release").count() == 1
