"""WeChat Pay by the payment code on the payer's phone, API v3: the same merchant, keys, queries and refunds."""

from decimal import Decimal

from wechatpayv3 import WeChatPayType

from hospital.integrations.wechat_pay.acquirer import TOO_MANY_CALLS, NoSuchThing, OrderClosed, WechatPay
from hospital.integrations.wechat_pay.answers import read_order, to_fen
from hospital.payments.ports import (
    AcquirerOrder,
    AcquirerRejected,
    AcquirerState,
    AcquirerUnavailable,
    CodeRequest,
    PayerCodeRefused,
)

# What WeChat takes of a description, and of the number of the device that scanned.
_LONGEST_DESCRIPTION = 127
_LONGEST_DEVICE = 32
_IS_TYPING = ("USERPAYING", "USER_PAYING")
_IS_PAID = ("ORDERPAID", "ORDER_PAID", "OUT_TRADE_NO_USED")
_IS_BAD_CODE = ("AUTH_CODE", "AUTHCODE")
# Refusals that are about us and not about the payer: nobody's code would help.
_OURS = (
    "APPID_MCHID_NOT_MATCH",
    "INVALID_REQUEST",
    "MCH_NOT_EXISTS",
    "MCHID_NOT_EXIST",
    "NO_AUTH",
    "PARAM_ERROR",
    "SIGN_ERROR",
)


class WechatCode(WechatPay):
    """Implements `hospital.payments.ports.CodeAcquirer`."""

    def charge_code(self, request: CodeRequest) -> AcquirerOrder:
        """POST /v3/pay/transactions/codepay; see the port. An order of this number that exists is told, not charged."""
        self._library()  # raises AcquirerRejected where WeChat Pay is not set up
        try:
            answer = self._call(
                "code payment",
                lambda library: library.pay(
                    description=(request.description or request.order_no)[:_LONGEST_DESCRIPTION],
                    out_trade_no=request.order_no,
                    amount={"total": to_fen(request.amount), "currency": request.currency},
                    payer={"auth_code": request.payer_code},
                    scene_info={
                        "device_id": request.desk[:_LONGEST_DEVICE],
                        "store_info": {"out_id": request.desk[:_LONGEST_DEVICE]},
                    },
                    pay_type=WeChatPayType.CODEPAY,
                ),
                # NOT_ENOUGH is the payer's balance here.
                for_now=TOO_MANY_CALLS,
            )
        except OrderClosed as error:
            return _unpaid(request, AcquirerState.CLOSED, str(error))
        except AcquirerRejected as error:
            return self._read_refusal(request, str(error))
        if answer.get("code") in _IS_TYPING:  # told with 202
            return _unpaid(request, AcquirerState.PENDING, str(answer["code"]))
        told = read_order(answer, order_no=request.order_no, merchant_id=self._config.merchant_id)
        return told or _unpaid(request, AcquirerState.PENDING, "NOTPAY")

    def close_order(self, order_no: str) -> None:
        """Reverse by our order number: closes what is open, and gives back what was taken in the same instant."""
        try:
            self._call("reverse", lambda library: library.codepay_reverse(out_trade_no=order_no))
        except (NoSuchThing, OrderClosed):
            return

    def _read_refusal(self, request: CodeRequest, code: str) -> AcquirerOrder:
        if code in _IS_TYPING:
            return _unpaid(request, AcquirerState.PENDING, code)
        if code in _IS_PAID:
            told = self.retrieve_order(request.order_no)
            if told is None:
                raise AcquirerUnavailable("paid, but not found")
            return told
        if code.startswith(_IS_BAD_CODE):
            raise PayerCodeRefused(code)
        if code in _OURS or code.startswith("status "):
            raise AcquirerRejected(code)
        return _unpaid(request, AcquirerState.FAILED, code)


def _unpaid(request: CodeRequest, state: AcquirerState, code: str) -> AcquirerOrder:
    return AcquirerOrder(
        order_no=request.order_no, state=state, captured=Decimal("0.00"), currency=request.currency, code=code
    )
