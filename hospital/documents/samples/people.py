"""Invented people and staff of the sample papers."""

from datetime import date

from hospital.documents.types import Letterhead, PaperPatient, PaperSex
from hospital.kernel.types import BilingualText as Text

LETTERHEAD = Letterhead(
    name=Text("广州粤澜医院 国际医疗中心", "Yuelan Hospital Guangzhou · International Medical Center"),
    short_name=Text("国际医疗中心", "International Medical Center"),
    address=Text("广州市越秀区澜江路 6 号", "6 Lanjiang Road, Yuexiu District, Guangzhou"),
    phone="+86 20 0000 6600",
)


def _patient(family: str, given: str, chinese: str, sex: PaperSex, born_on: date, record_number: str) -> PaperPatient:
    return PaperPatient(
        family_name=family,
        given_names=given,
        chinese_name=chinese,
        sex=sex,
        born_on=born_on,
        record_number=record_number,
    )


WHITAKER = _patient("WHITAKER-HALE", "Oliver James", "", PaperSex.MALE, date(1984, 3, 17), "IMC-0018-4471")
CHOLMONDELEY = _patient(
    "FEATHERSTONEHAUGH-CHOLMONDELEY",
    "Alexandra Persephone Wilhelmina Georgiana",
    "",
    PaperSex.FEMALE,
    date(1972, 8, 30),
    "IMC-0019-0265",
)
VASCONCELOS = _patient(
    "MAGALHÃES DE ALBUQUERQUE E VASCONCELOS-CAVALCANTI",
    "Maria Francisca da Conceição",
    "范思乐",
    PaperSex.FEMALE,
    date(1962, 12, 1),
    "IMC-0019-1187",
)
GHAMDI = _patient(
    "AL-GHAMDI",
    "ʿAbd al-Muḥsin ʿAbd ar-Raḥmān Muḥammad Ibrāhīm Ṣāliḥ",
    "",
    PaperSex.MALE,
    date(1968, 9, 14),
    "IMC-0019-0266",
)
LUKASIEWICZ = _patient("ŠIMONYTĖ-ŁUKASIEWICZ", "Zofia Łucja", "", PaperSex.FEMALE, date(2023, 7, 5), "IMC-0019-0733")
NGUYEN = _patient("NGUYỄN", "Thị Ánh Tuyết", "阮氏映雪", PaperSex.FEMALE, date(1996, 8, 17), "IMC-0017-5520")
CHEN = _patient("CHEN", "Jiayi", "陈嘉怡", PaperSex.FEMALE, date(1990, 2, 28), "IMC-0017-5521")
ONLY_CHINESE = _patient("", "", "欧阳振华", PaperSex.MALE, date(1951, 1, 9), "IMC-0002-0018")

LIN = Text("林志远", "LIN Zhiyuan, MD")
XU = Text("徐岚", "XU Lan, MD")
ZHAO = Text("赵明川", "ZHAO Mingchuan, MD")
HE = Text("何晓敏", "HE Xiaomin")
LIANG = Text("梁博", "LIANG Bo")
GUO = Text("郭颖", "GUO Ying")
QIAN = Text("钱磊", "QIAN Lei")
SHEN = Text("沈静", "SHEN Jing")

CARDIOLOGY = Text("心血管内科", "Cardiology")
RESPIRATORY = Text("呼吸与危重症医学科", "Respiratory and Critical Care Medicine")
PEDIATRICS = Text("儿科", "Pediatrics")
ONCOLOGY = Text("肿瘤科", "Oncology")
SELF_PAY = Text("自费", "Self-pay")
INSURER = Text("Meridian Global Health（商保直付）", "Meridian Global Health (direct billing)")
