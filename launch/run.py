"""`./imc run`: the whole product on this machine, with the demonstration hospital."""

import importlib
import importlib.util
import os
import select
import signal
import time
import unicodedata
from types import FrameType

from launch.environment import data_dir, port_from
from launch.lock_file import FolderLock, Owner
from launch.product import Product
from launch.terminal import give_up


class Stop(BaseException):
    """Somebody asked the product to stop while it was starting."""


class Interrupts:
    """Turns Ctrl-C, SIGTERM and a closed terminal into an orderly end, whatever the launcher is doing."""

    def __init__(self) -> None:
        self.is_asked = False
        self.is_starting = True
        self._reading, self._writing = os.pipe()
        os.set_blocking(self._writing, False)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # wakes `wait` when a process ends
        signal.set_wakeup_fd(self._writing, warn_on_full_buffer=False)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        was_asked, self.is_asked = self.is_asked, True
        if self.is_starting and not was_asked:
            raise Stop

    def wait(self, seconds: float) -> bool:
        """Sleep so long, or until a signal comes; whether to stop now."""
        if not self.is_asked and select.select([self._reading], [], [], seconds)[0]:
            os.read(self._reading, 512)
        return self.is_asked


def main(arguments: list[str]) -> int:
    """Start, watch, stop."""
    if arguments:
        give_up("'run' takes no options; IMC_PORT, IMC_DATA_DIR and DATABASE_URL change the obvious")
    began = time.monotonic()
    folder = data_dir()
    lock = FolderLock(folder)
    if not lock.acquire("run"):
        refuse_second(lock)
    product = Product(folder=folder, port=port_from("IMC_PORT", 8000))
    interrupts = Interrupts()
    reason = ""
    try:
        product.start()
        interrupts.is_starting = False
        address = f"http://127.0.0.1:{product.port}"
        lock.describe(Owner(os.getpid(), "run", product.database_url, address))
        print_welcome(product, time.monotonic() - began)
        reason = product.watch(interrupts.wait)
    except Stop:
        pass
    finally:
        interrupts.is_starting = False
        product.stop()
        lock.release()
    if reason:
        give_up(reason)
    return 0


def refuse_second(lock: FolderLock) -> None:
    """Say who has the data folder, and end."""
    owner = lock.read_owner()
    who = f"process {owner.pid}" if owner else "another process"
    where = f" at {owner.address}" if owner and owner.address else ""
    give_up(
        f"the product already runs on {lock.path.parent}{where} ({who}). Stop it first, or start a second one beside "
        "it: IMC_DATA_DIR=/elsewhere IMC_PORT=9000 ./imc run"
    )


def print_welcome(product: Product, seconds: float) -> None:
    """Addresses and logins, once everything answers."""
    base = f"http://127.0.0.1:{product.port}"
    lines = [
        ("patient app", f"{base}/"),
        ("entry page", f"{base}/about/"),
        ("staff pages", f"{base}/staff/"),
        ("patient API", f"{base}/api/docs"),
        ("outside world", f"{product.environment['IMC_SANDBOX_URL']}/  (card acquirer, mailbox)"),
        ("kiosk", f"{product.environment['IMC_SANDBOX_URL']}/kiosk/"),
        ("logs", str(product.folder / "logs")),
    ]
    print(f"\nReady after {seconds:.1f} s\n")
    for name, value in lines:
        print(f"  {name:14} {value}")
    logins = demo_logins()
    if logins:
        print("\n  Demonstration logins")
        width = max(wide(f"{row[1]} {row[0]}") for row in logins) + 2
        for role_zh, role_en, username, password in logins:
            role = f"{role_en} {role_zh}"
            print(f"  {role}{' ' * (width - wide(role))}{username:22} {password}")
    print("\nCtrl-C stops everything.", flush=True)


def wide(text: str) -> int:
    """Columns that the text takes on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def demo_logins() -> list[tuple[str, str, str, str]]:
    """Role in Chinese, role in English, user name, password: published logins of the invented hospital."""
    if importlib.util.find_spec("demo.logins") is None:
        return []
    return list(importlib.import_module("demo.logins").DEMO_LOGINS)
