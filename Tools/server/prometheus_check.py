"""Lets Debian's Prometheus judge and scrape a running service's figures."""

from __future__ import annotations

import json
import pathlib
import re
import socket
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable

from running_service import ROOT, RunningService

PROGRAMS = ROOT / ".ondol/checks/prometheus/usr/bin"
SECONDS = 60


def check_prometheus(service: RunningService, check: Callable[[str, bool, object], None]) -> None:
    """`promtool` has nothing to say against the figures, and Prometheus finds all of them at its first scrapes."""
    with urllib.request.urlopen(service.address + "/metrics", timeout=30) as answer:
        kind, text = answer.headers["Content-Type"], answer.read().decode()
    check("the figures' media type", kind.startswith("text/plain; version=0.0.4"), kind)
    verdict = subprocess.run([PROGRAMS / "promtool", "check", "metrics"], input=text, capture_output=True, text=True)
    check("promtool check metrics", verdict.returncode == 0 and not verdict.stderr, verdict.stderr)
    names = set(re.findall(r"^# TYPE (\S+) ", text, re.M))
    with tempfile.TemporaryDirectory(prefix="ondol-prometheus-") as folder:
        scrape(pathlib.Path(folder), service, names, check)


def scrape(folder: pathlib.Path, service: RunningService, names: set[str], check: Callable) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    target = urllib.parse.urlsplit(service.address).netloc
    (folder / "prometheus.yml").write_text(
        "global: {scrape_interval: 1s}\n"
        f"scrape_configs: [{{job_name: ondol, static_configs: [{{targets: ['{target}']}}]}}]\n")
    process = subprocess.Popen(
        [PROGRAMS / "prometheus", f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/data",
         f"--web.listen-address=127.0.0.1:{port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        found, end = set(), time.monotonic() + SECONDS
        while not names <= found and time.monotonic() < end:
            time.sleep(0.5)
            try:
                found = {each["metric"]["__name__"] for each in query(port, '{job="ondol"}')}
            except OSError:
                continue
        check("a real scrape finds every figure", names <= found, names - found)
        up = query(port, "up")
        check("the target is up", [each["value"][1] for each in up] == ["1"], up)
    finally:
        process.terminate()
        process.wait(30)


def query(port: int, text: str) -> list[dict]:
    address = f"http://127.0.0.1:{port}/api/v1/query?" + urllib.parse.urlencode({"query": text})
    with urllib.request.urlopen(address, timeout=10) as answer:
        return json.load(answer)["data"]["result"]
