"""Drives a running server with the official Python client of OpenAI's API: every call and every type of error.

    python Tools/server/openai_client_check.py --address http://127.0.0.1:8080 --key KEY [--scripted]

Needs the packages of `requirements.txt`. Prints one line a check and exits with 1 where any failed. `check.py` runs it
against a real service, with keys of plans that have little. `--scripted` says that the server is one of the tests'
scripted ones, whose prompts choose what happens; it adds what no real server does on demand: policies, failures.
"""

import argparse
import asyncio
import base64
import struct
import sys
import time
import urllib.request
import zlib

import openai


def png(width: int, height: int, alpha: int = 255) -> bytes:
    """A small grey picture; with an alpha of 0, a mask of all of it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes([128, 128, 128, alpha]) * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class Checks:
    """Runs checks one by one and counts what failed."""

    def __init__(self, client: openai.OpenAI) -> None:
        self.client = client
        self.failed = 0
        self.count = 0

    def check(self, name: str, holds: bool, detail: object = "") -> None:
        self.count += 1
        self.failed += not holds
        print(f"{'ok  ' if holds else 'FAIL'} {name}{'' if holds else f': {detail}'}", flush=True)

    def refused(self, name: str, kind: type, code: str | None, call, **more: object) -> None:
        """Checks that a call raises exactly this type with this code."""
        try:
            call()
        except openai.APIError as error:
            found = type(error) is kind and error.code == code
            found = found and all(getattr(error, key) == value for key, value in more.items())
            if isinstance(error, openai.APIStatusError):
                found = found and (error.request_id or "").startswith("req_")
            self.check(name, found, f"{type(error).__name__} {error.code} {error.param}")
        else:
            self.check(name, False, "nothing raised")


def check_models(checks: Checks) -> None:
    models = list(checks.client.models.list())
    checks.check("models.list", len(models) > 0 and all(model.object == "model" for model in models), models)
    found = checks.client.models.retrieve(models[0].id)
    checks.check("models.retrieve", found.id == models[0].id, found)
    checks.check("models.retrieve of an alias", checks.client.models.retrieve("gpt-image-1").id == "gpt-image-1")
    checks.refused(
        "models.retrieve of none", openai.NotFoundError, "model_not_found", lambda: checks.client.models.retrieve("no-such")
    )


def check_generations(checks: Checks) -> None:
    generate = checks.client.images.generate
    answer = generate(prompt="a cat", model="gpt-image-1", n=2, size="1024x1024", quality="low", user="u1")
    data = answer.data or []
    checks.check("images.generate", len(data) == 2 and all(base64.b64decode(image.b64_json or "") for image in data))
    checks.check("its fields", answer.output_format == "png" and answer.background == "opaque" and answer.quality == "low")
    usage = answer.usage
    checks.check("its usage", bool(usage) and usage.total_tokens == usage.input_tokens + usage.output_tokens, usage)
    answer = generate(prompt="a dog", model="dall-e-3", quality="hd", style="vivid", size="auto", response_format="url")
    url = (answer.data or [])[0].url
    with urllib.request.urlopen(url) as picture:
        checks.check("a link", picture.status == 200 and picture.headers["content-type"] == "image/png")
    answer = generate(
        prompt="an owl", output_format="webp", output_compression=80, background="opaque", moderation="low",
        extra_body={"ondol": {"seed": 7}},
    )
    checks.check("its encoding", answer.output_format == "webp", answer)
    raw = checks.client.images.with_raw_response.generate(prompt="a fox")
    headers = raw.headers
    checks.check("ids and times", headers["x-request-id"].startswith("req_") and "openai-processing-ms" in headers)
    checks.check("limits", "x-ratelimit-remaining-requests" in headers and "x-ratelimit-reset-images" in headers)


def mask_where_taken(checks: Checks) -> dict:
    """A mask, where the first model takes one."""
    own = checks.client.models.list().data[0].model_extra["ondol"]
    return {"mask": ("m.png", png(8, 8, 0))} if own["mask"] else {}


def check_streams(checks: Checks) -> None:
    for name, stream in [
        ("image_generation", checks.client.images.generate(prompt="a hen", stream=True, partial_images=2)),
        (
            "image_edit",
            checks.client.images.edit(
                prompt="as ink", image=("a.png", png(8, 8)), stream=True, partial_images=1, **mask_where_taken(checks)
            ),
        ),
    ]:
        events = list(stream)
        kinds = [event.type for event in events]
        checks.check(f"{name} stream ends", kinds[-1:] == [f"{name}.completed"], kinds)
        partial = [event for event in events if event.type == f"{name}.partial_image"]
        checks.check(
            f"{name} pictures in between", [event.partial_image_index for event in partial] == list(range(len(partial)))
        )
        checks.check(f"{name} usage", events[-1].usage.total_tokens > 0)


def check_edits(checks: Checks) -> None:
    edit = checks.client.images.edit
    answer = edit(prompt="as ink", image=png(8, 8), n=1, size="auto", quality="auto", input_fidelity="high")
    checks.check("images.edit", len(answer.data or []) == 1, answer)
    answer = edit(
        prompt="as ink", image=[("a.png", png(8, 8), "image/png")], model="gpt-image-1", output_format="jpeg",
        extra_body={"ondol": {"seed": 3}}, **mask_where_taken(checks),
    )
    checks.check("images.edit with a list", answer.output_format == "jpeg", answer)
    bad = openai.BadRequestError
    checks.refused("a file that is no picture", bad, "unsupported_file_mimetype", lambda: edit(prompt="x", image=b"GIF89a"))
    checks.refused("an empty file", bad, "empty_file", lambda: edit(prompt="x", image=b""), param="image")


def check_masks(checks: Checks) -> None:
    """What only a server that looks into the files can say."""

    def edit(mask: bytes) -> object:
        return checks.client.images.edit(prompt="x", image=png(8, 8), mask=mask)

    bad = openai.BadRequestError
    checks.refused("a mask of another size", bad, "invalid_image_format", lambda: edit(png(8, 4, 0)), param="mask")
    checks.refused("half a mask", bad, "invalid_image_format", lambda: edit(png(8, 8, 0)[:30]), param="mask")


def check_refusals(checks: Checks, address: str, key: str) -> None:
    generate = checks.client.images.generate
    bad = openai.BadRequestError
    for name, code, param, arguments in [
        ("n too small", "integer_below_min_value", "n", {"n": 0}),
        ("n too large", "integer_above_max_value", "n", {"n": 11}),
        ("n of a wrong type", "invalid_type", "n", {"n": "two"}),
        ("a size that is not drawn", "invalid_value", "size", {"size": "7x7"}),
        ("a quality that is none", "invalid_value", "quality", {"quality": "best"}),
        ("a format that is not written", "invalid_value", "output_format", {"output_format": "gif"}),
        ("too long a prompt", "string_above_max_length", "prompt", {"prompt": "a" * 32001}),
        ("a field that is not known", "unknown_parameter", "colour", {"extra_body": {"colour": "red"}}),
        ("previews without a stream", "invalid_value", "partial_images", {"partial_images": 2}),
    ]:
        checks.refused(name, bad, code, lambda: generate(**({"prompt": "a"} | arguments)), param=param)
    checks.refused(
        "a model that is not there", openai.NotFoundError, "model_not_found", lambda: generate(prompt="a", model="sd-xl")
    )
    stranger = openai.OpenAI(api_key="sk-wrong", base_url=f"{address}/v1", max_retries=0)
    checks.refused(
        "a wrong key", openai.AuthenticationError, "invalid_api_key", lambda: stranger.images.generate(prompt="a")
    )
    reused = {"extra_headers": {"Idempotency-Key": "check-1"}}
    generate(prompt="a", **reused)
    checks.refused(
        "a key used for another request", openai.UnprocessableEntityError, "idempotency_key_reused",
        lambda: generate(prompt="b", **reused),
    )
    checks.refused(
        "an address that is not there", openai.NotFoundError, "unknown_url",
        lambda: checks.client.post("/images/dreams", body={}, cast_to=object),
    )
    try:
        openai.OpenAI(api_key=key, base_url="http://127.0.0.1:1/v1", max_retries=0).models.list()
        checks.check("no server", False)
    except openai.APIConnectionError:
        checks.check("no server", True)


def check_scripted(checks: Checks, address: str, key: str) -> None:
    generate = checks.client.images.generate
    failure = openai.InternalServerError
    checks.refused("a limit", openai.RateLimitError, "rate_limit_exceeded", lambda: generate(prompt="limit"))
    checks.refused("a crowd", failure, "overloaded", lambda: generate(prompt="crowded"), status_code=503)
    checks.refused("a policy", openai.BadRequestError, "moderation_blocked", lambda: generate(prompt="policy"))
    checks.refused("a failure of the service", failure, "internal_error", lambda: generate(prompt="broken"))
    checks.refused("a failure of the device", failure, "drawing_failed", lambda: generate(prompt="fails"))
    checks.refused("a cancelled request", openai.ConflictError, "job_cancelled", lambda: generate(prompt="gone"))
    reader = openai.OpenAI(api_key="sk-reader", base_url=f"{address}/v1", max_retries=0)
    checks.refused(
        "a key without the scope", openai.PermissionDeniedError, "insufficient_permissions",
        lambda: reader.images.generate(prompt="a"),
    )
    checks.refused(
        "a failure inside a stream", openai.APIError, "drawing_failed", lambda: list(generate(prompt="fails", stream=True))
    )
    hasty = openai.OpenAI(api_key=key, base_url=f"{address}/v1", max_retries=0, timeout=0.5)
    try:
        hasty.images.generate(prompt="waits")
        checks.check("a timeout of the client", False)
    except openai.APITimeoutError:
        checks.check("a timeout of the client", True)
    patient = openai.OpenAI(api_key=key, base_url=f"{address}/v1", max_retries=2)
    checks.check("taken at the third attempt", len(patient.images.generate(prompt="busy 2").data or []) == 1)
    checks.refused(
        "refused three times", failure, "overloaded", lambda: patient.images.generate(prompt="busy 9"), status_code=503
    )


def client(address: str, key: str, retries: int = 0, **more: object) -> openai.OpenAI:
    return openai.OpenAI(api_key=key, base_url=f"{address}/v1", max_retries=retries, **more)


def check_limits(checks: Checks, address: str, key: str, keys: dict[str, str]) -> None:
    """What a real service refuses: to keys of a `reader`, of a plan with few requests (`few`) and one of little
    patience (`hurried`)."""
    reader = client(address, keys["reader"])
    checks.refused(
        "a key without the scope", openai.PermissionDeniedError, "insufficient_permissions",
        lambda: reader.images.generate(prompt="a"),
    )
    checks.check("what it may do", reader.models.retrieve("gpt-image-1").id == "gpt-image-1")
    later = {"extra_headers": {"Prefer": "respond-async"}, "quality": "low"}
    few, name = client(address, keys["few"]), 0
    while name < 100:
        try:
            few.images.generate(prompt=f"few {name}", **later)
            name += 1
        except openai.RateLimitError as error:
            checks.check("a limit", error.code == "rate_limit_exceeded" and error.type == "requests", error)
            wait = float(error.response.headers["retry-after-ms"]) / 1000
            break
    started = time.monotonic()
    taken = client(address, keys["few"], retries=1).images.generate(prompt="few, in the end", quality="low")
    waited = time.monotonic() - started
    checks.check("taken at the second attempt, when told", bool(taken.data) and waited > 0.8 * wait - 0.5, (waited, wait))
    groups = [
        checks.client.images.generate(prompt=f"load {number}", n=10, quality="high", extra_headers=later["extra_headers"])
        for number in range(6)
    ]
    hurried = client(address, keys["hurried"])
    # Whoever asks for little is drawn at once, crowd or not: so it asks for much.
    try:
        for number in range(20):
            groups.append(hurried.images.generate(prompt=f"hurry {number}", n=2, quality="high", extra_headers=later["extra_headers"]))
        checks.check("a crowd", False, "nothing raised")
    except openai.InternalServerError as error:
        checks.check("a crowd", (error.status_code, error.code) == (503, "overloaded"), error)
        checks.check("when to come back", float(error.response.headers["retry-after"]) > 0, error.response.headers)
    names = [group.model_extra["id"] for group in groups[:6]]
    for each in names:
        checks.client.delete(f"/jobs/{each}", cast_to=object)
    checks.refused(
        "cancelled already", openai.ConflictError, "job_already_ended",
        lambda: client(address, key, retries=2).delete(f"/jobs/{names[0]}", cast_to=object),
    )
    try:
        client(address, key, timeout=0.05).images.generate(prompt="patience", n=4, quality="high")
        checks.check("a timeout of the client", False)
    except openai.APITimeoutError:
        checks.check("a timeout of the client", True)


async def check_async(checks: Checks, address: str, key: str) -> None:
    async with openai.AsyncOpenAI(api_key=key, base_url=f"{address}/v1", max_retries=0) as client:
        answers = await asyncio.gather(*[client.images.generate(prompt=f"number {number}") for number in range(8)])
        checks.check("eight at once", all(len(answer.data or []) == 1 for answer in answers))
        events = [event.type async for event in await client.images.generate(prompt="a kid", stream=True)]
        checks.check("a stream, read asynchronously", events == ["image_generation.completed"], events)


def check_all(checks: Checks, address: str, key: str) -> None:
    """All that any server answers."""
    check_models(checks)
    check_generations(checks)
    check_streams(checks)
    check_edits(checks)
    check_refusals(checks, address, key)
    asyncio.run(check_async(checks, address, key))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--address", default="http://127.0.0.1:8080")
    parser.add_argument("--key", required=True)
    parser.add_argument("--scripted", action="store_true", help="the server is the tests' scripted one")
    arguments = parser.parse_args()
    address = arguments.address.rstrip("/")
    checks = Checks(client(address, arguments.key))
    check_all(checks, address, arguments.key)
    if arguments.scripted:
        check_scripted(checks, address, arguments.key)
    print(f"{checks.count - checks.failed} of {checks.count} hold with openai {openai.__version__}")
    sys.exit(1 if checks.failed else 0)


if __name__ == "__main__":
    main()
