"""A small laboratory: a blood count with a set beside it, and a specimen on its way."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from hospital.encounters.tests.clinic import TEN, Scene, make_staff
from hospital.kernel.actors import Actor, Role
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText
from hospital.results import api
from hospital.results.types import Choice, NewAnalyte, Range, RequestedTest, SecondUnit, ValueType

ELEVEN = TEN + timedelta(hours=1)
WHOLE_BLOOD = BilingualText("全血", "Whole blood")
LAVENDER = BilingualText("紫帽管（EDTA-K2）", "Lavender-top tube (EDTA)")
NORMAL_COUNT = {"WBC": "6.1", "HGB": "128", "PLT": "241"}


def make_laboratory() -> None:
    """White cells, hemoglobin by sex and age, platelets with a critical limit, a choice and a sensitive test."""
    api.load_analytes(
        analytes=[
            NewAnalyte(
                code="WBC",
                name=BilingualText("白细胞计数", "White blood cells"),
                value_type=ValueType.NUMBER,
                unit="10⁹/L",
                ranges=(Range(low=Decimal("3.5"), high=Decimal("9.5"), critical_high=Decimal(30)),),
            ),
            NewAnalyte(
                code="HGB",
                name=BilingualText("血红蛋白", "Hemoglobin"),
                value_type=ValueType.NUMBER,
                unit="g/L",
                ranges=(
                    Range(sex="ANY", age_from_days=0, age_to_days=28, low=Decimal(145), high=Decimal(225)),
                    Range(sex="F", age_from_days=6570, low=Decimal(115), high=Decimal(150)),
                    Range(sex="M", age_from_days=6570, low=Decimal(130), high=Decimal(175)),
                ),
                second=SecondUnit(unit="g/dL", factor=Decimal("0.1"), decimals=1),
                about=BilingualText("血红蛋白携带氧气。", "Hemoglobin carries oxygen."),
            ),
            NewAnalyte(
                code="PLT",
                name=BilingualText("血小板计数", "Platelets"),
                value_type=ValueType.NUMBER,
                unit="10⁹/L",
                ranges=(Range(low=Decimal(125), high=Decimal(350), critical_low=Decimal(30)),),
            ),
            NewAnalyte(
                code="MAL",
                name=BilingualText("疟原虫", "Malaria parasites"),
                value_type=ValueType.CHOICE,
                choices=(
                    Choice(code="NEG", name=BilingualText("未检出", "Not found")),
                    Choice(code="POS", name=BilingualText("检出", "Found")),
                ),
                ranges=(Range(text=BilingualText("未检出", "Not found"), normal_choices=("NEG",)),),
            ),
            NewAnalyte(
                code="HIV",
                name=BilingualText("人类免疫缺陷病毒抗体", "HIV antibody"),
                value_type=ValueType.TEXT,
                is_sensitive=True,
            ),
        ]
    )
    api.load_panels(panels={"CBC": ["WBC", "HGB", "PLT"], "MAL": ["MAL"], "HIVT": ["HIV"]})


def ask(scene: Scene, *codes: str, is_emergency: bool = False) -> list[UUID]:
    """Asks for the tests in the scene's visit; returns the specimens."""
    return api.request_specimens(
        encounter_id=scene.encounter_id,
        person_id=scene.person_id,
        campus_code="IMC",
        tests=[
            RequestedTest(
                order_line_id=new_id(),
                item_code=code,
                panel_codes=(code,),
                name=BilingualText(f"项目{code}", f"Test {code}"),
                specimen=WHOLE_BLOOD,
                container=LAVENDER,
                is_emergency=is_emergency,
            )
            for code in codes or ("CBC",)
        ],
        actor=scene.doctor,
        now=TEN,
    )


def technician(name: str = "tester", campus: str = "IMC") -> Actor:
    """A laboratory technician."""
    return make_staff(Role.LAB_TECHNICIAN, campus=campus, name=name)


def receive(specimen_id: UUID, actor: Actor, **facts: object) -> UUID:
    """Takes a paid specimen in at eleven; returns the report."""
    usual: dict[str, object] = {"is_settled": True, "now": ELEVEN, "collected_at": TEN + timedelta(minutes=30)}
    return api.receive_specimen(specimen_id=specimen_id, actor=actor, **(usual | facts))  # type: ignore[arg-type]


def enter(report_id: UUID, actor: Actor, values: dict[str, str] | None = None) -> None:
    """Enters a complete normal blood count, or these values instead, and hands it to the second person."""
    api.enter_results(report_id=report_id, values=values or NORMAL_COUNT, actor=actor, now=ELEVEN)
    api.submit_results(report_id=report_id, actor=actor, now=ELEVEN)
