"""Sample labels of dispensed drugs."""

from datetime import date

from hospital.documents.labels import DrugLabel, HowTaken, LabelSheet, TimeOfDay
from hospital.documents.samples.people import LETTERHEAD
from hospital.kernel.types import BilingualText as Text


def sample_labels() -> LabelSheet:
    """The labels of a prescription: taken by mouth three times a day, a cream with a name that needs two lines, and a
    decoction."""
    return LabelSheet(
        letterhead=LETTERHEAD,
        patient=Text("欧阳振华", "OUYANG Zhenhua"),
        mrn="IMC-0002-0018",
        prescription_number="RX-261124-000042",
        labels=[
            DrugLabel(
                name=Text("阿莫西林", "Amoxicillin"),
                spec=Text("0.25 g × 24 粒/盒", "0.25 g × 24 capsules per box"),
                quantity=Text("2 盒", "2 boxes"),
                directions=Text("每次 0.5 g，口服，每日 3 次，共 7 天", "0.5 g by mouth 3 times a day for 7 days"),
                remark=Text("饭后服用", "After meals"),
                how=HowTaken.MOUTH,
                times=(TimeOfDay.MORNING, TimeOfDay.NOON, TimeOfDay.EVENING),
                dose=Text("2 粒", "2 capsules"),
                batch="B2411A",
                expires_on=date(2028, 5, 31),
            ),
            DrugLabel(
                name=Text("复方多黏菌素 B 新霉素", "Compound polymyxin B, neomycin and bacitracin"),
                spec=Text("10 g/支", "10 g per tube"),
                quantity=Text("1 支", "1 tube"),
                directions=Text("外用，必要时", "On the skin as needed"),
                remark=None,
                how=HowTaken.SKIN,
                times=(),
                dose=Text(""),
                batch="K77-02",
                expires_on=date(2027, 1, 31),
            ),
            DrugLabel(
                name=Text("中药汤剂", "Herbal decoction"),
                spec=Text("12 味", "12 pieces"),
                quantity=Text("7 剂", "7 packets"),
                directions=Text(
                    "共 7 剂，每日 1 剂，水煎内服，每剂分 2 次，每次 200 mL，饭后温服",
                    "7 packets, 1 packet a day by mouth, each in 2 parts of 200 mL, warm, after meals",
                ),
                remark=Text("煎法见处方煎服说明", "See the prescription for how to prepare it"),
                how=HowTaken.MOUTH,
                times=(TimeOfDay.MORNING, TimeOfDay.EVENING),
                dose=Text("200 mL", "200 mL"),
                batch="",
                expires_on=date(2027, 3, 31),
            ),
        ],
    )
