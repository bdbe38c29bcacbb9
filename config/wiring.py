"""Which adapter serves which port. Contexts find these functions by the dotted paths in the settings."""

import base64
from functools import cache

from django.conf import settings

from hospital.accounts.ports import WechatIdentity
from hospital.documents.ports import PaperSigner
from hospital.examinations.ports import ImageArchive
from hospital.insurance.ports import InsuranceBureau
from hospital.integrations.alipay.acquirer import AlipayCode, AlipayConfig
from hospital.integrations.card_terminal.terminals import CardTerminalConfig, CardTerminals
from hospital.integrations.dicomweb.archive import ArchiveConfig, DicomWebArchive
from hospital.integrations.fiscal.platform import FiscalGateway
from hospital.integrations.fiscal.wire import FiscalConfig
from hospital.integrations.insurance_bureau.bureau import BureauGateway
from hospital.integrations.insurance_bureau.wire import BureauConfig
from hospital.integrations.machine_translation.drafter import DrafterConfig, MachineDrafter
from hospital.integrations.mpgs.acquirer import MpgsAcquirer, MpgsConfig
from hospital.integrations.paper_signing.signer import PadesSigner, SigningConfig
from hospital.integrations.tencent_sms.sender import TencentSms, TencentSmsConfig
from hospital.integrations.wechat.identity import WechatConfig, WechatLogin
from hospital.integrations.wechat_pay.acquirer import WechatPay, WechatPayConfig
from hospital.integrations.wechat_pay.codes import WechatCode
from hospital.notifications.ports import SmsSender
from hospital.payments.ports import CardAcquirer, CardTerminal, CodeAcquirer, WechatAcquirer
from hospital.receipts.ports import FiscalPlatform
from hospital.translations.ports import MachineTranslator


def card_acquirer() -> CardAcquirer:
    """The Mastercard Gateway."""
    return MpgsAcquirer(
        MpgsConfig(
            gateway_url=settings.CARD_GATEWAY_URL.rstrip("/"),
            version=settings.CARD_GATEWAY_VERSION,
            merchant_id=settings.CARD_MERCHANT_ID,
            api_password=settings.CARD_API_PASSWORD,
            webhook_secret=settings.CARD_WEBHOOK_SECRET,
            notification_url=settings.CARD_NOTIFICATION_URL,
            connect_seconds=settings.CARD_CONNECT_SECONDS,
            answer_seconds=settings.CARD_ANSWER_SECONDS,
        )
    )


def wechat_acquirer() -> WechatAcquirer:
    """WeChat Pay inside the mini program."""
    return WechatPay(_wechat_pay())


def wechat_code_acquirer() -> CodeAcquirer:
    """WeChat Pay by the code on the payer's phone."""
    return WechatCode(_wechat_pay())


def _wechat_pay() -> WechatPayConfig:
    return WechatPayConfig(
        gateway_url=settings.WECHAT_PAY_URL.rstrip("/"),
        app_id=settings.WECHAT_APP_ID,
        merchant_id=settings.WECHAT_PAY_MERCHANT_ID,
        merchant_serial=settings.WECHAT_PAY_MERCHANT_SERIAL,
        merchant_key=settings.WECHAT_PAY_MERCHANT_KEY,
        api_key=settings.WECHAT_PAY_API_KEY,
        public_key=settings.WECHAT_PAY_PUBLIC_KEY,
        public_key_id=settings.WECHAT_PAY_PUBLIC_KEY_ID,
        notification_url=settings.WECHAT_PAY_NOTIFICATION_URL,
        connect_seconds=settings.WECHAT_PAY_CONNECT_SECONDS,
        answer_seconds=settings.WECHAT_PAY_ANSWER_SECONDS,
    )


def alipay_acquirer() -> CodeAcquirer:
    """Alipay by the code on the payer's phone."""
    return AlipayCode(
        AlipayConfig(
            gateway_url=settings.ALIPAY_URL,
            app_id=settings.ALIPAY_APP_ID,
            app_key=settings.ALIPAY_APP_KEY,
            public_key=settings.ALIPAY_PUBLIC_KEY,
            connect_seconds=settings.ALIPAY_CONNECT_SECONDS,
            answer_seconds=settings.ALIPAY_ANSWER_SECONDS,
        )
    )


def card_terminal() -> CardTerminal:
    """The card terminals of the windows."""
    return CardTerminals(
        CardTerminalConfig(
            gateway_url=settings.CARD_TERMINAL_URL.rstrip("/"),
            merchant_id=settings.CARD_TERMINAL_MERCHANT_ID,
            secret=settings.CARD_TERMINAL_SECRET,
            connect_seconds=settings.CARD_TERMINAL_CONNECT_SECONDS,
            answer_seconds=settings.CARD_TERMINAL_ANSWER_SECONDS,
        )
    )


def wechat_identity() -> WechatIdentity:
    """WeChat's code2Session for our mini program."""
    return WechatLogin(
        WechatConfig(
            api_url=settings.WECHAT_API_URL.rstrip("/"),
            app_id=settings.WECHAT_APP_ID,
            app_secret=settings.WECHAT_APP_SECRET,
            connect_seconds=3,
            answer_seconds=8,
        )
    )


def sms_sender() -> SmsSender:
    """Tencent Cloud SMS."""
    pairs = (entry.partition("=") for entry in settings.SMS_TEMPLATES)
    return TencentSms(
        TencentSmsConfig(
            url=settings.SMS_URL,
            region=settings.SMS_REGION,
            secret_id=settings.SMS_SECRET_ID,
            secret_key=settings.SMS_SECRET_KEY,
            app_id=settings.SMS_APP_ID,
            signature=settings.SMS_SIGNATURE,
            templates=tuple((name, number) for name, _, number in pairs),
            connect_seconds=3,
            answer_seconds=8,
        )
    )


def insurance_bureau() -> InsuranceBureau:
    """The bureau of the national insurance."""
    return BureauGateway(
        BureauConfig(
            url=settings.BUREAU_URL.rstrip("/"),
            hospital=settings.BUREAU_HOSPITAL,
            key=settings.BUREAU_KEY,
            connect_seconds=settings.BUREAU_CONNECT_SECONDS,
            answer_seconds=settings.BUREAU_ANSWER_SECONDS,
        )
    )


def image_archive() -> ImageArchive:
    """The archive in which devices keep their images."""
    return DicomWebArchive(
        ArchiveConfig(
            url=settings.ARCHIVE_URL.rstrip("/"),
            user=settings.ARCHIVE_USER,
            password=settings.ARCHIVE_PASSWORD,
            connect_seconds=settings.ARCHIVE_CONNECT_SECONDS,
            answer_seconds=settings.ARCHIVE_ANSWER_SECONDS,
        )
    )


def fiscal_platform() -> FiscalPlatform:
    """The finance authority's platform for medical receipts."""
    return FiscalGateway(
        FiscalConfig(
            url=settings.FISCAL_URL.rstrip("/"),
            region=settings.FISCAL_REGION,
            unit=settings.FISCAL_UNIT,
            app_id=settings.FISCAL_APP_ID,
            app_key=settings.FISCAL_APP_KEY,
            connect_seconds=settings.FISCAL_CONNECT_SECONDS,
            answer_seconds=settings.FISCAL_ANSWER_SECONDS,
        )
    )


def paper_signer() -> PaperSigner | None:
    """Signatures of papers with the key of the environment; None where it has none."""
    if not settings.PAPER_SIGNING_KEY:
        return None
    return _pades_signer(settings.PAPER_SIGNING_KEY, tuple(settings.PAPER_SIGNING_CERTIFICATES), settings.DEMO)


@cache
def _pades_signer(key: str, certificates: tuple[bytes, ...], is_demonstration: bool) -> PadesSigner:
    return PadesSigner(
        SigningConfig(key=base64.b64decode(key), certificates=certificates, is_demonstration=is_demonstration)
    )


def machine_translator() -> MachineTranslator | None:
    """A service that drafts translations; None where the hospital has not turned it on."""
    if not settings.MACHINE_TRANSLATION_URL:
        return None
    return MachineDrafter(
        DrafterConfig(
            url=settings.MACHINE_TRANSLATION_URL,
            key=settings.MACHINE_TRANSLATION_KEY,
            connect_seconds=3,
            answer_seconds=30,
        )
    )
