"""Checks the real service from outside, with programs that know nothing of it: OpenAI's client, Schemathesis, Prometheus.

    make check-server [ONLY=client,http,schema,prometheus]

`Tools/server/install` installs what it needs. Prints a line a check, and ends with status 1 where one failed.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import subprocess
import sys
import time

from http_check import HTTPChecks
from openai_client_check import Checks, check_all, check_limits, client
from prometheus_check import check_prometheus
from running_service import ROOT, RunningService

ROOMY = """
requests_per_minute = 100000
pictures_per_day = 1000000
pictures_at_once = 1000
longest_wait_seconds = 3600
"""
# Little of everything, so that each limit is met.
SETTINGS = f"""
[plans.standard]{ROOMY}
[plans.few]
requests_per_minute = 12
pictures_at_once = 100
longest_wait_seconds = 3600
[plans.hurried]
pictures_at_once = 100
longest_wait_seconds = 8
[plans.poor]
requests_per_minute = 2
pictures_per_day = 3
"""
# Few steps: what counts is which answers come, and many are asked for.
QUICK = f"""
[plans.standard]{ROOMY}
[tiers.full]
steps = 4
[tiers.standard]
steps = 3
[tiers.quick]
steps = 2
[tiers.turbo]
steps = 1
"""
PARTS = ["client", "http", "prometheus", "schema"]
SEED = 20261128


def check_schema(checks: Checks, program: pathlib.Path) -> None:
    """No failure of the server, and no answer that its description does not have.

    Left out are the floor's events, which never end, and the demand that whatever fits the schema is accepted: files must
    be pictures and names of requests must be new, which no schema can say. Nor is a job gone that was cancelled: it says so.
    """
    with RunningService(QUICK, program) as service:
        command = [
            sys.executable, "-m", "schemathesis.cli", "run", service.address + "/openapi.json",
            "--header", f"Authorization: Bearer {service.key}", "--exclude-operation-id", "followFloor",
            "--exclude-checks", "positive_data_acceptance,use_after_free", "--max-examples", "40", "--seed", str(SEED),
            "--request-timeout", "120", "--continue-on-failure", "--no-color"]
        answer = subprocess.run(command, capture_output=True, text=True, cwd=service.folder, timeout=1800)
        if answer.returncode != 0:
            print(answer.stdout[-20_000:], answer.stderr[-4000:])
        checks.check("schemathesis", answer.returncode == 0)


def check_stop(service: RunningService, http: HTTPChecks, checks: Checks) -> None:
    """What was accepted before a stop is drawn after the next start; the log has ids and no words."""
    place = http.draw("xyzzy", quality="high", n=6, Prefer="respond-async").headers["Location"]
    began = time.monotonic()
    code = service.stop()
    checks.check("SIGTERM ends it in time", code == 0 and time.monotonic() - began < 35, code)
    # The first administrator's key is shown once, before there is a log.
    log = "".join(line for line in service.lines if " ondol: " in line)
    checks.check("the log has ids, and no words or keys", "request_id=req_" in log and not any(
        word in log for word in ("xyzzy", "magic forest", http.key, service.key)), log[-300:])
    service.start()
    states = [job["status"] for job in http.ask("GET", place).json["jobs"]]
    checks.check("what was accepted is there again", set(states) <= {"queued", "drawing", "completed"}, states)
    last = http.events(place + "/events")[-1][1]
    checks.check("and is drawn", last == "job.completed", last)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help=f"parts of it, out of {','.join(PARTS)}")
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "ondol", help="the program to start")
    options = parser.parse_args()
    parts = [part for part in options.only.split(",") if part] or PARTS
    if unknown := set(parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}; there is {', '.join(PARTS)}")
    os.environ["ONDOL_HOME"] = str(ROOT)
    checks = Checks(client("http://127.0.0.1:1", "none"))
    if set(parts) - {"schema"}:
        with RunningService(SETTINGS, options.program) as service:
            key = service.new_key("checks")
            checks.client = client(service.address, key)
            if "client" in parts:
                check_all(checks, service.address, key)
                keys = {name: service.new_key(name, "--plan", name) for name in ("few", "hurried")}
                keys["reader"] = service.new_key("reader", "--read-only")
                check_limits(checks, service.address, key, keys)
            http = HTTPChecks(service, key, checks.check)
            if "http" in parts:
                http.run()
            if "prometheus" in parts:
                check_prometheus(service, checks.check)
            if "http" in parts:
                check_stop(service, http, checks)
    if "schema" in parts:
        check_schema(checks, options.program)
    print(f"{checks.count - checks.failed} passed, {checks.failed} failed")
    sys.exit(1 if checks.failed else 0)


if __name__ == "__main__":
    main()
