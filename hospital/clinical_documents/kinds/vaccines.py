"""The list of vaccines that a statement names: by what they protect from, in both languages."""

from collections.abc import Mapping
from types import MappingProxyType

from hospital.kernel.types import BilingualText

VACCINES: Mapping[str, BilingualText] = MappingProxyType(
    {
        "BCG": BilingualText("卡介苗", "BCG (tuberculosis)"),
        "COVID": BilingualText("新型冠状病毒疫苗", "COVID-19"),
        "DTAP": BilingualText("百白破疫苗", "Diphtheria, tetanus, pertussis (DTaP)"),
        "HEPA": BilingualText("甲型肝炎疫苗", "Hepatitis A"),
        "HEPB": BilingualText("乙型肝炎疫苗", "Hepatitis B"),
        "HIB": BilingualText("b型流感嗜血杆菌疫苗", "Haemophilus influenzae type b (Hib)"),
        "HPV": BilingualText("人乳头瘤病毒疫苗", "Human papillomavirus (HPV)"),
        "FLU": BilingualText("流感疫苗", "Influenza"),
        "IPV": BilingualText("脊髓灰质炎灭活疫苗", "Poliomyelitis, inactivated (IPV)"),
        "JE": BilingualText("乙型脑炎疫苗", "Japanese encephalitis"),
        "MENACWY": BilingualText("ACYW135群脑膜炎球菌疫苗", "Meningococcal ACWY"),
        "MMR": BilingualText("麻腮风疫苗", "Measles, mumps, rubella (MMR)"),
        "PCV": BilingualText("肺炎球菌结合疫苗", "Pneumococcal conjugate (PCV)"),
        "PPV23": BilingualText("23价肺炎球菌多糖疫苗", "Pneumococcal polysaccharide (PPV23)"),
        "RABIES": BilingualText("狂犬病疫苗", "Rabies"),
        "RV": BilingualText("轮状病毒疫苗", "Rotavirus"),
        "TD": BilingualText("破伤风白喉疫苗", "Tetanus, diphtheria (Td)"),
        "TYPHOID": BilingualText("伤寒疫苗", "Typhoid"),
        "VAR": BilingualText("水痘疫苗", "Varicella"),
        "YF": BilingualText("黄热病疫苗", "Yellow fever"),
        "ZOSTER": BilingualText("带状疱疹疫苗", "Herpes zoster"),
    }
)
