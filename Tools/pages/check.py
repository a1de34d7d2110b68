"""Drives the pages in headless Chromium, over the scripted service.

    python Tools/pages/check.py --service .build/debug/scripted-pages --pictures pictures [--only NAME] [--photos Docs/pages]

Needs Debian's `chromium` and `chromium-driver`, and pictures from `Tools/pages/pictures.py`; no Python package. Prints a
line a check, and ends with status 1 where one failed.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import subprocess
import sys
import threading
import time
import traceback
import urllib.error
import urllib.request

import browser as browsers
from audit import audit
from browser import Browser, Driver, until
from desk_checks import DeskChecks

WORDS = {
    language: json.loads((pathlib.Path(__file__).parents[2] / f"Sources/Pages/Web/{language}.json").read_text("utf-8"))
    for language in ("ko", "en")}
SCENES = {"ko": "달밤의 마법 숲에 앉은 고양이", "en": "a cat sitting in a magic forest by moonlight"}
ENTER, ESCAPE, SPACE, TAB, RIGHT = "\ue007", "\ue00c", " ", "\ue004", "\ue014"
DONE = ".paper[data-state=completed] .look"


class Checks(DeskChecks):
    """The flows, each a method; each begins with a browser that knows nothing."""

    def __init__(self, driver: Driver, address: str, photos: pathlib.Path | None) -> None:
        self.driver, self.address, self.photos = driver, address, photos

    words = WORDS

    def browser(self, language: str = "en", **rest: object) -> Browser:
        return Browser(self.driver, self.address, language, **rest)

    def photograph(self, browser: Browser, name: str, whole: bool = False) -> None:
        if self.photos:
            time.sleep(0.8)
            browser.photograph(self.photos / f"{name}.png", whole)

    def start(self, browser: Browser) -> None:
        browser.open()
        browser.wait("#styles .chip")

    def ask(self, browser: Browser, sentence: str) -> None:
        browser.clear("#sentence")
        browser.type("#sentence", sentence)
        browser.click("#draw")

    def sound(self, browser: Browser, where: str) -> None:
        problems = audit(browser) + browser.complaints()
        assert not problems, f"{where}: " + "; ".join(problems[:8])

    # The person's page.

    def draws_in_both_languages(self) -> None:
        for language in ("ko", "en"):
            with self.browser(language) as browser:
                self.start(browser)
                words = WORDS[language]
                assert browser.run("return document.documentElement.lang") == language
                assert words["draw.ask"] in browser.text("h1")
                self.sound(browser, f"empty, {language}")
                browser.click("[data-medium=watercolor]")
                assert browser.run("return sentence.value") == words["media.watercolor.words"]
                browser.click("[data-medium=watercolor]")
                browser.run("document.querySelector('input[name=count][value=\"2\"]').click()")
                self.ask(browser, SCENES[language])
                # The picture may be done before anybody has looked.
                browser.wait(".paper .sheet-of-paper img")
                until(lambda: "24" in browser.text(".paper .status") or browser.count(DONE), "steps to be told")
                self.sound(browser, f"drawing, {language}")
                until(lambda: browser.count(DONE) == 2, "both pictures")
                said = words["say.completed"].split("{")[0]
                until(lambda: said in browser.text("#announcer"), "the end to be announced")
                link = browser.run("return document.querySelector('.actions a[download]').getAttribute('href')")
                assert link.startswith("/pictures/"), link
                self.sound(browser, f"done, {language}")

    def works_on_a_phone(self) -> None:
        for language in ("ko", "en"):
            for dark in (False, True):
                with self.browser(language, width=360, height=740, dark=dark, still=True) as browser:
                    self.start(browser)
                    shade = "dark" if dark else "light"
                    self.sound(browser, f"phone, {language}, {shade}")
                    if not dark:
                        self.photograph(browser, f"draw-phone-{language}")
                    self.ask(browser, SCENES[language] + " (slow)" * (not dark))
                    browser.wait(".paper .sheet-of-paper img")
                    assert browser.run("return document.querySelector('#current').getBoundingClientRect().top < innerHeight")
                    if not dark:
                        until(lambda: (browser.run("return document.querySelector('progress').value")) > 0.5, "half", 90)
                        self.photograph(browser, f"drawing-phone-{language}")
                        browser.click(".paper .button:not([hidden])")
                    self.sound(browser, f"phone at work, {language}, {shade}")

    def works_by_keyboard_alone(self) -> None:
        with self.browser("en") as browser:
            self.start(browser)
            self.tab_to(browser, "sentence")
            browser.press(*"a bird at dusk")
            self.tab_to(browser, "[data-medium=oil]")
            browser.press(SPACE)
            assert browser.run("return sentence.value") == "a bird at dusk, oil painting"
            self.tab_to(browser, "[name=size]")
            browser.press(RIGHT)
            assert browser.run("return document.querySelector('[name=size]:checked').value") == "640x448"
            self.tab_to(browser, "draw")
            browser.press(ENTER)
            browser.wait(DONE)
            self.tab_to(browser, ".look")
            browser.press(ENTER)
            browser.wait("#viewer[open]")
            self.sound(browser, "viewer")
            browser.press(ESCAPE)
            until(lambda: browser.count("#viewer[open]") == 0, "the viewer to close")
            assert browser.run("return document.activeElement.matches('.look')"), "focus did not come back"

    def tab_to(self, browser: Browser, target: str) -> None:
        for _ in range(60):
            browser.press(TAB)
            found = "const e = document.activeElement; return e.id === arguments[0] || (/\\W/.test(arguments[0]) && e.matches(arguments[0]))"
            if browser.run(found, target):
                return
        raise AssertionError(f"{target} is not reached by keyboard")

    def survives_a_reload_and_cancels(self) -> None:
        with self.browser("ko") as browser:
            self.start(browser)
            self.ask(browser, SCENES["ko"] + " (slow)")
            browser.wait(".paper[data-state=drawing] img")
            job = browser.run("return document.querySelector('.paper').dataset.job")
            browser.reload()
            browser.wait(f'.paper[data-job="{job}"][data-state=drawing] img')
            assert browser.run("return sentence.value").startswith(SCENES["ko"]), "the form was forgotten"
            browser.click(".paper .button:not([hidden])")
            browser.wait(f'.paper[data-job="{job}"][data-state=cancelled]')
            assert browser.run("return document.activeElement.closest('.paper') !== null"), "focus was lost"
            self.sound(browser, "cancelled")
            self.ask(browser, "바다 (fails)")
            browser.wait(".paper[data-state=failed]")
            self.ask(browser, SCENES["ko"])
            browser.wait(DONE)
            browser.reload()
            browser.wait("#gallery " + DONE)
            browser.click("#gallery .look")
            browser.wait("#viewer[open]")
            assert browser.text("#viewer-facts").count("\n") >= 3
            browser.click("#viewer-again")
            until(lambda: browser.run("return seed.value") != "", "the seed to be filled in")
            browser.click("#gallery .look")
            browser.click("#viewer-remove")
            until(lambda: browser.count(DONE) == 0, "the picture to go")

    def starts_from_a_photo(self) -> None:
        with self.browser("en") as browser:
            self.start(browser)
            browser.type("#photo", str(self.photo.resolve()))
            browser.wait("#photo-canvas:not([hidden])")
            self.sound(browser, "with a photo")
            browser.run("strength.value = 35; strength.dispatchEvent(new Event('input', {bubbles: true}))")
            self.ask(browser, "the same in oil")
            browser.wait(DONE)
            used = browser.run("return performance.getEntriesByType('resource').map((e) => e.name).join(' ')")
            assert "/v1/images/edits" in used, used
            browser.type("#photo", __file__)
            browser.wait("#photo-problem:not([hidden])")
            browser.click("#photo-problem")

    photo = pathlib.Path()

    def says_when_it_is_crowded(self) -> None:
        for language in ("ko", "en"):
            with self.browser(language, still=True) as browser:
                self.start(browser)
                words = WORDS[language]
                self.ask(browser, SCENES[language])
                browser.wait(DONE)
                self.ask(browser, SCENES[language] + " (crowded)")
                browser.wait(".slip")
                slip = browser.text(".slip")
                assert words["crowd.waitTooLong.title"] in slip and "10" in browser.text(".ticket")
                assert browser.count(".countdown") == 1
                self.sound(browser, f"crowded, {language}")
                browser.run("scrollTo(0, 0)")
                self.photograph(browser, f"crowded-{language}")
                browser.click(".slip .button.strong")
                until(lambda: words["crowd.held"].split("{")[0] in browser.text(".slip"), "the promise to come back")
                browser.reload()
                browser.wait(".slip")
                assert words["crowd.held"].split("{")[0] in browser.text(".slip"), "the reload forgot the promise"
                browser.click(".slip .button")
                until(lambda: browser.count(DONE) == 2, "the simpler picture")
                assert browser.count(".slip") == 0
                self.ask(browser, SCENES[language] + " (crowded) (soon)")
                browser.wait(".slip")
                browser.click(".slip .button.strong")
                until(lambda: browser.count(DONE) == 3, "the page to come back by itself")
                for word, reason in (("often", "requestsPerMinute"), ("today", "picturesPerDay"), ("full", "queueFull")):
                    self.ask(browser, f"x ({word})")
                    browser.wait(f".slip[data-reason={reason}]")
                self.sound(browser, f"all refusals, {language}")
                self.ask(browser, "x (forbidden)")
                until(lambda: "living artist" in browser.text("#form-problem"), "the policy's reason")
                self.ask(browser, "x (broken)")
                until(lambda: "req_" in browser.text("#form-problem"), "the request's id")

    def stays_calm_in_a_flood(self) -> None:
        stop, answers = threading.Event(), []

        def flood(number: int) -> None:
            for count in range(1000):
                if stop.is_set():
                    return
                body = json.dumps({"prompt": f"flood {number} {count}"}).encode()
                request = urllib.request.Request(
                    self.address + "/v1/images/generations", data=body,
                    headers={"Authorization": "Bearer sk-full", "Content-Type": "application/json", "Prefer": "respond-async"})
                try:
                    urllib.request.urlopen(request, timeout=20).read()
                    answers.append(202)
                except urllib.error.HTTPError as error:
                    answers.append(error.code)
                    time.sleep(0.05)

        with self.browser("ko") as browser:
            self.start(browser)
            threads = [threading.Thread(target=flood, args=[number]) for number in range(8)]
            for thread in threads:
                thread.start()
            try:
                until(lambda: answers.count(503) > 20, "the flood to be refused")
                self.ask(browser, SCENES["ko"] + " (soon)")
                browser.wait(".slip")
                self.sound(browser, "in the flood")
                browser.click(".slip .button.strong")
                browser.wait(".paper", 60)
                until(lambda: "장이 있어요" in browser.text(".paper .status"), "the place in line", 60)
                self.photograph(browser, "flood-ko")
            finally:
                stop.set()
                for thread in threads:
                    thread.join()
            browser.wait(DONE, 120)
            print(f"    the flood: {answers.count(202)} taken, {answers.count(503)} refused")

    def waits_for_the_connection(self) -> None:
        with self.browser("en") as browser:
            self.start(browser)
            self.network(browser, True)
            self.ask(browser, "a lighthouse")
            browser.wait(".slip[data-reason=offline]")
            self.network(browser, False)
            self.ask(browser, "a harbour (slow)")
            browser.wait(".paper[data-state=drawing]")
            browser.click(".slip .button:not(.strong)")
            until(lambda: browser.count(".slip") == 0 and browser.count(".paper") == 2, "the kept request")
            browser.wait(DONE, 60)
            browser.complaints()

    def network(self, browser: Browser, is_off: bool) -> None:
        browser.protocol("Network.enable", {})
        browser.protocol(
            "Network.emulateNetworkConditions",
            {"offline": is_off, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1})

    def asks_nobody_else(self) -> None:
        with self.browser("ko") as browser:
            self.start(browser)
            self.ask(browser, SCENES["ko"])
            browser.wait(DONE)
            names = browser.run("return performance.getEntriesByType('resource').map((e) => e.name)")
            assert all(name.startswith(self.address + "/") for name in names), names
            assert browser.run("return document.cookie") == "", "a cookie can be read by scripts"
            browser.click(".language")
            until(lambda: browser.run("return document.documentElement.lang") == "en", "English")
            browser.reload()
            assert browser.run("return document.documentElement.lang") == "en", "the choice was forgotten"
            refused = browser.run("try { document.body.innerHTML = '<b>x</b>'; return false; } catch { return true; }")
            assert refused, "text can become markup"

    def wrong_forms_are_told(self) -> None:
        with self.browser("en") as browser:
            self.start(browser)
            browser.click("#draw")
            assert browser.text("#sentence-problem") == WORDS["en"]["sentence.missing"]
            assert browser.run("return document.activeElement.id") == "sentence"
            browser.click("#more summary")
            browser.type("#seed", "twelve")
            self.ask(browser, "a house")
            assert browser.text("#seed-problem") == WORDS["en"]["seed.wrong"]
            self.sound(browser, "wrong form")

    # The operator's page.

    def shows_operators_the_floor(self) -> None:
        for language in ("ko", "en"):
            with self.browser(language, height=1000, still=True) as browser:
                words = WORDS[language]
                browser.open("/operator")
                self.sound(browser, f"door, {language}")
                for key, problem in (("sk-wrong", "door.wrong"), ("sk-full", "door.scope")):
                    browser.clear("#key")
                    browser.type("#key", key)
                    browser.press(ENTER)
                    until(lambda: browser.text("#door-problem") == words[problem], problem)
                browser.clear("#key")
                browser.type("#key", "sk-administrator")
                browser.press(ENTER)
                browser.wait(".stone")
                assert browser.count(".stone") == 6 and words["heat.none"] in browser.text("#devices")
                first = browser.text("#live")
                until(lambda: browser.text("#live") != first, "the floor to live")
                assert browser.run("return !JSON.stringify(localStorage).includes('sk-administrator')")
                self.sound(browser, f"floor, {language}")
                self.photograph(browser, f"operator-{language}", whole=True)
                browser.reload()
                browser.wait(".stone")
                browser.click("#leave")
                assert browser.run("return sessionStorage.length") == 0 and browser.count("#house[hidden]") == 1
        for dark in (False, True):
            with self.browser("ko", width=360, height=740, dark=dark, still=True) as browser:
                browser.open("/operator")
                browser.type("#key", "sk-administrator")
                browser.press(ENTER)
                browser.wait(".stone")
                self.sound(browser, f"floor on a phone, dark: {dark}")
                if not dark:
                    self.photograph(browser, "operator-phone-ko")

    # Pictures of the pages, for the documentation.

    def pictures_of_the_page(self) -> None:
        if not self.photos:
            return
        for language in ("ko", "en"):
            with self.browser(language, still=True, dark=language == "en") as browser:
                self.start(browser)
                self.photograph(browser, f"draw-{language}")
                for index in (0, 2):
                    scene = list(SCENERY[language])[index]
                    self.ask(browser, scene)
                    until(lambda: browser.count(DONE) == 1 + index // 2, "a picture")
                browser.run("document.querySelector('input[name=count][value=\"2\"]').click()")
                self.ask(browser, SCENES[language] + " (slow)")
                browser.wait("progress:not([hidden])")
                until(lambda: browser.run("return document.querySelector('progress').value") > 0.55, "half", 120)
                browser.run("scrollTo(0, 0); document.querySelector('#form').scrollTo(0, 0)")
                self.photograph(browser, f"drawing-{language}")
                for _ in range(2):
                    browser.click(".paper[data-state=drawing] .button:not([hidden])")
                    time.sleep(1)
                browser.click(".look")
                browser.wait("#viewer[open]")
                self.photograph(browser, f"viewer-{language}")


SCENERY = {"ko": [], "en": []}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--service", required=True, help="the program scripted-pages")
    parser.add_argument("--pictures", required=True, type=pathlib.Path)
    parser.add_argument("--photos", type=pathlib.Path, help="a folder for screenshots")
    parser.add_argument("--only", help="a part of the names of the checks to run")
    parser.add_argument("--patience", type=float, default=1, help="how many times longer than usual to wait")
    parser.add_argument("--port", type=int, default=8179)
    options = parser.parse_args()
    for line in (options.pictures / "captions.txt").read_text("utf-8").splitlines():
        for language, sentence in zip(("ko", "en"), line.split("|")):
            SCENERY[language].append(sentence)
    browsers.patience = options.patience
    Checks.photo = options.pictures / "0.png"
    service = subprocess.Popen([options.service, str(options.port), str(options.pictures), "0.15"])
    address = f"http://127.0.0.1:{options.port}"
    failed = 0
    driver = Driver(options.port + 1000)
    try:
        until(lambda: urllib.request.urlopen(address + "/healthz").status == 200, "the service to start")
        checks = Checks(driver, address, options.photos)
        flows = vars(Checks) | vars(DeskChecks)
        names = [name for name, value in flows.items() if callable(value) and value.__code__.co_argcount == 1]
        for name in names:
            if options.only and options.only not in name:
                continue
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
        service.terminate()
        service.wait()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
