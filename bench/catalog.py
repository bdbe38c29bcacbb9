"""How quickly the price office finds among fifty thousand rows, and how long a file of twenty thousand takes.

Searches are what people type: pinyin initials, Chinese, English, codes, with and without filters. A file is checked and
taken in by the worker of the product, as when the price office sends it.
"""

import os
import random
import statistics
import time
from typing import Any
from uuid import UUID

NEEDS_PRODUCT = True
ROWS = 50_000
FILE_ROWS = 20_000
ROUNDS = 12
# Enough different words that one of them is in about as many rows as in a hospital's catalog.
_ZH = (
    "血尿便肝肾心肺脑胸腹骨胃肠胆脾眼耳鼻喉牙皮肤甲状腺乳前列细胞分析检查测定平扫增强超声造影培养抗体蛋白酶钾钠钙镁磷铁铜锌电图镜活组织病理"
    "基因核酸杆菌球菌病毒真菌抗原激素胰岛糖脂固醇素注射液片胶囊颗粒针管导丝支架球囊缝线敷料留置引流穿刺切除修补置换移植重建复位固定牵引麻醉"
)
_EN = (
    "blood urine stool liver renal cardiac lung brain chest abdomen bone gastric bowel bile spleen eye ear nose throat "
    "dental skin thyroid breast prostate cell count culture protein antibody antigen enzyme potassium sodium calcium "
    "ultrasound contrast scan biopsy pathology gene virus bacteria fungus hormone insulin glucose lipid injection "
    "tablet capsule needle catheter guidewire stent balloon suture dressing drainage puncture resection repair"
).split()
SEARCHES = (
    "xcg",
    "血细胞",
    "肝功",
    "blood count",
    "chest",
    "ct",
    "2503",
    "xxbfx",
    "protein",
    "血",
    "no such thing",
    "b12",
)


def measure() -> dict[str, float | str]:
    """`catalog_search_p95_ms` at fifty thousand rows, and the seconds that files of twenty thousand take."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    return measure_on_database()


def measure_on_database() -> dict[str, float | str]:
    """The figures, on the database that Django is connected to."""
    from django.db import connection
    from django.utils import timezone

    now = timezone.now()
    first = _take_in(_new_rows(ROWS), now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE catalog_catalogitem; ANALYZE catalog_standardprice")
    times = sorted(_search(now))
    changed = _take_in(_changed_rows(FILE_ROWS), timezone.now())
    fresh = _take_in(_new_rows(FILE_ROWS, begin=ROWS), timezone.now())
    return {
        "catalog_search_p95_ms": round(times[int(len(times) * 0.95)], 1),
        "catalog_search_median_ms": round(statistics.median(times), 1),
        "catalog_import_new_rows_seconds": round(fresh, 1),
        "catalog_import_changed_rows_seconds": round(changed, 1),
        "catalog_import_50000_rows_seconds": round(first, 1),
    }


def _search(now: Any) -> list[float]:
    from hospital.catalog.api import ItemFilter, find_items
    from hospital.catalog.types import CatalogKind, ItemStatus

    asked = [ItemFilter(text=text) for text in SEARCHES]
    asked += [ItemFilter(), ItemFilter(kind=CatalogKind.DRUG), ItemFilter(text="血", kind=CatalogKind.CHARGE_ITEM)]
    asked += [ItemFilter(has_gap=True), ItemFilter(status=ItemStatus.WAITING)]
    times = []
    for _round in range(ROUNDS):
        for each in asked:
            began = time.perf_counter()
            find_items(asked=each, now=now)
            times.append((time.perf_counter() - began) * 1000)
    return times[len(asked) :]


def _take_in(rows: list[list[str]], now: Any) -> float:
    """Seconds to check and to take in one file."""
    from hospital.catalog.api import approve_import, submit_import, write_csv
    from hospital.kernel.actors import Actor, ActorKind, Role

    grants = frozenset({(Role.PRICE_OFFICER, "IMC")})
    maker, checker = (
        Actor(kind=ActorKind.STAFF, id=name, label=name, grants=grants) for name in ("bench.a", "bench.b")
    )
    began = time.perf_counter()
    import_id = submit_import(file_name="bench.csv", content=write_csv(rows), valid_from=None, actor=maker, now=now)
    _wait(import_id, while_state="CHECKING", until="READY")
    approve_import(import_id=import_id, actor=checker, now=now)
    _wait(import_id, while_state="APPLYING", until="DONE")
    return time.perf_counter() - began


def _wait(import_id: UUID, *, while_state: str, until: str) -> None:
    from hospital.catalog.api import get_import

    card = get_import(import_id=import_id)
    while card.state == while_state:
        time.sleep(0.2)
        card = get_import(import_id=import_id)
    if card.state != until:
        raise RuntimeError(f"the file was not taken in: {card.state} {list(card.faults)[:3]}")


def _new_rows(count: int, begin: int = 0) -> list[list[str]]:
    chance = random.Random(20260601 + begin)
    heading = ["code", "kind", "fee_class", "name_zh", "name_en", "unit_zh", "unit_en", "price"]
    rows = [heading]
    for number in range(begin, begin + count):
        kind, fee_class = chance.choice((("CHARGE_ITEM", "LAB"), ("CHARGE_ITEM", "EXAM"), ("DRUG", "WESTERN_DRUG")))
        name_zh = "".join(chance.choices(_ZH, k=chance.randrange(4, 12)))
        name_en = " ".join(chance.choices(_EN, k=3)) if chance.random() < 0.9 else ""
        price = f"{chance.randrange(1, 900)}.{chance.randrange(100):02}"
        rows.append([f"B{number:06}", kind, fee_class, name_zh, name_en, "次", "each", price])
    return rows


def _changed_rows(count: int) -> list[list[str]]:
    return [["code", "name_en", "price"], *([f"B{n:06}", f"Renamed test {n}", "77.77"] for n in range(count))]


if __name__ == "__main__":
    print(measure())
