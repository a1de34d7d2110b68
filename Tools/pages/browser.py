"""A browser as a test sees it: headless Chromium behind chromedriver, spoken to by the WebDriver protocol alone.

Source: W3C WebDriver; Chrome DevTools Protocol, for what WebDriver has no word for.
"""

from __future__ import annotations

import base64
import json
import pathlib
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable

# How many times longer than usual to wait for anything; for busy machines.
patience = 1.0
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Driver:
    """A running chromedriver."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.sessions: dict[str, str] = {}
        self.process = subprocess.Popen(
            ["chromedriver", f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(lambda: self.call("GET", "/status")["ready"], "chromedriver to start")

    def call(self, method: str, path: str, body: dict | None = None):
        data = None if body is None and method != "POST" else json.dumps(body or {}).encode()
        request = urllib.request.Request(
            self.address + path, data=data, method=method, headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=300) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            problem = json.load(error)["value"]
            raise RuntimeError(f"{path}: {problem['error']}: {problem['message'].splitlines()[0]}") from None

    def start(self, wish: dict) -> dict:
        """A session; a busy machine may take longer to start a browser than chromedriver waits."""
        for _ in range(3):
            try:
                return self.call("POST", "/session", wish)
            except RuntimeError as error:
                if "session not created" not in str(error):
                    raise
                problem = error
        raise problem

    def stop(self) -> None:
        for session in self.sessions.values():
            self.call("DELETE", f"/session/{session}")
        self.process.terminate()
        self.process.wait()


class Browser:
    """A browser with nothing kept from before. One is started for each language, and emptied between its uses."""

    def __init__(
        self, driver: Driver, address: str, language: str = "en", width: int = 1280, height: int = 860,
        dark: bool = False, still: bool = False,
    ) -> None:
        self.driver = driver
        self.address = address
        if language not in driver.sessions:
            driver.sessions[language] = driver.start(self.wish(language))["sessionId"]
        self.path = f"/session/{driver.sessions[language]}"
        self.protocol("Storage.clearDataForOrigin", {"origin": address, "storageTypes": "all"})
        self.protocol("Network.clearBrowserCookies", {})
        self.protocol(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 2 if width < 500 else 1, "mobile": width < 500})
        features = [
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce" if still else "no-preference"}]
        self.protocol("Emulation.setEmulatedMedia", {"features": features})
        self.complaints()

    @staticmethod
    def wish(language: str) -> dict:
        arguments = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-extensions", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--hide-scrollbars", f"--lang={language}"]
        accepted = {"ko": "ko-KR,ko,en", "en": "en-GB,en"}[language]
        return {"capabilities": {"alwaysMatch": {
            "browserName": "chrome", "goog:loggingPrefs": {"browser": "ALL"},
            "goog:chromeOptions": {"args": arguments, "prefs": {"intl.accept_languages": accepted}}}}}

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, *_: object) -> None:
        self.call("POST", "/url", {"url": "about:blank"})

    def call(self, method: str, path: str, body: dict | None = None):
        return self.driver.call(method, self.path + path, body)

    def protocol(self, command: str, parameters: dict) -> dict:
        return self.call("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def open(self, path: str = "/") -> None:
        self.call("POST", "/url", {"url": self.address + path})

    def reload(self) -> None:
        self.call("POST", "/refresh")

    def run(self, script: str, *arguments: object):
        return self.call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def find(self, selector: str) -> str:
        return self.call("POST", "/element", {"using": "css selector", "value": selector})[ELEMENT]

    def click(self, selector: str) -> None:
        self.run("document.querySelector(arguments[0]).scrollIntoView({block: 'center'})", selector)
        self.call("POST", f"/element/{self.find(selector)}/click")

    def type(self, selector: str, text: str) -> None:
        self.call("POST", f"/element/{self.find(selector)}/value", {"text": text})

    def clear(self, selector: str) -> None:
        self.call("POST", f"/element/{self.find(selector)}/clear")

    def press(self, *keys: str) -> None:
        """Presses keys one after another, wherever the focus is."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.call("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

    def text(self, selector: str) -> str:
        return self.run("return document.querySelector(arguments[0])?.innerText ?? ''", selector)

    def count(self, selector: str) -> int:
        return self.run("return document.querySelectorAll(arguments[0]).length", selector)

    def wait(self, selector: str, seconds: float = 30) -> None:
        until(lambda: self.count(selector) > 0, f"{selector} to be there", seconds)

    def photograph(self, path: pathlib.Path, whole: bool = False) -> None:
        picture = self.protocol("Page.captureScreenshot", {"format": "png", "captureBeyondViewport": whole})
        path.write_bytes(base64.b64decode(picture["data"]))

    def complaints(self) -> list[str]:
        """What the browser complained of since the last time: errors of scripts, and what the page may not do."""
        entries = self.call("POST", "/se/log", {"type": "browser"})
        # That a request was refused is told on the console too; the page deals with it.
        return [entry["message"] for entry in entries if "status of" not in entry["message"]]


def until(holds: Callable[[], bool], what: str, seconds: float = 30) -> None:
    """Waits until something holds."""
    seconds *= patience
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if holds():
                return
        except (RuntimeError, OSError):
            pass
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds} seconds for {what}")
