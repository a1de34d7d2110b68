"""Starts the real service for a check, with settings and data of its own, and ends it again."""

from __future__ import annotations

import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import threading
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
# A first start compiles what it draws with.
START_SECONDS = 900
STOP_SECONDS = 60


class RunningService:
    """`ondol serve` on a free port; `address` and the administrator's `key` are known once it is entered."""

    def __init__(self, settings: str = "", program: pathlib.Path = ROOT / "ondol") -> None:
        self.program = program
        self.settings = settings
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="ondol-check-"))
        self.lines: list[str] = []
        self.address = ""
        self.key = ""

    def __enter__(self) -> RunningService:
        (self.folder / "settings.toml").write_text(self.settings, "utf-8")
        self.start()
        return self

    def __exit__(self, kind: type | None, *_: object) -> None:
        code = self.stop()
        shutil.rmtree(self.folder)
        if kind is None and code != 0:
            raise AssertionError(f"the service ended with status {code}: " + "".join(self.lines[-5:]))

    def start(self) -> None:
        """Starts it, again on the same data where it ran before, and waits until it takes requests."""
        self.process = subprocess.Popen(
            [self.program, "serve", "--data", self.folder, "--port", "0"], stderr=subprocess.PIPE, text=True)
        self.lines = []
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()
        self.address = self.until(r"Ondol serves at (http://\S+)")
        if not self.key:
            self.key = self.until(r"^\s+(ondol_\S+)$")
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            try:
                if urllib.request.urlopen(self.address + "/readyz", timeout=5).status == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the service does not get ready")

    def read(self) -> None:
        for line in self.process.stderr:
            self.lines.append(line)

    def until(self, pattern: str) -> str:
        """What the first line of the log that fits has in its group."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            for line in list(self.lines):
                if found := re.search(pattern, line):
                    return found[1]
            if self.process.poll() is not None:
                raise AssertionError("the service did not start: " + "".join(self.lines[-5:]))
            time.sleep(0.05)
        raise AssertionError(f"no line of the log is like {pattern}")

    def stop(self) -> int:
        """Tells it to stop, and answers with its status."""
        self.process.terminate()
        try:
            code = self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"the service did not stop within {STOP_SECONDS} seconds") from None
        self.reader.join(5)
        return code

    def command(self, *arguments: str) -> str:
        """What a command of the program, for this service's data, prints."""
        answer = subprocess.run(
            [self.program, *arguments, "--data", self.folder], capture_output=True, text=True, check=True)
        return answer.stdout.strip()

    def new_key(self, label: str, *options: str) -> str:
        """Makes a key."""
        return self.command("keys", "add", label, *options)

    def floor(self) -> dict:
        """How the floor is."""
        request = urllib.request.Request(
            self.address + "/v1/floor", headers={"Authorization": f"Bearer {self.key}"})
        return json.load(urllib.request.urlopen(request, timeout=30))
