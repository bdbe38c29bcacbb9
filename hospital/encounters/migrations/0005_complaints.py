"""What people come for, with the level that it suggests; the hospital keeps the table from here on."""

from django.db import migrations

COMPLAINTS = (
    ("unresponsive", "意识丧失", "Not responding", 1),
    ("breathless", "严重呼吸困难", "Severe shortness of breath", 1),
    ("chest-pain-sweat", "胸痛伴大汗或放射痛", "Chest pain with sweating or spreading pain", 1),
    ("stroke", "口角歪斜、肢体无力、言语不清", "Face droop, arm weakness or slurred speech", 1),
    ("bleeding", "大量出血", "Heavy bleeding", 1),
    ("anaphylaxis", "严重过敏反应", "Severe allergic reaction", 1),
    ("seizure", "抽搐发作", "Seizure", 1),
    ("chest-pain", "胸痛", "Chest pain", 2),
    ("headache-sudden", "突发剧烈头痛", "Sudden severe headache", 2),
    ("abdomen-severe", "剧烈腹痛", "Severe abdominal pain", 2),
    ("pregnancy-bleeding", "孕期出血或腹痛", "Bleeding or pain in pregnancy", 2),
    ("child-fever", "小儿高热", "Child with high fever", 2),
    ("eye-injury", "眼外伤", "Eye injury", 2),
    ("self-harm", "自伤或轻生念头", "Thoughts of self-harm", 2),
    ("fever", "发热", "Fever", 3),
    ("vomiting", "呕吐或腹泻", "Vomiting or diarrhea", 3),
    ("abdomen", "腹痛", "Abdominal pain", 3),
    ("dizziness", "头晕", "Dizziness", 3),
    ("palpitations", "心悸", "Palpitations", 3),
    ("injury", "扭伤或可疑骨折", "Sprain or possible fracture", 3),
    ("rash", "皮疹瘙痒", "Itching rash", 3),
    ("urinary", "尿频尿痛", "Painful or frequent urination", 3),
    ("cold", "咳嗽、咽痛、感冒", "Cough, sore throat or cold", 4),
    ("joint-back", "腰背痛或关节痛", "Back or joint pain", 4),
    ("skin", "皮肤问题", "Skin problem", 4),
    ("chronic", "慢性病复诊", "Follow-up of a long-term condition", 4),
    ("refill", "续方开药", "Prescription refill", 4),
    ("report", "看检查结果", "Results to discuss", 4),
    ("checkup", "体检或咨询", "Check-up or advice", 4),
)


def add(apps, _schema_editor):
    complaint = apps.get_model("encounters", "TriageComplaint")
    complaint.objects.bulk_create(
        [complaint(code=code, name_zh=zh, name_en=en, level=level) for code, zh, en, level in COMPLAINTS]
    )


class Migration(migrations.Migration):
    dependencies = [("encounters", "0004_waiting_areas_and_triage"), ("audit", "0001_initial")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
