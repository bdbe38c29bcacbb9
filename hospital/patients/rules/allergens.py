"""What people are allergic to and how they react, as coded lists (D52: the dose check of a drug reads the group)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hospital.kernel.types import BilingualText


@dataclass(frozen=True, slots=True)
class Allergen:
    """A substance; `group` is that of the drugs and contrast agents which hold it, empty where no drug does."""

    substance: BilingualText
    group: str = ""


def _drug(zh: str, en: str, group: str) -> Allergen:
    return Allergen(BilingualText(zh, en), group)


def _other(zh: str, en: str) -> Allergen:
    return Allergen(BilingualText(zh, en))


# The groups are those of the drug catalog (`allergy_group`).
DRUGS: Final[Mapping[str, Allergen]] = {
    "PENICILLIN": _drug("青霉素类", "Penicillins", "PENICILLIN"),
    "CEPHALOSPORIN": _drug("头孢菌素类", "Cephalosporins", "CEPHALOSPORIN"),
    "CARBAPENEM": _drug("碳青霉烯类", "Carbapenems", "CARBAPENEM"),
    "MACROLIDE": _drug("大环内酯类", "Macrolides", "MACROLIDE"),
    "QUINOLONE": _drug("喹诺酮类", "Quinolones", "QUINOLONE"),
    "SULFONAMIDE": _drug("磺胺类", "Sulfonamides", "SULFONAMIDE"),
    "NSAID": _drug("阿司匹林及非甾体抗炎药", "Aspirin and other NSAIDs", "NSAID"),
    "OPIOID": _drug("阿片类", "Opioids", "OPIOID"),
    "BENZODIAZEPINE": _drug("苯二氮䓬类", "Benzodiazepines", "BENZODIAZEPINE"),
    "IODINATED_CONTRAST": _drug("含碘造影剂", "Iodinated contrast", "IODINATED_CONTRAST"),
    "GADOLINIUM_CONTRAST": _drug("钆造影剂", "Gadolinium contrast", "GADOLINIUM_CONTRAST"),
}
OTHERS: Final[Mapping[str, Allergen]] = {
    "PEANUT": _other("花生", "Peanuts"),
    "TREE_NUT": _other("坚果", "Tree nuts"),
    "EGG": _other("鸡蛋", "Eggs"),
    "MILK": _other("牛奶", "Milk"),
    "SOY": _other("大豆", "Soy"),
    "WHEAT": _other("小麦", "Wheat"),
    "FISH": _other("鱼", "Fish"),
    "SHELLFISH": _other("虾蟹", "Shrimp and crab"),
    "SESAME": _other("芝麻", "Sesame"),
    "LATEX": _other("乳胶", "Latex"),
    "ADHESIVE": _other("医用胶布", "Adhesive tape"),
    "IODINE_SKIN": _other("碘伏（皮肤消毒）", "Povidone-iodine on the skin"),
    "INSECT": _other("蜂及昆虫叮咬", "Bee and insect stings"),
    "DUST_MITE": _other("尘螨", "House dust mites"),
    "POLLEN": _other("花粉", "Pollen"),
    "ANIMAL": _other("动物皮毛", "Animal dander"),
}
ALLERGENS: Final[Mapping[str, Allergen]] = {**DRUGS, **OTHERS}

REACTIONS: Final[Mapping[str, BilingualText]] = {
    "ANAPHYLAXIS": BilingualText("过敏性休克", "Anaphylaxis"),
    "THROAT": BilingualText("喉头水肿、呼吸困难", "Throat swelling, trouble breathing"),
    "ASTHMA": BilingualText("哮喘发作", "Asthma attack"),
    "SWELLING": BilingualText("口唇或眼睑肿胀", "Swollen lips or eyelids"),
    "HIVES": BilingualText("荨麻疹", "Hives"),
    "RASH": BilingualText("皮疹", "Rash"),
    "SKIN_DETACHMENT": BilingualText("表皮剥脱（重症药疹）", "Severe skin detachment"),
    "FEVER": BilingualText("药物热", "Drug fever"),
    "STOMACH": BilingualText("恶心、呕吐或腹泻", "Nausea, vomiting or diarrhea"),
    "CONTACT": BilingualText("接触性皮炎", "Skin rash on contact"),
    "UNKNOWN": BilingualText("反应不详", "Reaction not known"),
}
# Reactions that threaten life are severe whatever is ticked beside them.
SEVERE: Final = frozenset({"ANAPHYLAXIS", "THROAT", "ASTHMA", "SKIN_DETACHMENT"})


def is_severe(*, reaction: str, is_marked: bool) -> bool:
    """Whether an allergy with this reaction counts as severe."""
    return is_marked or reaction in SEVERE
