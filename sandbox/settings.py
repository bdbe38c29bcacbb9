"""What the sandbox reads from its environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sandbox.alipay.keys import AlipayKeys, read_alipay_keys
from sandbox.wechat_pay.keys import WechatPayKeys, read_keys


@dataclass(frozen=True, kw_only=True)
class SandboxSettings:
    """Addresses, credentials and waits of the sandbox; times in seconds."""

    host: str
    port: int
    smtp_port: int
    public_url: str
    notification_url: str
    merchant_id: str
    api_password: str
    webhook_secret: str
    wechat_app_secret: str
    sms_secret_id: str
    sms_secret_key: str
    fiscal_app_id: str
    fiscal_app_key: str
    bureau_key: str
    archive_user: str
    archive_password: str
    session_lifetime: int
    pending_wait: float
    slow_answer: float
    late_webhook: float
    webhook_backoff: float
    memory_path: Path | None
    wechat_app_id: str
    wechat_pay_keys: WechatPayKeys
    alipay_keys: AlipayKeys
    card_terminals: tuple[str, ...]
    card_terminal_merchant_id: str
    card_terminal_secret: str
    hospital_url: str
    analyzer_host: str
    analyzer_port: int
    kiosk_key_id: str
    kiosk_secret: str
    kiosk_campus: str


def read_settings(environ: Mapping[str, str] | None = None) -> SandboxSettings:
    """The settings of this process.

    What both sides share (`IMC_CARD_…`, `IMC_WECHAT_…`, `IMC_ALIPAY_…`, `IMC_SMS_…`) carries the same names as in the
    product, so that one environment starts both.
    """
    env = os.environ if environ is None else environ
    product_port = int(env.get("IMC_PORT", "8000"))
    port = int(env.get("IMC_SANDBOX_PORT", str(product_port + 1)))
    return SandboxSettings(
        host=env.get("IMC_SANDBOX_HOST", "127.0.0.1"),
        port=port,
        smtp_port=int(env.get("IMC_SMTP_PORT", str(product_port + 2))),
        public_url=env.get("IMC_SANDBOX_URL", f"http://127.0.0.1:{port}").rstrip("/"),
        notification_url=env.get(
            "IMC_SANDBOX_NOTIFICATION_URL", f"http://127.0.0.1:{product_port}/api/payments/notifications"
        ),
        merchant_id=env.get("IMC_CARD_MERCHANT_ID", "IMCGZ0001"),
        api_password=env.get("IMC_CARD_API_PASSWORD", "sandbox-api-password"),
        webhook_secret=env.get("IMC_CARD_WEBHOOK_SECRET", "sandbox-webhook-secret"),
        wechat_app_secret=env.get("IMC_WECHAT_APP_SECRET", "sandbox-wechat-secret"),
        sms_secret_id=env.get("IMC_SMS_SECRET_ID", "sandbox-sms-id"),
        sms_secret_key=env.get("IMC_SMS_SECRET_KEY", "sandbox-sms-key"),
        fiscal_app_id=env.get("IMC_FISCAL_APP_ID", "IMCGZ-HIS"),
        fiscal_app_key=env.get("IMC_FISCAL_APP_KEY", "sandbox-fiscal-key"),
        bureau_key=env.get("IMC_BUREAU_KEY", "sandbox-bureau-key"),
        archive_user=env.get("IMC_ARCHIVE_USER", "imc"),
        archive_password=env.get("IMC_ARCHIVE_PASSWORD", "sandbox-archive-password"),
        session_lifetime=int(env.get("IMC_SANDBOX_SESSION_SECONDS", "1800")),
        pending_wait=float(env.get("IMC_SANDBOX_PENDING_SECONDS", "20")),
        slow_answer=float(env.get("IMC_SANDBOX_SLOW_SECONDS", "15")),
        late_webhook=float(env.get("IMC_SANDBOX_LATE_SECONDS", "30")),
        webhook_backoff=float(env.get("IMC_SANDBOX_WEBHOOK_BACKOFF", "1")),
        memory_path=memory_path(Path(folder)) if (folder := env.get("IMC_DATA_DIR")) else None,
        wechat_app_id=env.get("IMC_WECHAT_APP_ID", "wx0000000000000imc"),
        wechat_pay_keys=read_keys(env),
        alipay_keys=read_alipay_keys(env),
        card_terminals=tuple(env.get("IMC_CARD_TERMINALS", "T01,T02,T03").split(",")),
        card_terminal_merchant_id=env.get("IMC_CARD_TERMINAL_MERCHANT_ID", "IMCTILLS"),
        card_terminal_secret=env.get("IMC_CARD_TERMINAL_SECRET", "sandbox-till-secret"),
        hospital_url=env.get("IMC_PUBLIC_URL", f"http://127.0.0.1:{product_port}").rstrip("/"),
        analyzer_host=env.get("IMC_ANALYZER_HOST", "127.0.0.1"),
        analyzer_port=int(env.get("IMC_ANALYZER_PORT", str(product_port + 4))),
        kiosk_key_id=env.get("IMC_KIOSK_KEY_ID", ""),
        kiosk_secret=env.get("IMC_KIOSK_SECRET", ""),
        kiosk_campus=env.get("IMC_KIOSK_CAMPUS", ""),
    )


def memory_path(data_dir: Path) -> Path:
    """Where the sandbox of this data folder writes its orders down."""
    return data_dir / "sandbox" / "orders.json"
