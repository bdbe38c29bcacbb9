"""The ways money takes, as papers name them."""

from dataclasses import dataclass

from hospital.kernel.types import BilingualText
from hospital.payments.states import Channel


@dataclass(frozen=True, slots=True)
class Way:
    """A way of paying: its `name`, "paid … `by`", and when money that goes back by it is there."""

    name: BilingualText
    by: BilingualText
    expected: BilingualText


_BY_BANK = BilingualText("3–7 个工作日", "3–7 working days")
# Change arrives at once, money of a bound card within days.
_BY_WALLET = BilingualText("零钱即时到账，银行卡 1–3 个工作日", "Balance at once, bound card 1–3 working days")
_CARD = BilingualText("银行卡", "by card")
_WECHAT = BilingualText("微信支付", "by WeChat Pay")

WAYS: dict[Channel, Way] = {
    Channel.CARD: Way(BilingualText("银行卡", "Card"), _CARD, _BY_BANK),
    Channel.TERMINAL: Way(BilingualText("银行卡（刷卡终端）", "Card at the window"), _CARD, _BY_BANK),
    Channel.WECHAT: Way(BilingualText("微信支付", "WeChat Pay"), _WECHAT, _BY_WALLET),
    Channel.WECHAT_CODE: Way(BilingualText("微信支付（付款码）", "WeChat Pay, code scanned"), _WECHAT, _BY_WALLET),
    Channel.ALIPAY_CODE: Way(
        BilingualText("支付宝（付款码）", "Alipay, code scanned"), BilingualText("支付宝", "by Alipay"), _BY_WALLET
    ),
    Channel.CASH: Way(
        BilingualText("现金", "Cash"),
        BilingualText("现金", "in cash"),
        BilingualText("当场退还", "Handed out at the window"),
    ),
    Channel.PARTNER: Way(
        BilingualText("自助机或合作渠道", "Kiosk or partner"),
        BilingualText("自助机", "at a kiosk"),
        BilingualText("由收款渠道退回", "Returned by the channel that took it"),
    ),
}
