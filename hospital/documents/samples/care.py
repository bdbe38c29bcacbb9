"""Samples of the prescription, the examination request and the laboratory report."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hospital.documents.samples import people
from hospital.documents.samples.decoctions import decoction
from hospital.documents.samples.visit import MORNING, VISIT_DAY
from hospital.documents.types import (
    Amendment,
    ExaminationRequest,
    LaboratoryReport,
    LaboratoryResult,
    PaperContent,
    PaperPatient,
    PrescribedDrug,
    Prescription,
    PrescriptionClass,
    RequestedExamination,
    ResultFlag,
    ResultGroup,
    SafetyAnswer,
    Signature,
)
from hospital.kernel.types import BilingualText as Text

_NO_ALLERGY = Text("无已知药物过敏", "No known drug allergy")
_PENICILLIN = Text(
    "青霉素（过敏性休克，2019 年）；含碘对比剂（荨麻疹）", "Penicillin (anaphylaxis, 2019); iodinated contrast (hives)"
)
_RAMIPRIL = PrescribedDrug(
    name=Text("雷米普利片", "Ramipril tablets"),
    specification=Text("5 mg × 14 片", "5 mg, 14 tablets"),
    quantity=Text("1 盒", "1 box"),
    directions=Text("每次 5 mg，每日 1 次，口服，14 天", "5 mg by mouth once a day for 14 days"),
)
_ATORVASTATIN = PrescribedDrug(
    name=Text("阿托伐他汀钙片", "Atorvastatin calcium tablets"),
    specification=Text("20 mg × 7 片", "20 mg, 7 tablets"),
    quantity=Text("1 盒", "1 box"),
    directions=Text("每次 20 mg，每晚 1 次，口服，7 天", "20 mg by mouth every evening for 7 days"),
    remark=Text("如有肌肉疼痛请立即就诊", "See a doctor at once if you have muscle pain"),
)
_LONG_DRUG = PrescribedDrug(
    name=Text(
        "阿莫西林克拉维酸钾干混悬剂（按阿莫西林计）",
        "Amoxicillin and clavulanate potassium for oral suspension, as amoxicillin trihydrate",
    ),
    specification=Text("228.5 mg/5 mL × 70 mL", "228.5 mg/5 mL, 70 mL"),
    quantity=Text("1 瓶", "1 bottle"),
    directions=Text(
        "发热超过 38.5 ℃ 时 5 mL，口服，间隔 6 小时以上，24 小时不超过 4 次，餐前，用前摇匀",
        "5 mL by mouth before meals for fever above 38.5 °C, at least 6 hours apart, at most 4 doses in 24 hours; "
        "shake well",
    ),
    remark=Text("按 15.2 kg 计算：30 mg/(kg·日)", "For 15.2 kg: 30 mg/kg per day"),
)
_MORPHINE = PrescribedDrug(
    name=Text("盐酸吗啡缓释片", "Morphine hydrochloride prolonged-release tablets"),
    specification=Text("30 mg × 10 片", "30 mg, 10 tablets"),
    quantity=Text("14 片", "14 tablets"),
    directions=Text(
        "每次 30 mg，每 12 小时 1 次，整片吞服，7 天", "30 mg by mouth every 12 hours, swallowed whole, for 7 days"
    ),
    remark=Text("癌痛患者，已签知情同意书", "Cancer pain; consent form signed"),
)


def prescription(
    patient: PaperPatient,
    drugs: tuple[PrescribedDrug, ...] = (_RAMIPRIL, _ATORVASTATIN),
    *,
    paper_class: PrescriptionClass = PrescriptionClass.ORDINARY,
    allergies: Text = _NO_ALLERGY,
    weight_kg: Decimal | None = None,
    valid_until: date = VISIT_DAY,
    collected_by: Text | None = None,
) -> Prescription:
    """A signed and reviewed prescription that has not been dispensed."""
    return Prescription(
        letterhead=people.LETTERHEAD,
        patient=patient,
        prescription_class=paper_class,
        department=people.CARDIOLOGY,
        payer=people.SELF_PAY,
        diagnosis=Text("原发性高血压；高胆固醇血症", "Essential hypertension; hypercholesterolemia"),
        allergies=allergies,
        weight_kg=weight_kg,
        written_at=MORNING + timedelta(minutes=40),
        valid_until=valid_until,
        drugs=drugs,
        amount=Decimal("117.90"),
        collected_by=collected_by,
        signatures=(
            Signature(role=Text("医师", "Physician"), name=people.LIN, signed_at=MORNING + timedelta(minutes=40)),
            Signature(role=Text("审核", "Reviewed"), name=people.GUO, signed_at=MORNING + timedelta(minutes=47)),
            Signature(role=Text("调配", "Prepared")),
            Signature(role=Text("核对", "Checked")),
            Signature(role=Text("发药", "Dispensed")),
        ),
    )


_CHEST = RequestedExamination(
    item=Text("数字化摄影（正侧位）", "Digital radiography, two views"),
    body_part=Text("胸部", "Chest"),
    side=Text("双侧", "Both sides"),
    contrast=Text("不使用", "None"),
    fee=Text("已缴费 110.50", "Paid 110.50"),
    appointment=Text("11月24日 11:30，放射 2 室", "24 Nov 11:30, X-ray room 2"),
)
_ECG = RequestedExamination(
    item=Text("十二导联心电图", "12-lead electrocardiogram"),
    body_part=Text("心脏", "Heart"),
    fee=Text("待缴费 34.00", "To pay 34.00"),
    appointment=Text("随到随做，心电图室", "Walk in, ECG room"),
)


def examination_request(
    patient: PaperPatient, examinations: tuple[RequestedExamination, ...] = (_CHEST, _ECG)
) -> ExaminationRequest:
    """A request with safety answers and preparation."""
    return ExaminationRequest(
        letterhead=people.LETTERHEAD,
        patient=patient,
        visit_number="OP-20261124-0457",
        department=people.CARDIOLOGY,
        payer=people.SELF_PAY,
        urgency=Text("急（当日）", "Urgent (same day)"),
        requested_at=MORNING + timedelta(minutes=31),
        diagnosis=Text("胸痛待查", "Chest pain, cause to be found"),
        history=Text(
            "活动后胸闷、胸痛 5 天，含服硝酸甘油可缓解。血压 152/90 mmHg，双肺呼吸音清，未闻及啰音。",
            "Chest tightness and pain on exertion for 5 days, relieved by nitroglycerin. Blood pressure 152/90 mmHg; "
            "breath sounds clear on both sides, no crackles.",
        ),
        purpose=Text("排除肺部及胸膜病变。", "Exclude disease of the lungs and pleura."),
        examinations=examinations,
        safety=(
            SafetyAnswer(question=Text("过敏", "Allergies"), answer=_PENICILLIN, is_alert=True),
            SafetyAnswer(question=Text("妊娠", "Pregnancy"), answer=Text("否", "No")),
            SafetyAnswer(
                question=Text("肾功能", "Kidney function"),
                answer=Text("肌酐 61 μmol/L，eGFR 108", "Creatinine 61 μmol/L, eGFR 108"),
            ),
            SafetyAnswer(question=Text("植入物", "Implants"), answer=Text("无", "None")),
        ),
        preparation=(
            Text("请去除颈部和胸部的金属饰品。", "Take off jewelry and metal from your neck and chest."),
            Text("候检请到 1 楼影像科登记台，出示本单。", "Go to the imaging desk on floor 1 and show this sheet."),
        ),
        signatures=(
            Signature(
                role=Text("申请医师", "Requesting physician"),
                name=people.LIN,
                signed_at=MORNING + timedelta(minutes=31),
            ),
            Signature(role=Text("登记", "Registered by")),
            Signature(role=Text("执行", "Performed by")),
        ),
    )


_HR = Text("全国HR", "National HR")


def _test(
    code: str,
    zh: str,
    en: str,
    result: str,
    unit: str,
    reference: str,
    flag: ResultFlag = ResultFlag.NORMAL,
    converted: str = "",
) -> LaboratoryResult:
    return LaboratoryResult(
        code=code,
        name=Text(zh, en),
        result=result,
        unit=unit,
        reference=reference,
        flag=flag,
        converted=converted,
        recognition=_HR,
    )


_G, _T = "10⁹/L", "10¹²/L"
BLOOD_COUNT = (
    _test("WBC", "白细胞计数", "White blood cells", "14.8", _G, "3.5–9.5", ResultFlag.HIGH),
    _test("NEUT", "中性粒细胞计数", "Neutrophils", "12.1", _G, "1.8–6.3", ResultFlag.HIGH),
    _test("NEUT%", "中性粒细胞百分比", "Neutrophils, percentage", "81.8", "%", "40.0–75.0", ResultFlag.HIGH),
    _test("LYM", "淋巴细胞计数", "Lymphocytes", "1.6", _G, "1.1–3.2"),
    _test("MONO", "单核细胞计数", "Monocytes", "0.9", _G, "0.1–0.6", ResultFlag.HIGH),
    _test("EO", "嗜酸性粒细胞计数", "Eosinophils", "<0.01", _G, "0.02–0.52", ResultFlag.LOW),
    _test("RBC", "红细胞计数", "Red blood cells", "4.41", _T, "4.30–5.80"),
    _test("HGB", "血红蛋白", "Hemoglobin", "138", "g/L", "130–175", converted="13.8 g/dL"),
    _test("HCT", "红细胞压积", "Hematocrit", "0.405", "L/L", "0.400–0.500", converted="40.5 %"),
    _test("MCV", "平均红细胞体积", "Mean corpuscular volume", "87.3", "fL", "82.0–100.0"),
    _test("PLT", "血小板计数", "Platelets", "28", _G, "125–350", ResultFlag.CRITICAL_LOW),
)
_SEROLOGY = (
    LaboratoryResult(
        code="HBSAG",
        name=Text("乙型肝炎病毒表面抗原", "Hepatitis B surface antigen"),
        result=Text("阴性", "Negative"),
        reference=Text("阴性", "Negative"),
    ),
    LaboratoryResult(
        code="ANA",
        name=Text("抗核抗体", "Antinuclear antibody"),
        result="1:320",
        reference="<1:80",
        flag=ResultFlag.POSITIVE,
    ),
)


def _tested(code: str, zh: str, en: str, measure: str, meaning: Text, flag: ResultFlag) -> LaboratoryResult:
    result = Text(f"{measure} {meaning.zh}", f"{measure} {meaning.en}")
    return LaboratoryResult(code=f"AST-{code}", name=Text(zh, en), result=result, flag=flag)


def culture_results() -> tuple[ResultGroup, ...]:
    """A germ, and how well antibiotics work against it."""
    works, fails = Text("敏感（S）", "susceptible (S)"), Text("耐药（R）", "resistant (R)")
    between = Text("中介（I）", "intermediate (I)")
    germ = LaboratoryResult(
        code="CULTURE",
        name=Text("培养结果", "Culture result"),
        result=Text("大肠埃希菌", "Escherichia coli"),
        reference=Text("未见致病菌生长", "No growth of pathogens"),
        flag=ResultFlag.ABNORMAL,
    )
    tested = (
        _tested("AMP", "氨苄西林", "Ampicillin", "≥32 mg/L", fails, ResultFlag.ABNORMAL),
        _tested("AMC", "阿莫西林/克拉维酸", "Amoxicillin-clavulanate", "16/8 mg/L", between, ResultFlag.ABNORMAL),
        _tested("CRO", "头孢曲松", "Ceftriaxone", "≤0.25 mg/L", works, ResultFlag.NORMAL),
        _tested("SXT", "甲氧苄啶/磺胺甲噁唑", "Trimethoprim-sulfamethoxazole", "24 mm", works, ResultFlag.NORMAL),
        LaboratoryResult(code="AST-VAN", name=Text("万古霉素", "Vancomycin"), result=Text("未测定", "Not tested")),
    )
    return (
        ResultGroup(name=Text("尿液细菌培养", "Urine culture"), results=(germ,)),
        ResultGroup(name=Text("药敏定量试验（MIC）", "Susceptibility test (MIC)"), results=tested),
    )


_BLOOD = Text("静脉血（EDTA 抗凝）；血清", "Venous blood (EDTA); serum")
_AMENDMENT = Amendment(
    version=2,
    reason=Text("标本标签贴错，已重新核对。", "The tubes were labeled wrongly; checked again."),
    changes=(Text("血小板计数：128 更正为 28 10⁹/L", "Platelets: 128 corrected to 28 10⁹/L"),),
)


def laboratory_report(
    patient: PaperPatient,
    groups: tuple[ResultGroup, ...] | None = None,
    *,
    specimen: Text = _BLOOD,
    amendment: Amendment | None = None,
) -> LaboratoryReport:
    """A verified report; without `groups` a blood count with a critical value, and serology."""
    critical = Text(
        "危急值 PLT 28：11:26 电话通知林志远医师并复述确认，11:28 医师已确认处理。",
        "Critical value PLT 28: telephoned to LIN Zhiyuan, MD at 11:26 and read back; acknowledged at 11:28.",
    )
    standard = (
        ResultGroup(
            name=Text("血常规（五分类）", "Complete blood count with differential"),
            method=Text("全自动血液分析仪", "Automated hematology analyzer"),
            results=BLOOD_COUNT,
        ),
        ResultGroup(name=Text("免疫", "Immunology"), method=Text("化学发光法", "Chemiluminescence"), results=_SEROLOGY),
    )
    return LaboratoryReport(
        letterhead=people.LETTERHEAD,
        patient=patient,
        visit_number="OP-20261124-0457",
        department=people.CARDIOLOGY,
        doctor=people.LIN,
        diagnosis=Text("胸痛待查", "Chest pain, cause to be found"),
        specimen_number="5117",
        specimen=specimen,
        specimen_quality=Text("合格", "Acceptable"),
        collected_at=MORNING + timedelta(minutes=60),
        received_at=MORNING + timedelta(minutes=64),
        tested_at=MORNING + timedelta(minutes=76),
        reported_at=MORNING + timedelta(minutes=94),
        groups=standard if groups is None else groups,
        comment=Text(
            "血小板已复检，结果 29 × 10⁹/L，未见聚集，建议结合涂片。",
            "Platelets were rerun: 29 × 10⁹/L, no clumping seen. Read with the blood smear.",
        )
        if groups is None
        else None,
        critical_value_record=critical if groups is None else None,
        amendment=amendment,
        signatures=(
            Signature(role=Text("检验者", "Tested by"), name=people.QIAN, signed_at=MORNING + timedelta(minutes=82)),
            Signature(role=Text("审核者", "Verified by"), name=people.SHEN, signed_at=MORNING + timedelta(minutes=94)),
        ),
    )


def many_results(count: int) -> tuple[ResultGroup, ...]:
    """One group of `count` results."""
    results = tuple(BLOOD_COUNT[i % len(BLOOD_COUNT)] for i in range(count))
    return (ResultGroup(name=Text("综合体检项目", "Health check panel"), results=results),) if results else ()


def care_samples() -> dict[str, PaperContent]:
    """The samples by file name."""
    five = (_RAMIPRIL, _ATORVASTATIN, _LONG_DRUG, _LONG_DRUG, _MORPHINE)
    return {
        "prescription": prescription(people.WHITAKER),
        "prescription-5-long": prescription(
            people.CHOLMONDELEY, five, paper_class=PrescriptionClass.EMERGENCY, allergies=_PENICILLIN
        ),
        "prescription-pediatric": prescription(
            people.LUKASIEWICZ,
            (_LONG_DRUG,),
            paper_class=PrescriptionClass.PEDIATRIC,
            weight_kg=Decimal("15.2"),
            valid_until=VISIT_DAY + timedelta(days=2),
        ),
        "prescription-narcotic": prescription(
            people.VASCONCELOS,
            (_MORPHINE,),
            paper_class=PrescriptionClass.NARCOTIC,
            collected_by=Text(
                "代办人：Duarte VASCONCELOS，护照 C•••118", "Collected by: Duarte VASCONCELOS, passport C•••118"
            ),
        ),
        "prescription-psychotropic-1": prescription(people.CHEN, paper_class=PrescriptionClass.PSYCHOTROPIC_I),
        "prescription-psychotropic-2": prescription(people.NGUYEN, paper_class=PrescriptionClass.PSYCHOTROPIC_II),
        "prescription-decoction-30": replace(
            prescription(people.CHOLMONDELEY, ()),
            decoction=decoction(30),
            diagnosis=Text("功能性消化不良", "Functional dyspepsia"),
        ),
        "examination-request": examination_request(people.WHITAKER, (_CHEST,)),
        "examination-request-0": examination_request(people.ONLY_CHINESE, ()),
        "examination-request-long": examination_request(people.CHOLMONDELEY),
        "examination-request-80": examination_request(people.GHAMDI, (_CHEST, _ECG) * 40),
        "laboratory-report": laboratory_report(people.WHITAKER),
        "laboratory-report-0": laboratory_report(people.NGUYEN, ()),
        "laboratory-report-1": laboratory_report(people.CHOLMONDELEY, many_results(1)),
        "laboratory-report-culture": laboratory_report(
            people.NGUYEN, culture_results(), specimen=Text("中段尿", "Midstream urine")
        ),
        "laboratory-report-amended": laboratory_report(people.WHITAKER, amendment=_AMENDMENT),
        "laboratory-report-80": laboratory_report(people.VASCONCELOS, many_results(80)),
    }
