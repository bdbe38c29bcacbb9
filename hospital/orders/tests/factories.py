"""A small catalog and drafts for the tests of ordering."""

from decimal import Decimal

from hospital.catalog.tests.factories import make_items, new_item
from hospital.catalog.types import (
    CatalogKind,
    DrugFacts,
    FeeClass,
    PrescriptionClass,
    ServiceCategory,
    ServiceFacts,
)
from hospital.encounters.tests.clinic import TEN, Scene
from hospital.kernel.types import BilingualText
from hospital.orders import api
from hospital.orders.decoction_words import Handling
from hospital.orders.types import Directions, Piece
from hospital.orders.vocabulary import Frequency, Route

DRUGS = (
    ("AML", "氨氯地平", "Amlodipine", "5 mg × 14 tablets per box", "box", ""),
    ("AMX", "阿莫西林", "Amoxicillin", "0.25 g × 24 capsules per box", "box", "PENICILLIN"),
    ("PCM", "对乙酰氨基酚", "Paracetamol", "0.5 g × 20 tablets per box", "box", ""),
    ("ASP", "阿司匹林", "Aspirin", "100 mg × 30 tablets per box", "box", "NSAID"),
    ("OME", "奥美拉唑", "Omeprazole", "20 mg × 28 capsules per box", "box", ""),
    ("LOR", "氯雷他定", "Loratadine", "10 mg × 6 tablets per box", "box", ""),
    ("CRM", "莫匹罗星", "Mupirocin", "2%, 10 g per tube", "tube", ""),
)


def make_catalog() -> None:
    """Seven ordinary drugs, a narcotic, a blood count, a chest X-ray and a registration fee."""
    make_items(
        *(_drug(*drug) for drug in DRUGS),
        _drug("MOR", "吗啡", "Morphine", "10 mg × 20 tablets per box", "box", "OPIOID", PrescriptionClass.NARCOTIC),
        new_item(
            "CBC",
            "20.00",
            service=ServiceFacts(
                category=ServiceCategory.LAB,
                specimen=BilingualText("全血", "Whole blood"),
                container=BilingualText("紫帽管", "Lavender-top tube"),
            ),
        ),
        new_item(
            "CXR",
            "60.00",
            fee_class=FeeClass.EXAM,
            name=BilingualText("胸部正位片", "Chest X-ray, PA"),
            service=ServiceFacts(category=ServiceCategory.IMAGING, body_part=BilingualText("胸部", "Chest")),
        ),
        new_item(
            "REG",
            "35.00",
            fee_class=FeeClass.REGISTRATION,
            service=ServiceFacts(category=ServiceCategory.REGISTRATION),
        ),
    )


PIECES = (
    ("HQ", "黄芪", "Astragalus root (Huangqi)"),
    ("GC", "甘草", "Licorice root (Gancao)"),
    ("FZ", "附子", "Prepared aconite root (Fuzi)"),
    ("BX", "半夏", "Prepared pinellia tuber (Banxia)"),
)


def make_pieces() -> None:
    """Four decoction pieces sold by the gram, and a tablet."""
    make_items(
        *(
            new_item(
                code,
                "0.0865",
                kind=CatalogKind.DRUG,
                fee_class=FeeClass.TCM_PIECES,
                name=BilingualText(zh, en),
                spec=BilingualText("1 g", "1 g"),
                unit=BilingualText("克", "g"),
                drug=DrugFacts(
                    generic=BilingualText(zh, en), form=BilingualText("饮片", "Decoction pieces"), strength="1 g"
                ),
            )
            for code, zh, en in PIECES
        ),
        _drug(*DRUGS[0]),
    )


def piece(grams: str = "15", handling: Handling = Handling.USUAL, **facts: str) -> Piece:
    """Fifteen grams, decocted with the others."""
    return Piece(grams=Decimal(grams), handling=handling, **facts)


def write_piece(scene: Scene, code: str = "HQ", written: Piece | None = None, **facts: object):
    """Writes a piece on the decoction of the scene's visit."""
    return api.add_piece(
        encounter_id=scene.encounter_id,
        item_code=code,
        piece=written or piece(),
        actor=scene.doctor,
        now=TEN,
        **facts,  # type: ignore[arg-type]  # what the test names, as the service takes it
    )


def _drug(
    code: str,
    zh: str,
    en: str,
    spec: str,
    unit: str,
    allergy_group: str,
    control: PrescriptionClass = PrescriptionClass.ORDINARY,
):
    return new_item(
        code,
        "12.9600",
        kind=CatalogKind.DRUG,
        fee_class=FeeClass.WESTERN_DRUG,
        name=BilingualText(f"{zh}片", f"{en} tablets"),
        spec=BilingualText(spec, spec),
        unit=BilingualText("盒", unit),
        drug=DrugFacts(
            generic=BilingualText(zh, en),
            form=BilingualText("片剂", "Tablet"),
            strength=spec.split(" ×", maxsplit=1)[0],
            prescription_class=control,
            allergy_group=allergy_group,
        ),
    )


def directions(**facts: object) -> Directions:
    """Once a day for seven days, by mouth."""
    usual: dict[str, object] = {
        "dose": Decimal(5),
        "dose_unit": "mg",
        "route": Route.PO,
        "frequency": Frequency.QD,
        "days": 7,
    }
    return Directions(**(usual | facts))  # type: ignore[arg-type]


def prescribe(scene: Scene, code: str = "AML", **facts: object):
    """Writes a drug on the draft of the scene's visit."""
    return api.add_drug(
        encounter_id=scene.encounter_id, item_code=code, directions=directions(**facts), actor=scene.doctor, now=TEN
    )


def orders_of(scene: Scene):
    """The orders of the scene's visit."""
    return api.list_orders(encounter_id=scene.encounter_id, actor=scene.doctor, now=TEN)
