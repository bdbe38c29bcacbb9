"""The people of the demonstration hospital: invented, deterministic, with every identity document of domain brief 8.

Names are common ones joined at random, telephone numbers lie in ranges that nobody holds, addresses in streets that do
not exist, and every check digit is right. Birth dates move with `on`, so that an infant stays an infant.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Final

from demo.documents import DemoDocument, Holder, documents_of, fill_pattern
from hospital.patients.rules.names import fold_ascii

DATA: Final = Path(__file__).parent / "data"
SEED: Final = 20_260_310


@dataclass(frozen=True, slots=True)
class DemoAllergy:
    """What a person must not get; `group` is the allergy group of the drug catalog, empty for food and the like."""

    group: str
    substance_zh: str
    substance_en: str
    reaction_zh: str
    reaction_en: str
    is_severe: bool


@dataclass(frozen=True, slots=True)
class DemoPatient:
    """A person as the registration desk would enter one."""

    family_name: str
    given_names: str
    chinese_name: str
    preferred_name: str
    sex: str
    birth_on: date
    nationality: str
    languages: tuple[str, ...]
    email: str
    phone: str
    address: str
    documents: tuple[DemoDocument, ...]
    allergies: tuple[DemoAllergy, ...] = ()
    is_confidential: bool = False

    @property
    def has_single_name(self) -> bool:
        """Whether the document shows one name alone."""
        return not self.family_name

    @property
    def needs_interpreter(self) -> bool:
        """Whether the person speaks neither Chinese nor English."""
        return not {"zh", "en", "yue"} & set(self.languages)


@dataclass(frozen=True, slots=True)
class _Sketch:
    """What the name lists say of a person."""

    nationality: str
    language: str
    family: str
    given: str
    chinese: str
    sex: str
    passport: str
    phone: str
    age: str = ""  # in years, where it matters


# Group, substance and reaction in both languages, whether it is severe.
ALLERGIES: Final = tuple(
    DemoAllergy(*row)
    for row in (
        ("PENICILLIN", "青霉素类", "Penicillins", "喉头水肿、呼吸困难", "Throat swelling, trouble breathing", True),
        ("CEPHALOSPORIN", "头孢菌素类", "Cephalosporins", "全身皮疹", "Rash all over the body", False),
        ("SULFONAMIDE", "磺胺类", "Sulfonamides", "皮疹、发热", "Rash, fever", False),
        ("NSAID", "阿司匹林及非甾体抗炎药", "Aspirin and other NSAIDs", "哮喘发作", "Asthma attack", True),
        ("IODINATED_CONTRAST", "含碘造影剂", "Iodinated contrast", "荨麻疹", "Hives", False),
        ("QUINOLONE", "喹诺酮类", "Quinolones", "肌腱疼痛", "Tendon pain", False),
        ("", "花生", "Peanuts", "过敏性休克，随身带肾上腺素笔", "Anaphylaxis, carries an epinephrine pen", True),
        ("", "乳胶", "Latex", "接触性皮炎", "Skin rash on contact", False),
        ("", "虾蟹", "Shrimp and crab", "口唇肿胀", "Swollen lips", False),
    )
)

# Streets of the city's districts, all invented.
_STREETS: Final = (
    ("天河区", "Tianhe District", "星韵路", "Xingyun Road"),
    ("越秀区", "Yuexiu District", "澜江路", "Lanjiang Road"),
    ("海珠区", "Haizhu District", "琶澜大道", "Palan Avenue"),
    ("番禺区", "Panyu District", "海澜大道", "Hailan Avenue"),
    ("白云区", "Baiyun District", "云澜路", "Yunlan Road"),
    ("花都区", "Huadu District", "秀澜路", "Xiulan Road"),
)
_NICKNAMES: Final = ("Amy", "Kevin", "Grace", "Leo", "Iris", "Jason")
_INFANT_DAYS: Final = (9, 40, 150, 290, 400, 800)
# Nations whose names are written in Chinese characters without a dot.
_HAN_NAMES: Final = frozenset({"JPN", "KOR", "VNM", "SGP", "MYS"})
_CONFIDENTIAL: Final = frozenset({47, 131})


def make_patients(*, on: date, count: int = 200) -> list[DemoPatient]:
    """`count` people, the same ones on every machine, with ages as of `on` and an e-mail address of their own.

    The first forty-odd cover every type of document and single names; infants and very old people are spread over the
    list.
    """
    random = Random(SEED)
    people: list[DemoPatient] = []
    addresses: set[str] = set()
    for place, sketch in zip(range(count), _sketches(random), strict=False):
        person = _person(random, sketch=sketch, on=on, place=place)
        local, _, host = person.email.partition("@")
        number = 2
        while person.email in addresses:
            person = replace(person, email=f"{local}{number}@{host}")
            number += 1
        addresses.add(person.email)
        people.append(person)
    return people


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _sketches(random: Random) -> Iterator[_Sketch]:
    for row in _rows("patient_people.csv"):
        yield _Sketch(**row)
    for row in cycle(_rows("patient_names.csv")):
        yield _joined(random, row)


def _joined(random: Random, row: dict[str, str]) -> _Sketch:
    sex = random.choice("MF")
    # An entry is `Latin|中文|sex`; the Chinese and the sex (of a name that only men or only women bear) may be missing.
    families = [(*entry.split("|"), "", "")[:3] for entry in row["families"].split(";")]
    family, family_zh, _ = random.choice([entry for entry in families if entry[2] in {"", sex}])
    given, _, given_zh = random.choice(row["male" if sex == "M" else "female"].split(";")).partition("|")
    is_han = row["nationality"] in _HAN_NAMES
    chinese = ""
    if family_zh and given_zh and (is_han or random.random() < 0.5):
        chinese = family_zh + ("" if is_han else "·") + given_zh
    return _Sketch(
        row["nationality"], row["language"], family, given, chinese, sex, row["passport"], row["phone"]
    )  # fmt: skip


def _birth(random: Random, *, sketch: _Sketch, on: date, place: int) -> date:
    if sketch.age:
        return on - timedelta(days=int(int(sketch.age) * 365.25) + 100)
    if place % 25 == 24:
        return on - timedelta(days=_INFANT_DAYS[place // 25 % len(_INFANT_DAYS)])
    if place % 40 == 39:
        return on - timedelta(days=random.randrange(88 * 365, 99 * 365))
    youngest, oldest = random.choices(((2, 18), (18, 60), (60, 86)), (14, 66, 20))[0]
    return on - timedelta(days=int(random.uniform(youngest, oldest) * 365.25))


def _languages(random: Random, language: str) -> tuple[str, ...]:
    spoken = [language]
    if language == "yue":
        spoken.append("zh")
    if language != "en" and random.random() < 0.7:
        spoken.append("en")
    if language != "yue" and random.random() < 0.2:
        spoken.append("zh")
    return tuple(dict.fromkeys(spoken))


def _address(random: Random, language: str) -> str:
    district_zh, district_en, street_zh, street_en = random.choice(_STREETS)
    number, block = random.randrange(1, 300), random.randrange(1, 12)
    flat = f"{random.randrange(1, 33)}0{random.randrange(1, 6)}"
    if language in {"zh", "yue"}:
        return f"广州市{district_zh}{street_zh} {number} 号 {block} 栋 {flat} 房"
    return f"Flat {flat}, Block {block}, {number} {street_en}, {district_en}, Guangzhou"


def _preferred(random: Random, sketch: _Sketch) -> str:
    if sketch.language in {"zh", "yue", "ko", "vi", "th"}:
        return random.choice(_NICKNAMES) if random.random() < 0.3 else ""
    first, _, rest = sketch.given.partition(" ")
    return first if rest and sketch.family and random.random() < 0.4 else ""


def _person(random: Random, *, sketch: _Sketch, on: date, place: int) -> DemoPatient:
    birth_on = _birth(random, sketch=sketch, on=on, place=place)
    first = sketch.given.partition(" ")[0]
    handle = fold_ascii(f"{first} {sketch.family}").replace(" ", ".")
    holder = Holder(
        family=sketch.family, given=sketch.given, sex=sketch.sex, birth_on=birth_on,
        nationality=sketch.nationality, passport_pattern=sketch.passport,
    )  # fmt: skip
    return DemoPatient(
        family_name=sketch.family,
        given_names=sketch.given,
        chinese_name=sketch.chinese,
        preferred_name=_preferred(random, sketch),
        sex=sketch.sex,
        birth_on=birth_on,
        nationality=sketch.nationality,
        languages=_languages(random, sketch.language),
        email=f"{handle}@{random.choice(('example.com', 'example.org', 'example.net'))}",
        phone=fill_pattern(random, sketch.phone),
        address=_address(random, sketch.language),
        documents=documents_of(random, holder=holder, on=on, place=place),
        allergies=tuple(random.sample(ALLERGIES, random.choice((1, 1, 2)))) if random.random() < 0.22 else (),
        is_confidential=place in _CONFIDENTIAL,
    )
