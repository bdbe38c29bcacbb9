"""The Android and iOS apps' web part as their shells show it: its own origin, a bridge of plug-ins, one server."""

import mimetypes
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Error, Page, Route, expect

from launch.apps import WEB
from tests.journeys.conftest import LiveProduct
from tests.journeys.mini_program import PATIENCE_MILLISECONDS

PUBLIC_URL = "https://imc.example"
SHELL = "https://localhost"
PHONES: dict[str, dict[str, Any]] = {
    "ios": {
        "user_agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148",
        "viewport": {"width": 393, "height": 852},
        "device_scale_factor": 3,
        "locale": "en-GB",
    },
    "android": {
        "user_agent": "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
        "viewport": {"width": 412, "height": 924},
        "device_scale_factor": 2.625,
        "locale": "zh-CN",
    },
}
# What the shell puts into the page before the app's own code: its name, its plug-ins, a way to call them.
BRIDGE = """platform => {
  const listeners = {}
  const called = []
  if (platform === 'android') window.androidBridge = { postMessage() {} }
  else window.webkit = { messageHandlers: { bridge: { postMessage() {} } } }
  const method = (name, rtype) => ({ name, rtype })
  window.Capacitor = {
    isNativePlatform: () => true,
    getPlatform: () => platform,
    PluginHeaders: [
      { name: 'App', methods: [method('addListener', 'callback'), method('removeListener', 'promise')] },
      { name: 'Browser', methods: [method('open', 'promise'), method('close', 'promise')] },
    ],
    nativeCallback(plugin, name, options, callback) {
      if (name === 'addListener') listeners[options.eventName] = callback
      return Promise.resolve('1')
    },
    nativePromise(plugin, name, options) {
      called.push([plugin, name, options])
      return Promise.resolve({})
    },
  }
  window.shell = { listeners, called }
}"""


@dataclass
class Shell:
    """A telephone with the app; `foreign` are addresses that the app asked for and should not have."""

    page: Page
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def follow(self, link: str) -> None:
        """Open a link that belongs to the app."""
        self.page.wait_for_function("Boolean(window.shell.listeners.appUrlOpen)")
        self.page.evaluate("url => window.shell.listeners.appUrlOpen({ url })", link)


@contextmanager
def shell_of(browser: Browser, product: LiveProduct, platform: str) -> Generator[Shell]:
    """The app on an iPhone (`ios`) or a Pixel (`android`)."""
    context = browser.new_context(**PHONES[platform], has_touch=True, is_mobile=True)
    page = context.new_page()
    shell = Shell(page)
    page.add_init_script(f"({BRIDGE})('{platform}')")
    page.on("pageerror", lambda error: shell.complaints.append(str(error)))

    def answer(route: Route) -> None:
        address = urlsplit(route.request.url)
        origin = f"{address.scheme}://{address.netloc}"
        if origin == SHELL:
            give_file(route, address.path)
        elif origin == PUBLIC_URL:
            # The shell's own HTTP carries these: the rules of browsers about origins do not count for it.
            given = route.fetch(url=route.request.url.replace(PUBLIC_URL, product.url))
            route.fulfill(response=given, headers={**given.headers, "access-control-allow-origin": "*"})
        else:
            shell.foreign.append(route.request.url)
            route.abort()

    def answer_while_open(route: Route) -> None:
        with suppress(Error):  # the window was closed meanwhile
            answer(route)

    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    context.route("**/*", answer_while_open)
    try:
        page.goto(f"{SHELL}/")
        yield shell
    finally:
        context.unroute_all(behavior="ignoreErrors")
        context.close()


def give_file(route: Route, path: str) -> None:
    """A file of the web part."""
    file = WEB / (path.strip("/") or "index.html")
    if file.is_file():
        route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0] or "text/plain")
    else:
        route.fulfill(status=404)
