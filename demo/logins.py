"""Sign-ins of the demonstration hospital. They exist where the demonstration was loaded, and nowhere else."""

from typing import Final

DEMO_PASSWORD: Final = "Yuelan-Demo-2026"  # noqa: S105 (the demonstration's own, printed at the start)

# Role in Chinese and English, user name, password.
DEMO_LOGINS: Final[list[tuple[str, str, str, str]]] = [
    ("心内科医生", "Doctor, Cardiology", "zhou.wenjun", DEMO_PASSWORD),
    ("医生（第二阅片）", "Doctor, second reader of images", "zhao.mingchuan", DEMO_PASSWORD),
    ("医生（北院区，无诊疗关系）", "Doctor, North Campus (no care relation)", "peng.lixin", DEMO_PASSWORD),
    ("挂号建档", "Registration desk", "he.xiaomin", DEMO_PASSWORD),
    ("收费员", "Cashier", "deng.yating", DEMO_PASSWORD),
    ("检验技师", "Laboratory, tester", "qian.lei", DEMO_PASSWORD),
    ("检验审核", "Laboratory, verifier", "shen.jing", DEMO_PASSWORD),
    ("影像技师", "Imaging technician", "xie.junkai", DEMO_PASSWORD),
    ("护士", "Nurse", "sun.kexin", DEMO_PASSWORD),
    ("药师", "Pharmacist", "jin.siyu", DEMO_PASSWORD),
    ("药师（核对）", "Pharmacist, checker", "mo.haoyu", DEMO_PASSWORD),
    ("医务部", "Medical affairs office", "cen.yuhang", DEMO_PASSWORD),
    ("翻译", "Translator", "ding.yuwei", DEMO_PASSWORD),
    ("翻译审校", "Translator, second reader", "guo.minyi", DEMO_PASSWORD),
    ("价格管理", "Price office", "pan.ruishan", DEMO_PASSWORD),
    ("价格复核", "Price office, checker", "tao.jingwen", DEMO_PASSWORD),
    ("财务", "Finance office", "fang.lihua", DEMO_PASSWORD),
    ("内容编辑", "Editor", "bai.ruoxi", DEMO_PASSWORD),
    ("排班员", "Roster clerk", "yin.mingyue", DEMO_PASSWORD),
    ("国际医疗协调员", "Coordinator", "wei.siyuan", DEMO_PASSWORD),
    ("系统管理员", "System administrator", "wen.zhiqiang", DEMO_PASSWORD),
    ("安全管理员", "Security administrator", "lv.shuyi", DEMO_PASSWORD),
    ("审计管理员", "Audit administrator", "xiao.yiming", DEMO_PASSWORD),
]

# The patient app sends a code to this address; the demonstration's mailbox shows it.
DEMO_PATIENT_EMAIL: Final = "camille.moreau@example.com"
# Whose sign-in it is: family name and given names.
DEMO_PATIENT_NAME: Final = ("Moreau", "Camille Anne")
