"""Where things lie, and the variables that the product's processes are started with."""

import base64
import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from launch.terminal import give_up
from sandbox.alipay.keys import new_alipay_keys
from sandbox.certificates import new_signing_keys
from sandbox.wechat_pay.keys import new_wechat_pay_keys

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
SECRETS = "secrets.env"
PREPARED = "database.stamp"  # lies in the folder once its database was filled
# What the database was encrypted and indexed with: without these keys its people are lost.
LASTING = ("IMC_FIELD_KEYS", "IMC_BLIND_INDEX_KEY", "IMC_DOCUMENT_CHECK_KEY")


def data_dir() -> Path:
    """The folder of the running product: database, logs, generated secrets (IMC_DATA_DIR, or `.imc` in the project)."""
    return Path(os.environ.get("IMC_DATA_DIR") or ROOT / ".imc").expanduser().resolve()


def new_secrets() -> dict[str, str]:
    """Fresh random keys, one for each secret that `config/settings.py` insists on."""
    return {
        "IMC_SECRET_KEY": secrets.token_urlsafe(48),
        "IMC_FIELD_KEYS": "1:" + base64.b64encode(secrets.token_bytes(32)).decode(),
        "IMC_BLIND_INDEX_KEY": secrets.token_urlsafe(48),
        "IMC_DOCUMENT_CHECK_KEY": secrets.token_urlsafe(48),
        "IMC_CARD_MERCHANT_ID": "IMCDEMO",
        "IMC_CARD_API_PASSWORD": secrets.token_urlsafe(24),
        "IMC_CARD_WEBHOOK_SECRET": secrets.token_urlsafe(24),
        "IMC_CARD_TERMINAL_MERCHANT_ID": "IMCTILLS",
        "IMC_CARD_TERMINAL_SECRET": secrets.token_urlsafe(24),
        "IMC_WECHAT_APP_ID": f"wx{secrets.token_hex(8)}",
        "IMC_WECHAT_APP_SECRET": secrets.token_hex(16),
        "IMC_SMS_SECRET_ID": secrets.token_hex(18),
        "IMC_SMS_SECRET_KEY": secrets.token_hex(16),
        "IMC_KIOSK_KEY_ID": f"kiosk{secrets.token_hex(6)}",
        "IMC_KIOSK_SECRET": secrets.token_urlsafe(32),
        "IMC_FISCAL_APP_KEY": secrets.token_hex(16),
        "IMC_BUREAU_KEY": secrets.token_hex(16),
        "IMC_ARCHIVE_PASSWORD": secrets.token_urlsafe(18),
    }


def kept_secrets(folder: Path) -> dict[str, str]:
    """The keys of this data folder, made once and kept in a file that only its owner reads.

    A key that a newer version of the product needs is added; one that exists is never replaced, because what was
    encrypted with it would be lost. For the same reason the command ends when the file of a filled database lacks one.
    """
    file = folder / SECRETS
    kept = {}
    if file.exists():
        pairs = (line.split("=", 1) for line in file.read_text(encoding="utf-8").splitlines() if "=" in line)
        kept = dict(pairs)
    missing = {name: value for name, value in new_secrets().items() if not kept.get(name)}
    lost = [name for name in LASTING if name in missing and not os.environ.get(name)]
    if lost and (folder / PREPARED).exists():
        give_up(
            f"{file} lacks {', '.join(lost)}, without which this database cannot be read. Put the file back from your "
            f"backup, or remove {folder} to begin anew"
        )
    if not kept.get("IMC_SANDBOX_WECHAT_PAY_KEY"):  # a moment's work, so only where there are none
        missing |= new_wechat_pay_keys()
    if not kept.get("IMC_SANDBOX_ALIPAY_KEY"):
        missing |= new_alipay_keys()
    if not kept.get("IMC_PAPER_SIGNING_KEY"):
        missing |= new_signing_keys()
    if missing:
        kept |= missing
        draft = file.with_suffix(".new")
        draft.touch(mode=0o600)
        draft.write_text("".join(f"{name}={value}\n" for name, value in kept.items()), encoding="utf-8")
        draft.replace(file)
    return kept


def port_from(name: str, default: int) -> int:
    """A port number from the environment; a bad one ends the command."""
    text = os.environ.get(name, "").strip() or str(default)
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise SystemExit(f"imc: {name} must be a port number, not {text!r}")
    return int(text)


def product_environment(*, folder: Path, database_url: str, port: int) -> dict[str, str]:
    """The variables for a demonstration on this machine; what the caller's environment already says wins.

    The web server listens at `port`, the sandbox one above, its mail server two above, the live process three above,
    the one for analyzers four above and the one for devices' worklists five above, unless IMC_SANDBOX_PORT,
    IMC_SMTP_PORT, IMC_LIVE_PORT, IMC_ANALYZER_PORT or IMC_DICOM_PORT say otherwise.
    """
    sandbox_port = port_from("IMC_SANDBOX_PORT", port + 1)
    smtp_port = port_from("IMC_SMTP_PORT", port + 2)
    live_port = port_from("IMC_LIVE_PORT", port + 3)
    analyzer_port = port_from("IMC_ANALYZER_PORT", port + 4)
    dicom_port = port_from("IMC_DICOM_PORT", port + 5)
    host = urlsplit(os.environ.get("IMC_PUBLIC_URL", "")).hostname or "127.0.0.1"
    chosen = {
        **kept_secrets(folder),
        "IMC_SANDBOX_URL": f"http://127.0.0.1:{sandbox_port}",
        "IMC_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "IMC_LIVE_URL": f"http://{host}:{live_port}/live",
        **os.environ,
    }
    fixed = {
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "IMC_DATA_DIR": str(folder),
        "IMC_DEMO": "1",
        "IMC_PORT": str(port),
        "IMC_SANDBOX_PORT": str(sandbox_port),
        "IMC_SMTP_PORT": str(smtp_port),
        "IMC_LIVE_PORT": str(live_port),
        "IMC_ANALYZER_PORT": str(analyzer_port),
        "IMC_DICOM_PORT": str(dicom_port),
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
    }
    return chosen | fixed
