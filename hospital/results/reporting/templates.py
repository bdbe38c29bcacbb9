"""The templates by body part. Chinese as a reading room writes it, English as a report abroad would."""

from typing import Final

from hospital.kernel.types import BilingualText
from hospital.results.reporting.phrases import Phrase, Template, Where

_F, _I = Where.FINDINGS, Where.IMPRESSION


def _normal(code: str, where: Where, zh: str, en: str) -> Phrase:
    return Phrase(code, True, where, zh, en)


def _found(code: str, where: Where, zh: str, en: str, both: str = "") -> Phrase:
    return Phrase(code, False, where, zh, en, both)


_CHEST: Final = Template(
    "CHEST",
    BilingualText("胸部", "Chest"),
    frozenset({"CT", "DX"}),
    (
        _normal("LUNGS", _F, "双肺野清晰，未见实变影。", "Both lungs are clear, without consolidation."),
        _normal("PLEURA", _F, "双侧胸腔未见积液。", "No pleural effusion on either side."),
        _normal("MEDIASTINUM", _F, "纵隔及肺门未见肿大淋巴结。", "No enlarged mediastinal or hilar nodes."),
        _normal("HEART", _F, "心影大小、形态正常。", "The heart is normal in size and shape."),
        _normal("BONES", _F, "所见骨质未见异常。", "The visible bones are unremarkable."),
        _normal("CHEST_NORMAL", _I, "胸部未见明显异常。", "No abnormality of the chest."),
        _found(
            "CONSOLIDATION",
            _F,
            "{side}肺{lobe}见斑片状实变影，大小约 {length} × {width} mm。",
            "Patchy consolidation in the {side} {lobe} lobe, about {length} × {width} mm.",
        ),
        _found(
            "NODULE",
            _F,
            "{side}肺{lobe}见结节影，直径约 {size} mm，边界清楚。",
            "Well-defined nodule in the {side} {lobe} lobe, about {size} mm in diameter.",
        ),
        _found(
            "EFFUSION",
            _F,
            "{side}侧胸腔见{quantity}积液。",
            "There is a {quantity} {side} pleural effusion.",
            "There are {quantity} pleural effusions on both sides.",
        ),
        _found(
            "PNEUMOTHORAX",
            _F,
            "{side}侧气胸，肺压缩约 {percent}%。",
            "There is a {side} pneumothorax; about {percent}% of the lung is collapsed.",
        ),
        _found(
            "PNEUMONIA",
            _I,
            "{side}肺{lobe}炎症可能性大，建议治疗后 {weeks} 周复查。",
            "Probable pneumonia of the {side} {lobe} lobe; repeat imaging {weeks} weeks after treatment.",
        ),
        _found(
            "NODULE_FOLLOW",
            _I,
            "{side}肺{lobe}结节，建议 {months} 个月后复查 CT。",
            "Nodule of the {side} {lobe} lobe; CT in {months} months is advised.",
        ),
    ),
)
_ABDOMEN: Final = Template(
    "ABDOMEN",
    BilingualText("上腹部", "Upper abdomen"),
    frozenset({"US", "CT", "MR"}),
    (
        _normal(
            "LIVER",
            _F,
            "肝脏大小、形态正常，回声均匀，未见占位。",
            "The liver is normal in size and shape, with even texture and no mass.",
        ),
        _normal(
            "GALLBLADDER",
            _F,
            "胆囊壁不厚，腔内未见结石。",
            "The gallbladder wall is not thickened; no stones.",
        ),
        _normal("DUCTS", _F, "肝内外胆管未见扩张。", "The bile ducts are not dilated."),
        _normal("PANCREAS", _F, "胰腺形态正常，胰管未见扩张。", "The pancreas is normal; its duct is not dilated."),
        _normal("SPLEEN", _F, "脾脏不大。", "The spleen is not enlarged."),
        _normal(
            "KIDNEYS",
            _F,
            "双肾大小、形态正常，未见结石及积水。",
            "Both kidneys are normal in size and shape, without stones or hydronephrosis.",
        ),
        _normal("ABDOMEN_NORMAL", _I, "上腹部未见明显异常。", "No abnormality of the upper abdomen."),
        _found(
            "FATTY",
            _F,
            "肝实质回声弥漫性增强，后方衰减。",
            "The liver is diffusely echogenic, with attenuation behind it.",
        ),
        _found("FATTY_LIVER", _I, "脂肪肝。", "Fatty liver."),
        _found(
            "GALLSTONE",
            _F,
            "胆囊腔内见强回声团，大小约 {size} mm，后伴声影，可随体位移动。",
            "Echogenic focus of about {size} mm in the gallbladder, with shadowing; it moves with position.",
        ),
        _found("GALLSTONES", _I, "胆囊结石。", "Gallstone."),
        _found(
            "RENAL_STONE",
            _F,
            "{side}肾集合系统内见强回声，大小约 {size} mm，后伴声影。",
            "Echogenic focus of about {size} mm in the {side} kidney, with shadowing.",
        ),
        _found(
            "HYDRONEPHROSIS",
            _F,
            "{side}肾集合系统分离约 {size} mm。",
            "The collecting system of the {side} kidney is dilated to about {size} mm.",
            "The collecting systems of both kidneys are dilated to about {size} mm.",
        ),
        _found("RENAL_STONES", _I, "{side}肾结石。", "Stone of the {side} kidney.", "Stones of both kidneys."),
    ),
)
_THYROID: Final = Template(
    "THYROID",
    BilingualText("甲状腺", "Thyroid"),
    frozenset({"US"}),
    (
        _normal(
            "GLAND",
            _F,
            "甲状腺大小、形态正常，回声均匀。",
            "The thyroid is normal in size and shape, with even texture.",
        ),
        _normal("NECK_NODES", _F, "双侧颈部未见异常淋巴结。", "No abnormal nodes on either side of the neck."),
        _normal("THYROID_NORMAL", _I, "甲状腺未见明显异常。", "No abnormality of the thyroid."),
        _found(
            "THYROID_NODULE",
            _F,
            "{side}叶见低回声结节，大小约 {length} × {width} mm，边界清。",
            "Well-defined hypoechoic nodule in the {side} lobe, about {length} × {width} mm.",
        ),
        _found(
            "TIRADS",
            _I,
            "甲状腺{side}叶结节，TI-RADS {grade} 类。",
            "Nodule of the {side} lobe of the thyroid, TI-RADS {grade}.",
        ),
    ),
)
_BRAIN: Final = Template(
    "BRAIN",
    BilingualText("颅脑", "Brain"),
    frozenset({"CT", "MR"}),
    (
        _normal(
            "PARENCHYMA",
            _F,
            "脑实质内未见异常密度或信号。",
            "No abnormal density or signal in the brain.",
        ),
        _normal("VENTRICLES", _F, "脑室系统大小、形态正常。", "The ventricles are normal in size and shape."),
        _normal("MIDLINE", _F, "中线结构居中。", "The midline is not shifted."),
        _normal("BRAIN_NORMAL", _I, "颅脑未见明显异常。", "No abnormality of the brain."),
        _found(
            "BLEEDING",
            _F,
            "{side}侧大脑半球见出血灶，大小约 {length} × {width} mm。",
            "Hemorrhage in the {side} cerebral hemisphere, about {length} × {width} mm.",
        ),
        _found(
            "SHIFT",
            _F,
            "中线结构向{side}侧移位约 {size} mm。",
            "The midline is shifted to the {side} by about {size} mm.",
        ),
        _found(
            "BLEEDING_MEANS",
            _I,
            "{side}侧大脑半球出血。",
            "Hemorrhage of the {side} cerebral hemisphere.",
            "Hemorrhage of both cerebral hemispheres.",
        ),
    ),
)
_GASTROSCOPY: Final = Template(
    "GASTROSCOPY",
    BilingualText("胃镜", "Gastroscopy"),
    frozenset({"ES"}),
    (
        _normal(
            "ESOPHAGUS",
            _F,
            "食管黏膜光滑，未见糜烂及静脉曲张。",
            "The esophagus is smooth, without erosions or varices.",
        ),
        _normal(
            "STOMACH",
            _F,
            "胃底、胃体、胃窦黏膜未见溃疡及肿物。",
            "No ulcer or mass in the fundus, body or antrum.",
        ),
        _normal(
            "DUODENUM",
            _F,
            "十二指肠球部及降段未见异常。",
            "The bulb and the descending duodenum are normal.",
        ),
        _normal("GASTRO_NORMAL", _I, "胃镜检查未见明显异常。", "Normal gastroscopy."),
        _found(
            "ANTRITIS",
            _F,
            "胃窦黏膜充血水肿，见散在糜烂 {count} 处。",
            "The antrum is red and swollen, with {count} scattered erosions.",
        ),
        _found(
            "ULCER",
            _F,
            "胃窦见溃疡，大小约 {length} × {width} mm，覆白苔。",
            "Ulcer of the antrum, about {length} × {width} mm, with a white base.",
        ),
        _found("GASTRITIS", _I, "慢性非萎缩性胃炎伴糜烂。", "Chronic non-atrophic gastritis with erosions."),
        _found("GASTRIC_ULCER", _I, "胃溃疡，待病理。", "Gastric ulcer; pathology to follow."),
    ),
)
_COLONOSCOPY: Final = Template(
    "COLONOSCOPY",
    BilingualText("肠镜", "Colonoscopy"),
    frozenset({"ES"}),
    (
        _normal("ILEUM", _F, "回肠末段黏膜未见异常。", "The terminal ileum is normal."),
        _normal(
            "COLON",
            _F,
            "所见结肠及直肠黏膜光滑，血管纹理清晰，未见息肉及肿物。",
            "The mucosa of the colon and rectum is smooth, with clear vessels and no polyp or mass.",
        ),
        _normal("COLON_NORMAL", _I, "结肠镜检查未见明显异常。", "Normal colonoscopy."),
        _found(
            "POLYP",
            _F,
            "距肛缘 {distance} cm 见息肉，大小约 {size} mm，已取活检。",
            "Polyp of about {size} mm at {distance} cm from the anal verge; biopsy taken.",
        ),
        _found("POLYPS", _I, "结肠息肉，待病理。", "Polyp of the colon; pathology to follow."),
    ),
)
_ECG: Final = Template(
    "ECG",
    BilingualText("十二导联心电图", "12-lead ECG"),
    frozenset({"ECG"}),
    (
        _normal("SINUS", _F, "窦性心律，各波形态正常。", "Sinus rhythm; the waves are normal."),
        _normal("ST", _F, "ST-T 未见异常改变。", "No abnormal ST-T change."),
        _normal("ECG_NORMAL", _I, "正常心电图。", "Normal electrocardiogram."),
        _found("AF", _F, "P 波消失，代之以 f 波，RR 间期绝对不齐。", "No P waves; fibrillatory waves, irregular RR."),
        _found("AF_MEANS", _I, "心房颤动，心室率约 {rate} 次/分。", "Atrial fibrillation, about {rate} beats/min."),
        _found(
            "BLOCK",
            _I,
            "完全性{side}束支传导阻滞。",
            "Complete {side} bundle branch block.",
        ),
    ),
)
_BIOPSY: Final = Template(
    "BIOPSY",
    BilingualText("活检病理", "Biopsy pathology"),
    frozenset({"SM"}),
    (
        _normal(
            "MUCOSA",
            _F,
            "黏膜组织结构完整，未见异型增生及恶性证据。",
            "The mucosa is intact; no dysplasia and no evidence of malignancy.",
        ),
        _normal("BENIGN", _I, "良性黏膜组织。", "Benign mucosa."),
        _found(
            "CARCINOMA",
            _I,
            "腺癌，距切缘最近约 {margin} mm。",
            "Adenocarcinoma, about {margin} mm from the nearest margin.",
        ),
    ),
)

TEMPLATES: Final = (_CHEST, _ABDOMEN, _THYROID, _BRAIN, _GASTROSCOPY, _COLONOSCOPY, _ECG, _BIOPSY)


def find_template(code: str) -> Template | None:
    """A template as it was shipped, by its code."""
    return next((each for each in TEMPLATES if each.code == code), None)
