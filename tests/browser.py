"""A headless Chromium for tests, driven by Selenium, and small things to do in it."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Callable, Iterator
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--autoplay-policy=no-user-gesture-required", "--mute-audio", "--window-size=1280,900",
    "--disable-dev-shm-usage",
)  # fmt: skip


def missing() -> str | None:
    """Say what is missing to drive a browser, None if nothing is."""
    if not any(map(shutil.which, NAMES)):
        return "there is no Chromium on this machine (Debian: apt-get install chromium)"
    if not shutil.which("chromedriver"):
        return "there is no chromedriver on this machine (Debian: apt-get install chromium-driver)"
    return None


@contextlib.contextmanager
def chromium() -> Iterator[Any]:
    """Start a browser and end it; it reaches no network but this machine."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = next(path for name in NAMES if (path := shutil.which(name)))
    # Every name but this machine's own leads nowhere.
    rules = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
    for flag in (*FLAGS, rules):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    driver.set_script_timeout(30)
    try:
        yield driver
    finally:
        driver.quit()


def until(what: Callable[[], Any], *, seconds: float = 15.0) -> Any:
    """Wait until something is true, and give it."""
    end = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < end, "this did not come true in time"
        time.sleep(0.03)
    return found


def complaints(driver: Any) -> list[str]:
    """What stands in the console: errors, warnings, refusals of the page's policy."""
    return [line["message"] for line in driver.get_log("browser") if line["level"] != "INFO"]


def press(driver: Any, key: str, **held: bool) -> None:
    """Press a key on the page."""
    driver.execute_script(
        "const [key, held] = arguments;"
        "(document.activeElement ?? document.body).dispatchEvent("
        "new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true, ...held}));",
        key, held,
    )  # fmt: skip
