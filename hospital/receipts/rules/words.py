"""The fourteen fee classes and the ways of paying as receipts name them (domain brief §2, Receipts)."""

from hospital.catalog.types import FeeClass
from hospital.kernel.types import BilingualText
from hospital.payments.states import Channel

FEE_CLASSES = {
    FeeClass.BED: ("01", BilingualText("床位费", "Bed")),
    FeeClass.CONSULTATION: ("02", BilingualText("诊察费", "Consultation")),
    FeeClass.EXAM: ("03", BilingualText("检查费", "Examination")),
    FeeClass.LAB: ("04", BilingualText("化验费", "Laboratory")),
    FeeClass.TREATMENT: ("05", BilingualText("治疗费", "Treatment")),
    FeeClass.SURGERY: ("06", BilingualText("手术费", "Surgery")),
    FeeClass.NURSING: ("07", BilingualText("护理费", "Nursing")),
    FeeClass.MATERIALS: ("08", BilingualText("卫生材料费", "Medical materials")),
    FeeClass.WESTERN_DRUG: ("09", BilingualText("西药费", "Western drugs")),
    FeeClass.TCM_PIECES: ("10", BilingualText("中药饮片费", "Chinese herbal pieces")),
    FeeClass.PATENT_DRUG: ("11", BilingualText("中成药费", "Chinese patent drugs")),
    FeeClass.GENERAL_CONSULTATION: ("12", BilingualText("一般诊疗费", "General consultation")),
    FeeClass.REGISTRATION: ("13", BilingualText("挂号费", "Registration")),
    FeeClass.OTHER: ("14", BilingualText("其他费", "Other")),
}
_CARD = ("02", BilingualText("银行卡", "Card"))
_WECHAT = ("03", BilingualText("微信支付", "WeChat Pay"))
CHANNELS = {
    Channel.CASH: ("01", BilingualText("现金", "Cash")),
    Channel.CARD: _CARD,
    Channel.TERMINAL: _CARD,
    Channel.WECHAT: _WECHAT,
    Channel.WECHAT_CODE: _WECHAT,
    Channel.ALIPAY_CODE: ("04", BilingualText("支付宝", "Alipay")),
    Channel.PARTNER: ("05", BilingualText("合作渠道", "Partner channel")),
}
INSURERS = {
    "fund": ("06", BilingualText("医保统筹基金", "Pooled insurance fund")),
    "account": ("07", BilingualText("医保个人账户", "Personal insurance account")),
    "other": ("08", BilingualText("商业保险", "Commercial insurance")),
}
CASH_ROUNDING = BilingualText("现金舍入", "Cash rounding")
ONLINE = BilingualText("线上收费", "Online")
