"""The decoction of the sample prescriptions."""

from decimal import Decimal

from hospital.documents.types import PrescribedDecoction, PrescribedPiece
from hospital.kernel.types import BilingualText as Text

# Pieces of a decoction: name, grams of one packet, handling.
_PIECES = (
    ("黄芪", "Astragalus root (Huangqi)", "15", "", ""),
    ("党参", "Codonopsis root (Dangshen)", "15", "", ""),
    ("白术", "White atractylodes rhizome (Baizhu)", "12", "", ""),
    ("茯苓", "Poria (Fuling)", "15", "", ""),
    ("陈皮", "Dried tangerine peel (Chenpi)", "6", "", ""),
    ("半夏", "Prepared pinellia tuber (Banxia)", "9", "", ""),
    ("砂仁", "Amomum fruit (Sharen)", "6", "后下", "add near the end"),
    ("木香", "Aucklandia root (Muxiang)", "6", "", ""),
    ("车前子", "Plantain seed (Cheqianzi)", "15", "包煎", "in a cloth bag"),
    ("牡蛎", "Oyster shell (Muli)", "30", "先煎", "decoct first"),
    ("阿胶", "Donkey-hide gelatin (Ejiao)", "9", "烊化", "dissolve"),
    ("甘草", "Licorice root (Gancao)", "6", "", ""),
    ("三七粉", "Notoginseng powder (Sanqifen)", "1.5", "冲服", "stir in as powder"),
    ("人参", "Ginseng root (Renshen)", "9", "另煎", "decoct separately"),
    ("桂枝", "Cinnamon twig (Guizhi)", "9", "", ""),
    ("白芍", "White peony root (Baishao)", "12", "", ""),
    ("大枣", "Jujube fruit (Dazao)", "15", "", ""),
    ("生姜", "Fresh ginger (Shengjiang)", "9", "", ""),
    ("五味子", "Schisandra fruit (Wuweizi)", "6", "捣碎", "crush first"),
    ("薄荷", "Peppermint herb (Bohe)", "6", "后下", "add near the end"),
    ("石膏", "Gypsum (Shigao)", "30", "先煎", "decoct first"),
    ("黄芩", "Scutellaria root (Huangqin)", "9", "", ""),
    ("柴胡", "Bupleurum root (Chaihu)", "9", "", ""),
    ("苦杏仁", "Bitter apricot seed (Kuxingren)", "9", "后下", "add near the end"),
    ("瓜蒌皮", "Trichosanthes peel (Gualoupi)", "10", "", ""),
    ("郁金", "Curcuma root (Yujin)", "10", "", ""),
    ("川芎", "Chuanxiong rhizome (Chuanxiong)", "9", "", ""),
    ("当归", "Chinese angelica root (Danggui)", "10", "", ""),
    ("丹参", "Salvia root (Danshen)", "15", "", ""),
    ("金银花", "Honeysuckle flower (Jinyinhua)", "10", "", ""),
)
_STEPS = (
    Text(
        "每次煎 1 剂，用砂锅或不锈钢锅，不用铁锅、铝锅。加冷水没过药面 2–3 厘米，浸泡 30 分钟。",
        "Decoct one packet at a time in a clay or stainless steel pot, never iron or aluminum. Cover the pieces with "
        "cold water, 2–3 cm above them, and soak them for 30 minutes.",
    ),
    Text(
        "标“先煎”的药先煮沸，小火煎 30 分钟，再放其他药。",
        "Boil the pieces marked “decoct first” and simmer them for 30 minutes before you add the others.",
    ),
    Text(
        "大火煮沸后小火煎 20–30 分钟，滤出药汁；再加水煎 20 分钟，两次药汁混合。",
        "Bring to a boil, simmer for 20–30 minutes and strain. Add water, simmer for another 20 minutes, mix both "
        "liquids.",
    ),
    Text(
        "每日 1 剂，每剂分 2 次，每次 200 mL，饭后温服。",
        "Take 1 packet a day. Drink 200 mL warm, after meals, 2 times from each packet.",
    ),
    Text(
        "如出现皮疹、呕吐、心慌或口舌发麻，请停药并立即就医。",
        "Stop and see a doctor at once if you get a rash, vomit, feel your heart race or your mouth go numb.",
    ),
)


def decoction(count: int) -> PrescribedDecoction:
    """A formula of so many pieces for seven days."""
    return PrescribedDecoction(
        pieces=tuple(
            PrescribedPiece(name=Text(zh, en), grams=Decimal(grams), handling=Text(how_zh, how_en) if how_zh else None)
            for zh, en, grams, how_zh, how_en in _PIECES[:count]
        ),
        manner=Text(
            "共 7 剂，每日 1 剂，水煎内服，每剂分 2 次，每次 200 mL，饭后温服",
            "7 packets, 1 packet a day by mouth, each in 2 parts of 200 mL, warm, after meals",
        ),
        maker=Text("自煎", "at home"),
        steps=_STEPS,
    )
