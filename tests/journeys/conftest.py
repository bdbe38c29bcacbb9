"""A running product for whole stories: web server, worker, sandbox and the demonstration hospital."""

import tempfile
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from launch.patient_app import APP, prepare_packages
from launch.ports import find_free_port
from launch.product import Product
from launch.run import demo_logins
from launch.screens import sign_in, speak


@dataclass(frozen=True)
class LiveProduct:
    """Addresses of the running product: web server, the process that tells of changes, sandbox, database, folder, the
    kiosk's key."""

    url: str
    live_url: str
    sandbox_url: str
    smtp_port: int
    database_url: str
    folder: Path
    kiosk: tuple[str, str]


@pytest.fixture(scope="session")
def live_product() -> Generator[LiveProduct]:
    """The product on free ports and a database of its own, with the demonstration hospital loaded."""
    with tempfile.TemporaryDirectory(prefix="imc-journey-") as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        folder.chmod(0o755)
        for variable in ("DATABASE_URL", "IMC_DATA_DIR"):
            patch.delenv(variable, raising=False)
        product = Product(folder=folder, port=find_free_port(), is_disposable=True)
        try:
            product.start()
            yield LiveProduct(
                url=f"http://127.0.0.1:{product.port}",
                live_url=f"http://127.0.0.1:{product.ports['IMC_LIVE_PORT']}",
                sandbox_url=product.environment["IMC_SANDBOX_URL"],
                smtp_port=product.ports["IMC_SMTP_PORT"],
                database_url=product.database_url,
                folder=folder,
                kiosk=(product.environment["IMC_KIOSK_KEY_ID"], product.environment["IMC_KIOSK_SECRET"]),
            )
        finally:
            product.stop()


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core."""
    prepare_packages()
    return (APP / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Staff:
    """Opens browser windows for members of staff."""

    browser: Browser
    product: LiveProduct

    def open(self, role: str, *, language: str = "en", width: int = 1440) -> BrowserContext:
        """A window of its own, signed in with the demonstration login of `role`, in `language` (en or zh-hans)."""
        context = self.browser.new_context(base_url=self.product.url, viewport={"width": width, "height": 900})
        speak(context, self.product.url, language)
        tab = context.new_page()
        sign_in(tab, self.product.url, role)
        return context


@pytest.fixture
def staff(chromium: Browser, live_product: LiveProduct) -> Staff:
    """Windows of the staff pages on the running product."""
    assert demo_logins(), "the demonstration hospital has no logins"
    return Staff(chromium, live_product)
