"""Drives the pages in headless Chromium over the real service with the built-in model, a flood included.

    python Tools/pages/real_check.py [--program ondol] [--photos Docs/pages] [--patience 2]

Needs what `Tools/pages/install` installs; no Python package. Prints a line a check, and ends with status 1 where one failed.
"""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import socket
import sys
import time
import traceback
import urllib.error
import urllib.request

# Behind this folder: both have a check.py.
sys.path.append(str(pathlib.Path(__file__).parents[1] / "server"))

import browser as browsers
from browser import Browser, Driver, until
from check import DONE, WORDS, Checks
from running_service import ROOT, RunningService

# Many steps, so that a picture can be watched.
SETTINGS = """
[plans.standard]
requests_per_minute = 100000
pictures_per_day = 1000000
pictures_at_once = 1000
longest_wait_seconds = 3600
[plans.visitor]
requests_per_minute = 1000
pictures_per_day = 1000
pictures_at_once = 100
longest_wait_seconds = 600
[tiers.full]
steps = 90
"""
SENTENCES = {
    "ko": ["노을 속 혼자 앉아 있는 조용한 소년, 부드러운 톤, 손그림 느낌", "달밤의 마법 숲에 앉은 고양이, 수채화",
           "눈 오는 저녁에 서 있는 개, 펜화", "산 아래 호숫가, 유화"],
    "en": ["a quiet boy sitting alone at sunset, soft tones", "a cat sitting in a magic forest by moonlight, watercolor",
           "a dog standing on a snowy evening, ink drawing", "a mountain lake at dusk, oil painting"],
}


class RealChecks(Checks):
    """The flows over the real service, each a method."""

    def __init__(self, driver: Driver, service: RunningService, photos: pathlib.Path | None) -> None:
        super().__init__(driver, service.address, photos)
        self.service = service
        self.groups: list[tuple[str, str]] = []

    def call(self, method: str, path: str, body: dict | None = None, **headers: str) -> dict:
        fields = {"Authorization": f"Bearer {self.service.key}", "Content-Type": "application/json", **headers}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data, fields, method=method)
        with urllib.request.urlopen(request, timeout=300) as answer:
            return json.load(answer)

    def hurry(self) -> None:
        """Starts the service again with visitors who bear as long as twelve pictures take here: what is too long for them is a
        crowd's doing on a fast machine, and not one's own on a slow one."""
        started = time.monotonic()
        self.call("POST", "/v1/images/generations", {"prompt": "a mountain lake", "quality": "high"})
        patience = max(2, round(12 * (time.monotonic() - started)))
        assert self.service.stop() == 0, "the service did not end well"
        (self.service.folder / "settings.toml").write_text(
            SETTINGS.replace("longest_wait_seconds = 600", f"longest_wait_seconds = {patience}"), "utf-8")
        self.service.start()
        self.address = self.service.address

    def flood(self) -> None:
        """Many callers ask for more than the device can draw; one alone would only be in its own way. Nobody has seen them
        before: those who asked for nothing for a while are owed some pictures, and would come first."""
        for key in [self.service.new_key(f"caller {number}") for number in range(12)]:
            body = {"prompt": f"flood {time.monotonic()}", "n": 10, "quality": "high"}
            try:
                told = self.call(
                    "POST", "/v1/images/generations", body, Prefer="respond-async", Authorization=f"Bearer {key}")
                self.groups.append((key, told["id"]))
            except urllib.error.HTTPError as error:
                assert error.code == 503, error

    def ebb(self) -> None:
        for key, group in self.groups:
            self.call("DELETE", f"/v1/jobs/{group}", Authorization=f"Bearer {key}")
        self.groups.clear()

    def choose(self, browser: Browser, count: int = 1, quality: str = "high") -> None:
        browser.run("more.open = true")
        for name, value in (("count", count), ("quality", quality)):
            browser.run(f"document.querySelector('input[name={name}][value=\"{value}\"]').click()")
        browser.run("more.open = false")

    def draws_in_both_languages(self) -> None:
        for language in ("ko", "en"):
            with self.browser(language, still=True) as browser:
                self.start(browser)
                self.sound(browser, f"empty, {language}")
                self.photograph(browser, f"draw-{language}")
                for number, sentence in enumerate(SENTENCES[language][1:]):
                    self.choose(browser, quality="auto")
                    self.ask(browser, sentence)
                    until(lambda: browser.count(DONE) == number + 1, "a picture", 120)
                self.choose(browser, 2)
                self.ask(browser, SENTENCES[language][0])
                browser.wait(".paper[data-state=drawing] .sheet-of-paper img", 120)
                half = "return (document.querySelector('.current progress')?.value ?? 0) > 0.5"
                until(lambda: browser.run(half), "half of it", 120)
                browser.run("scrollTo(0, 0); document.querySelector('#form').scrollTo(0, 0)")
                self.photograph(browser, f"drawing-{language}")
                self.sound(browser, f"drawing, {language}")
                until(lambda: browser.count(DONE) == 5, "both pictures", 240)
                self.sound(browser, f"done, {language}")
                self.photograph(browser, f"gallery-{language}", whole=True)
                browser.click(".look")
                browser.wait("#viewer[open]")
                self.sound(browser, f"viewer, {language}")
                self.photograph(browser, f"viewer-{language}")

    def works_on_a_phone(self) -> None:
        for language in ("ko", "en"):
            with self.browser(language, width=360, height=740, still=True) as browser:
                self.start(browser)
                self.sound(browser, f"phone, {language}")
                self.photograph(browser, f"draw-phone-{language}")
                self.choose(browser)
                self.ask(browser, SENTENCES[language][0])
                browser.wait(".paper .sheet-of-paper img", 120)
                until(lambda: browser.run("return document.querySelector('progress').value > 0.6"), "a good part", 120)
                self.photograph(browser, f"drawing-phone-{language}")
                browser.wait(DONE, 240)
                self.sound(browser, f"phone, done, {language}")

    def stays_calm_in_a_flood(self) -> None:
        self.hurry()
        for language in ("ko", "en"):
            with self.browser(language, still=True) as browser:
                self.start(browser)
                self.ask(browser, SENTENCES[language][3])
                browser.wait(DONE, 120)
                self.flood()
                try:
                    # Whoever asks for little is taken, flood or not; so this visitor asks for much as well.
                    self.choose(browser)
                    self.ask(browser, SENTENCES[language][1])
                    until(lambda: browser.run("return draw.ariaDisabled") != "true", "an answer")
                    assert browser.count(".slip") == 0, f"one picture was turned away: {browser.text('.slip')}"
                    until(lambda: browser.count(".paper") > 1, "a picture to be taken beside the flood")
                    self.choose(browser, 4)
                    for number in range(8):
                        self.ask(browser, f"{SENTENCES[language][0]}, {number + 1}")
                        until(lambda: browser.run("return draw.ariaDisabled") != "true", "an answer")
                        if browser.count(".slip") > 0:
                            break
                    browser.wait(".slip[data-reason=waitTooLong]", 5)
                    assert WORDS[language]["crowd.waitTooLong.title"] in browser.text(".slip")
                    assert browser.count(".ticket") == 1, "no ticket"
                    self.sound(browser, f"crowded, {language}")
                    browser.run("scrollTo(0, 0); document.querySelector('#form').scrollTo(0, 0)")
                    self.photograph(browser, f"crowded-{language}")
                    self.floor(language)
                    browser.click(".slip .button.strong")
                    held = WORDS[language]["crowd.held"].split("{")[0].strip()
                    until(lambda: held in browser.text(".slip"), "the promise to come back")
                finally:
                    self.ebb()
                until(lambda: browser.count(DONE) > 1, "the pictures that were taken", 240)
                browser.run("[...document.querySelectorAll('.paper .button')].filter((e) => !e.hidden && e.innerText === arguments[0]).forEach((e) => e.click())", WORDS[language]["picture.cancel"])

    def floor(self, language: str) -> None:
        """The operator's page while the flood is there, in a window of its own language."""
        other = {"ko": "en", "en": "ko"}[language]
        with self.browser(other, height=1000, still=True) as browser:
            browser.open("/operator")
            browser.type("#key", self.service.key)
            browser.press("\ue007")
            browser.wait(".stone", 60)
            first = browser.text("#live")
            until(lambda: browser.text("#live") != first, "the floor to live")
            assert browser.count(".stone") == 1 and WORDS[other]["reason.waitTooLong"] in browser.text("#refusals")
            self.sound(browser, f"floor, {other}")
            self.photograph(browser, f"operator-{other}", whole=True)
            browser.click("#leave")

    def starts_from_a_photo(self) -> None:
        with self.browser("en") as browser:
            self.start(browser)
            browser.type("#photo", str(ROOT / "Docs/gallery/lake.png"))
            browser.wait("#photo-canvas:not([hidden])")
            self.ask(browser, SENTENCES["en"][3])
            browser.wait(DONE, 120)
            used = browser.run("return performance.getEntriesByType('resource').map((e) => e.name).join(' ')")
            assert "/v1/images/edits" in used, used


    def knows_its_pictures_again(self) -> None:
        """A picture that was drawn here, saved again without its credential."""
        with self.browser("en") as browser:
            self.start(browser)
            self.ask(browser, SENTENCES["en"][0])
            browser.wait(DONE, 120)
            link = browser.run("return document.querySelector('.actions a[download]').getAttribute('href')")
            browser.open("/verify")
            browser.run(STRIP, link, "image/png", False)
            browser.wait("#finding[data-answer=trusted]:not([hidden])", 60)
            assert browser.count("#known[hidden]") == 1, "a trusted picture needs no likeness"
            browser.run(STRIP, link, "image/jpeg", True)
            browser.wait("#finding[data-answer=nothing-found]:not([hidden])", 60)
            assert WORDS["en"]["verify.known.yours"][:40] in browser.text("#known"), browser.text("#known")
            assert browser.count("#known-link:not([hidden])") == 1
            self.sound(browser, "known again")
            self.photograph(browser, "known-en")
            browser.protocol("Network.clearBrowserCookies", {})
            browser.open("/verify")
            # A link works for whoever has it; whose the picture is, it does not tell.
            browser.run(STRIP, link, "image/jpeg", True)
            browser.wait("#finding[data-answer=nothing-found]:not([hidden])", 60)
            assert WORDS["en"]["verify.known.somebody"][:40] in browser.text("#known"), browser.text("#known")
            assert browser.count("#known-link:not([hidden])") == 0, "a stranger is shown whose picture it is"

    def keeps_the_desks(self) -> None:
        """A style from its holder to its card, a claim that stops it, and the artist's page."""
        file = str(ROOT / "Docs/gallery/lake.png")
        rights = lambda *words: self.service.command("rights", *words)
        rights("holders", "add", "kim-hana", "--name", "김하나")
        rights("works", "add", "w-1", "--holder", "kim-hana", "--title", "호수", "--file", file)
        rights("works", "licence", "w-1", "--document", file, "--title", "licence", "--use", "style-training", "--commercial")
        rights("agreements", "add", "a-1", "--holder", "kim-hana", "--document", file, "--share", "70", "--fee", "50")
        rights("agreements", "grant", "a-1", "--training", "1")
        rights("agreements", "grant", "a-1", "--drawing", "--commercial")
        rights("styles", "draft", "kim-ink", "--holder", "kim-hana", "--agreement", "a-1", "--korean", "하나의 먹", "--english", "Hana's ink")
        rights("styles", "works", "kim-ink", "w-1")
        rights("styles", "complete", "kim-ink")
        rights("styles", "trained", "kim-ink", "--adapter", file, "--base-model", "hanji", "--base-weights", file, "--line", "1")
        rights("styles", "checked", "kim-ink", "--report", file, "--near-copies", "0")
        rights("styles", "publish", "kim-ink")
        samples = self.service.folder / "samples" / "kim-ink"
        samples.mkdir(parents=True)
        (samples / "1.png").write_bytes((ROOT / "Docs/gallery/lake.png").read_bytes())
        artist = self.service.new_key("Kim Hana", "--artist", "kim-hana")
        with self.browser("ko", still=True) as browser:
            browser.open("/styles")
            until(lambda: (browser.reload(), browser.count(".cards .card"))[1] == 1, "the style's card", 30)
            browser.click(".cards a")
            browser.wait("#base")
            assert "누구의 작품도 들어 있지 않" in browser.text("#base"), "the base model's own history"
            until(lambda: browser.run("return [...document.images].every((each) => each.naturalWidth > 0)"), "the sample")
            self.sound(browser, "a real card")
            self.photograph(browser, "real-style-ko", whole=True)
            receipt = self.submit({"style": "kim-ink", "text": "내 것이에요.", "name": "이도윤", "contact": "a@b.example", "language": "ko"})
            browser.open("/operator")
            browser.type("#key", self.service.key)
            browser.press("\ue007")
            browser.wait(f"#reason-{receipt}", 60)
            browser.click(f"li:has(> .answering #reason-{receipt}) .actions .button:nth-child(1)")
            stopped = WORDS["ko"]["styles.stage.suspended"]
            browser.open("/styles")
            until(lambda: (browser.reload(), browser.text(".cards"))[1].find(stopped) >= 0, "the style to stop", 30)
            browser.open("/artist")
            browser.type("#key", artist)
            browser.press("\ue007")
            browser.wait("#room:not([hidden])")
            assert WORDS["ko"]["claims.status.taken-up"] in browser.text("#styles")
            self.sound(browser, "a real artist's room")
            browser.open("/claims")
            browser.type("#receipt", receipt)
            browser.press("\ue007")
            browser.wait("#found:not([hidden])")
            assert browser.count("#found-style:not([hidden])") == 1


# Takes a picture by its link, encodes it anew where it is to lose what is in it, and chooses it at the page.
STRIP = """
const [link, type, isEncoded] = arguments;
(async () => {
  const blob = await (await fetch(link)).blob();
  let file = blob;
  if (isEncoded) {
    const picture = await createImageBitmap(blob);
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    canvas.getContext("2d").drawImage(picture, 0, 0);
    file = await canvas.convertToBlob({ type, quality: 0.8 });
  }
  const carrier = new DataTransfer();
  carrier.items.add(new File([file], "picture", { type }));
  document.querySelector("#finding").hidden = true;
  document.querySelector("#picture").files = carrier.files;
  document.querySelector("#picture").dispatchEvent(new Event("change"));
})();
"""
FLOWS = [
    "draws_in_both_languages", "works_on_a_phone", "starts_from_a_photo", "knows_its_pictures_again", "keeps_the_desks",
    "stays_calm_in_a_flood"]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "ondol")
    parser.add_argument("--photos", type=pathlib.Path, help="a folder for screenshots")
    parser.add_argument("--only", default="", help="a part of the names of the checks to run")
    parser.add_argument("--patience", type=float, default=2, help="how many times longer than usual to wait")
    options = parser.parse_args()
    os.environ["ONDOL_HOME"] = str(ROOT)
    browsers.patience = options.patience
    failed = 0
    with RunningService(SETTINGS, options.program) as service:
        driver = Driver(free_port())
        try:
            checks = RealChecks(driver, service, options.photos)
            for name in (name for name in FLOWS if options.only in name):
                started = time.monotonic()
                try:
                    getattr(checks, name)()
                    print(f"ok     {name.replace('_', ' ')} ({time.monotonic() - started:.0f} s)", flush=True)
                except Exception as error:  # Whatever it is, the other checks are run.
                    failed += 1
                    print(f"failed {name.replace('_', ' ')}: {error}", flush=True)
                    if not isinstance(error, AssertionError) or not str(error):
                        traceback.print_exc()
        finally:
            driver.stop()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
