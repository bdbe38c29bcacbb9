"""WeChat Pay's JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.wechat_pay.keys import WechatPayKeys
from sandbox.wechat_pay.ledger import WechatOrder, WechatRefund

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_STATES = {
    "NOTPAY": "订单未支付",
    "USERPAYING": "用户支付中，需要输入密码",
    "SUCCESS": "支付成功",
    "REFUND": "订单发生过退款",
    "CLOSED": "订单已关闭",
    "REVOKED": "订单已撤销",
    "PAYERROR": "支付失败",
}


def describe_order(order: WechatOrder, keys: WechatPayKeys) -> dict[str, Any]:
    """The answer to a query, and the contents of a notice of payment."""
    body: dict[str, Any] = {
        "appid": order.app_id,
        "mchid": keys.merchant_id,
        "out_trade_no": order.out_trade_no,
        "trade_state": order.state,
        "trade_state_desc": _STATES[order.state],
        "payer": {"openid": order.openid},
        "amount": {"total": order.taken or order.total, "currency": order.currency},
    }
    if order.paid_at is not None:
        body |= {
            "transaction_id": order.transaction_id,
            "trade_type": order.way,
            "bank_type": "OTHERS",
            "attach": "",
            "success_time": instant(order.paid_at),
        }
        body["amount"] |= {"payer_total": order.taken, "payer_currency": order.currency}
    return body


def describe_refund(order: WechatOrder, refund: WechatRefund) -> dict[str, Any]:
    """The answer to a refund and to its query."""
    body: dict[str, Any] = {
        "refund_id": refund.refund_id,
        "out_refund_no": refund.out_refund_no,
        "transaction_id": order.transaction_id,
        "out_trade_no": order.out_trade_no,
        "channel": "ORIGINAL",
        "user_received_account": "支付用户零钱",
        "create_time": instant(refund.created_at),
        "status": refund.status,
        "amount": {
            "total": order.taken,
            "refund": refund.amount,
            "payer_total": order.taken,
            "payer_refund": refund.amount,
            "settlement_refund": refund.amount,
            "settlement_total": order.taken,
            "discount_refund": 0,
            "currency": order.currency,
        },
    }
    if refund.success_at is not None:
        body["success_time"] = instant(refund.success_at)
    return body


def describe_refund_notice(order: WechatOrder, refund: WechatRefund, keys: WechatPayKeys) -> dict[str, Any]:
    """The contents of a notice of a refund."""
    body: dict[str, Any] = {
        "mchid": keys.merchant_id,
        "out_trade_no": order.out_trade_no,
        "transaction_id": order.transaction_id,
        "out_refund_no": refund.out_refund_no,
        "refund_id": refund.refund_id,
        "refund_status": refund.status,
        "user_received_account": "支付用户零钱",
        "amount": {
            "total": order.taken,
            "refund": refund.amount,
            "payer_total": order.taken,
            "payer_refund": refund.amount,
        },
    }
    if refund.success_at is not None:
        body["success_time"] = instant(refund.success_at)
    return body


def instant(at: datetime) -> str:
    """RFC 3339 in the time of Shanghai."""
    return at.astimezone(_SHANGHAI).isoformat(timespec="seconds")
