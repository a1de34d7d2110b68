"""What the service promises over plain HTTP, asked of the real one with the standard library alone."""

from __future__ import annotations

import base64
import concurrent.futures
import http.client
import json
import socket
import time
import urllib.parse
from collections.abc import Callable

from png_pixels import distance, read_png
from running_service import RunningService

DRAW = "/v1/images/generations"
SIGNATURES = {"png": b"\x89PNG", "jpeg": b"\xff\xd8\xff", "webp": b"RIFF"}


class Answer:
    """An answer read to its end."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def json(self) -> dict:
        return json.loads(self.body)

    @property
    def code(self) -> str | None:
        try:
            return self.json["error"]["code"]
        except (ValueError, KeyError):
            return None


class HTTPChecks:
    """Asks as one key's holder."""

    def __init__(self, service: RunningService, key: str, check: Callable[..., None]) -> None:
        self.service, self.key, self.check = service, key, check

    def connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(urllib.parse.urlsplit(self.service.address).netloc, timeout=120)

    def ask(self, method: str, path: str, body: object = None, key: str | None = "", **headers: str) -> Answer:
        """Sends a request on a connection of its own; underscores in names of headers stand for hyphens."""
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        if key is not None:
            fields["Authorization"] = f"Bearer {key or self.key}"
        if isinstance(body, dict):
            body = json.dumps(body).encode()
            fields.setdefault("Content-Type", "application/json")
        connection = self.connection()
        try:
            connection.request(method, path, body, fields)
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def draw(self, prompt: str, **fields: object) -> Answer:
        headers = {name: fields.pop(name) for name in list(fields) if name[0].isupper()}
        return self.ask("POST", DRAW, {"prompt": prompt} | fields, **headers)

    def run(self) -> None:
        for check in (
                self.pictures_are_as_asked_for, self.previews_come_out_of_the_noise, self.links, self.refusals,
                self.later, self.repeats, self.leaving, self.limits, self.pages):
            check()

    def pictures_are_as_asked_for(self) -> None:
        model = self.ask("GET", "/v1/models").json["data"][0]
        for size in model["ondol"]["sizes"]["listed"]:
            answer = self.draw("a lake at dusk", size=size, quality="low")
            picture = base64.b64decode(answer.json["data"][0]["b64_json"])
            drawn = "x".join(map(str, read_png(picture)[:2]))
            self.check(f"a picture of {size}", drawn == size == answer.json["size"], drawn)
        lengths = {}
        for format in ("jpeg", "webp"):
            for quality in (10, 95):
                answer = self.draw(
                    "a cat at night", quality="low", output_format=format, output_compression=quality,
                    ondol={"seed": 3}).json
                data = base64.b64decode(answer["data"][0]["b64_json"])
                lengths[format, quality] = len(data)
                self.check(f"{format} is {format}", data.startswith(SIGNATURES[format]), data[:12])
            self.check(f"{format} of less quality is smaller", lengths[format, 10] < 0.7 * lengths[format, 95], lengths)
        several = self.draw("a dog in snow", n=2, quality="low", ondol={"seed": 5}).json
        first, second = (each["b64_json"] for each in several["data"])
        self.check("two pictures are two", first != second)
        again = self.draw("a dog in snow", quality="low", ondol={"seed": 5}).json["data"][0]["b64_json"]
        pixels = [read_png(base64.b64decode(each))[2] for each in (first, again)]
        # Beside others in a batch sums may be added in another order.
        self.check("a seed draws the same again", distance(*pixels) < 4, distance(*pixels))
        usage = several["usage"]
        self.check("usage adds up", usage["total_tokens"] == usage["input_tokens"] + usage["output_tokens"] > 0, usage)
        transparent = self.draw("a bird", background="transparent")
        self.check("what cannot be drawn is refused", transparent.status == 400, transparent.body)

    def previews_come_out_of_the_noise(self) -> None:
        answer = self.draw("a boy on a hill at sunset", quality="high", stream=True, partial_images=3)
        events = [json.loads(part.split("data: ", 1)[1]) for part in answer.body.decode().split("\n\n") if "data: " in part]
        kinds = [event["type"].split(".")[1] for event in events]
        self.check("three previews, then the picture", kinds == ["partial_image"] * 3 + ["completed"], kinds)
        self.check("they are numbered", [event.get("partial_image_index") for event in events] == [0, 1, 2, None])
        pixels = [read_png(base64.b64decode(event["b64_json"]))[2] for event in events]
        far = [distance(each, pixels[-1]) for each in pixels]
        self.check("each is nearer to the picture than the one before", far[0] > far[1] > far[2] > far[3] == 0, far)

    def links(self) -> None:
        url = self.draw("a lake", quality="low", response_format="url").json["data"][0]["url"]
        path = url.removeprefix(self.service.address)
        whole = self.ask("GET", path, key=None)
        tag, count = whole.headers["ETag"], len(whole.body)
        self.check("a link needs no key", whole.status == 200 and whole.body.startswith(SIGNATURES["png"]))
        head = self.ask("HEAD", path, key=None)
        self.check("HEAD", (head.status, head.body, head.headers["Content-Length"]) == (200, b"", str(count)), head.headers)
        part = self.ask("GET", path, key=None, Range="bytes=100-199")
        self.check("a part", part.status == 206 and part.body == whole.body[100:200], part.headers)
        beyond = self.ask("GET", path, key=None, Range=f"bytes={count}-")
        self.check("a part beyond the end", beyond.status == 416 and beyond.code == "range_not_satisfiable", beyond.body)
        known = self.ask("GET", path, key=None, If_None_Match=tag)
        self.check("not sent again", known.status == 304 and known.body == b"", known.status)
        cache = whole.headers["Cache-Control"]
        seconds = int(cache.split("max-age=")[1].split(",")[0])
        left = int(urllib.parse.parse_qs(urllib.parse.urlsplit(path).query)["expires"][0]) - time.time()
        self.check("no cache keeps it longer than its link", cache.startswith("private") and seconds <= left + 2, cache)
        forged = self.ask("GET", path[:-1] + ("0" if path[-1] != "0" else "1"), key=None)
        self.check("a forged link", forged.status == 403 and forged.headers["Cache-Control"] == "no-store", forged.status)

    def refusals(self) -> None:
        long = {"X-Long": "a" * 40_000}
        for name, answer, status, code in [
                ("a wrong method", self.ask("GET", DRAW), 405, "method_not_allowed"),
                ("a wrong address", self.ask("GET", "/v1/dreams"), 404, "unknown_url"),
                ("no key", self.ask("GET", "/v1/models", key=None), 401, "missing_api_key"),
                ("a drawing key at the floor", self.ask("GET", "/v1/floor"), 403, "insufficient_permissions"),
                ("a wrong type", self.ask("POST", DRAW, b"x", Content_Type="text/plain"), 415, "unsupported_content_type"),
                ("a packed body", self.ask("POST", DRAW, {"prompt": "a"}, Content_Encoding="gzip"), 415,
                 "unsupported_content_encoding"),
                ("too large a body", self.ask("POST", DRAW, {"prompt": "a" * 1_100_000}), 413, "request_too_large"),
                ("too long an address", self.ask("GET", "/v1/models?" + "a" * 5000), 414, "address_too_long"),
                ("too long headers", self.ask("GET", "/v1/models", **long), 431, "headers_too_large"),
                ("no JSON", self.ask("POST", DRAW, b"{", Content_Type="application/json"), 400, "invalid_json"),
                ("somebody's job", self.ask("GET", "/v1/jobs/job_01"), 404, "job_not_found")]:
            told = (answer.status, answer.code) == (status, code)
            said = (answer.headers["x-request-id"] or "").startswith("req_") and answer.headers["x-should-retry"] == "false"
            self.check(name, told and said, (answer.status, answer.body[:200], str(answer.headers)))
        self.check("which methods there are", self.ask("GET", DRAW).headers["Allow"] == "POST")

    def events(self, path: str, after: int = 0) -> list[tuple[int, str]]:
        text = self.ask("GET", path, Last_Event_ID=str(after)).body.decode()
        blocks = [dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
                  for block in text.split("\n\n") if block.strip() and not block.startswith(":")]
        return [(int(block["id"]), block["event"]) for block in blocks]

    def later(self) -> None:
        answer = self.draw("an old man in snow", quality="high", Prefer="respond-async")
        place = answer.headers["Location"]
        self.check("answered later", answer.status == 202 and answer.headers["Preference-Applied"] == "respond-async")
        all = self.events(place + "/events")
        self.check("followed to its end", all[-1][1] == "job.completed" and "job.preview" in [name for _, name in all], all)
        middle = all[len(all) // 2][0]
        rest = self.events(place + "/events", middle)
        self.check("gone on with after the last event seen", rest == [each for each in all if each[0] > middle], rest)
        end = self.ask("GET", place + "/events", Last_Event_ID=str(all[-1][0]))
        self.check("nothing more", end.status == 204, end.status)
        job = self.ask("GET", place).json["jobs"][0]
        self.check("its picture waits", job["status"] == "completed" and "url" in job["result"], job)
        self.check("what is over is not cancelled", self.ask("DELETE", place).code == "job_already_ended")

    def repeats(self) -> None:
        body = {"quality": "high", "ondol": {"seed": 11}}
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            answers = [each.result().json["ondol"] for each in
                       [pool.submit(self.draw, "a girl in a magic forest", **body) for _ in range(4)]]
        self.check("the same request at the same time is one", len({each["group"] for each in answers}) == 1, answers)
        self.check("and the others say so", sorted(each["repeated"] for each in answers) == [False, True, True, True])
        named = [self.draw("a fox", quality="low", Idempotency_Key="http-1").json["ondol"] for _ in range(2)]
        self.check("a name joins what is over", named[0]["group"] == named[1]["group"] and named[1]["repeated"], named)
        other = self.draw("a hen", Idempotency_Key="http-1")
        self.check("a name for another request", (other.status, other.code) == (422, "idempotency_key_reused"), other.body)

    def cancelled(self) -> int:
        text = self.ask("GET", "/metrics", key=None).body.decode()
        return int(text.split("\nondol_pictures_cancelled_total ")[1].split("\n")[0])

    def leaving(self) -> None:
        before = self.cancelled()
        body = json.dumps({"prompt": "a whale", "n": 4, "quality": "high"})
        host = urllib.parse.urlsplit(self.service.address)
        with socket.create_connection((host.hostname, host.port)) as wire:
            wire.sendall((
                f"POST {DRAW} HTTP/1.1\r\nHost: {host.netloc}\r\nAuthorization: Bearer {self.key}\r\n"
                f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}").encode())
            wait(lambda: self.open_pictures() > 0)
        gone = wait(lambda: self.open_pictures() == 0 and self.cancelled() > before)
        self.check("whoever leaves cancels", gone, (self.cancelled(), before))
        place = self.draw("a whale", quality="high", n=2, Prefer="respond-async").headers["Location"]
        answer = self.ask("DELETE", place)
        self.check("cancelled by its address", answer.status == 200 and answer.json["status"] == "cancelled", answer.body)

    def open_pictures(self) -> int:
        queue = self.service.floor()["queue"]
        return queue["waiting"] + queue["drawing"]

    def limits(self) -> None:
        poor = HTTPChecks(self.service, self.service.new_key("poor", "--plan", "poor"), self.check)
        first = poor.draw("a mouse", quality="low")
        left = [poor.draw("a mouse", size="7x7").headers["x-ratelimit-remaining-requests"]]
        self.check("a refusal tells what is left", first.status == 200 and left == ["1"], left)
        many = poor.draw("a mouse", n=3)
        self.check("too many for the day", (many.status, many.code) == (429, "rate_limit_exceeded"), many.body)
        self.check("and not to be tried again soon", many.headers["x-should-retry"] == "false", str(many.headers))
        fast = poor.draw("a mouse", quality="low")
        milliseconds, seconds = int(fast.headers["retry-after-ms"]), int(fast.headers["retry-after"])
        self.check("too many in a minute", fast.status == 429 and fast.json["error"]["type"] == "requests", fast.body)
        self.check("when to come back", 0 < milliseconds <= seconds * 1000 <= milliseconds + 1000, str(fast.headers))

    def pages(self) -> None:
        for language, word in (("ko-KR,ko;q=0.9", "온돌"), ("en-GB", "Ondol")):
            page = self.ask("GET", "/", key=None, Accept_Language=language)
            self.check(f"the page in {language[:2]}", page.status == 200 and word in page.body.decode(), page.status)
        policy = page.headers["Content-Security-Policy"]
        self.check("the page's policy", "default-src 'none'" in policy and "unsafe" not in policy, policy)
        again = self.ask("GET", "/", key=None, Accept_Language="en-GB", If_None_Match=page.headers["ETag"])
        self.check("a page that is known", again.status == 304, again.status)
        visit = self.ask("GET", "/page/visit", key=None, Sec_Fetch_Site="same-origin")
        cookie = visit.headers["Set-Cookie"]
        self.check("the visitor's cookie", "HttpOnly" in cookie and "SameSite=Strict" in cookie, cookie)
        fields = {"Cookie": cookie.split(";")[0], "Sec-Fetch-Site": "same-origin"}
        alone = self.ask("POST", DRAW, {"prompt": "a"}, key=None, **fields)
        self.check("a cookie alone draws nothing", alone.status == 401, alone.body)
        fields["Ondol-Page-Token"] = visit.json["token"]
        foreign = self.ask("POST", DRAW, {"prompt": "a"}, key=None, **(fields | {"Sec-Fetch-Site": "cross-site"}))
        self.check("another page draws nothing", (foreign.status, foreign.code) == (403, "foreign_page"), foreign.body)
        own = self.ask("POST", DRAW, {"prompt": "a cat", "quality": "low"}, key=None, **fields)
        self.check("the own page draws", own.status == 200, own.body[:200])
        floor = self.ask("GET", "/v1/floor", key=None, **fields)
        self.check("a visitor sees no floor", floor.status == 401, floor.status)


def wait(holds: Callable[[], bool], seconds: float = 60) -> bool:
    """Whether something comes to hold."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return False
