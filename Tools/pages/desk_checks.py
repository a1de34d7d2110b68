"""What anybody may ask of the pages, without drawing: where a picture comes from, whose styles there are, and claims."""

from __future__ import annotations

import base64
import json
import urllib.request

from browser import Browser, until

ENTER = "\ue007"


class DeskChecks:
    """Flows over the scripted service. The rest of what they need is in `Checks`."""

    def says_where_a_picture_comes_from(self) -> None:
        for language in ("ko", "en"):
            with self.browser(language) as browser:
                words = self.words[language]
                browser.open("/verify")
                browser.type("#picture", str(self.photo.resolve()))
                browser.wait("#finding:not([hidden])")
                assert browser.count("#known[hidden]") == 1
                self.sound(browser, f"trusted, {language}")
                browser.type("#picture", str(self.photo.with_name("0-0.jpg").resolve()))
                until(lambda: browser.count("#known:not([hidden])") == 1, "the picture to be known")
                # The page's visitor drew it: so says the script.
                assert words["verify.known.yours"].split("{day}")[-1][:8] in browser.text("#known"), browser.text("#known")
                assert browser.run("return document.querySelector('#known-link').getAttribute('href')").startswith("/pictures/")
                self.sound(browser, f"known again, {language}")
                self.photograph(browser, f"verify-{language}")

    def shows_whose_styles_there_are(self) -> None:
        for language in ("ko", "en"):
            for width, dark in ((1280, False), (360, True)):
                with self.browser(language, width=width, height=800, dark=dark, still=True) as browser:
                    shape = f"{language}-{width}"
                    browser.open("/styles")
                    assert browser.count(".cards .card") == 2
                    self.sound(browser, f"styles, {shape}")
                    self.photograph(browser, f"styles-{shape}")
                    browser.click(".cards a")
                    browser.wait("#base")
                    until(lambda: browser.run(
                        "return [...document.images].every((each) => each.complete && each.naturalWidth > 0 || each.loading === 'lazy')"), "pictures")
                    assert "sha256:" in browser.text("#base") and "2030-12-31" in browser.text("#works")
                    self.sound(browser, f"card, {shape}")
                    self.photograph(browser, f"style-{shape}", whole=True)
                    browser.click(".language")
                    until(lambda: browser.run("return document.documentElement.lang") != language, "the other language")
                    assert browser.run("return location.pathname") == "/styles/kim-ink"

    def takes_claims_and_answers_them(self) -> None:
        for language in ("ko", "en"):
            for width, dark in ((1280, False), (360, True)):
                with self.browser(language, width=width, height=900, dark=dark, still=True) as browser:
                    self.claim(browser, language, f"{language}-{width}")

    def claim(self, browser: Browser, language: str, shape: str) -> None:
        words = self.words[language]
        browser.open("/claims?style=kim-ink")
        until(lambda: browser.run("return document.querySelector('#style').value") == "kim-ink", "the style to be chosen")
        assert words["claims.suspension.when-taken-up"] in browser.text("#promise")
        self.sound(browser, f"claims, {shape}")
        self.photograph(browser, f"claims-{shape}", whole=True)
        browser.click("#send")
        assert browser.text("#text-problem") == words["claims.form.textMissing"]
        assert browser.run("return document.activeElement.id") == "text"
        self.sound(browser, f"an empty claim, {shape}")
        browser.type("#text", "세 번째 그림은 제 것이에요. <b>The third sheet is mine.</b>")
        browser.type("#link", "a.example")
        browser.type("#picture", str(self.photo.resolve()))
        browser.type("#who", "이도윤")
        browser.type("#contact", "doyun@a.example")
        browser.press(ENTER)
        assert browser.text("#link-problem") == words["claims.form.linkWrong"]
        browser.clear("#link")
        browser.type("#link", "https://a.example/3")
        browser.press(ENTER)
        browser.wait("#taken:not([hidden])")
        assert browser.run("return document.activeElement.id") == "taken"
        receipt = browser.text("#taken-receipt")
        self.sound(browser, f"a claim taken, {shape}")
        self.photograph(browser, f"claim-taken-{shape}")
        self.answer(receipt, {"status": "taken-up", "reason": ""})
        self.answer(receipt, {"status": "rejected", "reason": "It is another sheet.\nSee the card."})
        browser.open("/claims")
        browser.type("#receipt", "clm_nothing")
        browser.press(ENTER)
        until(lambda: browser.text("#ask-problem") == words["claims.unknown"], "the wrong number to be told")
        browser.clear("#receipt")
        browser.type("#receipt", receipt)
        browser.press(ENTER)
        browser.wait("#found:not([hidden])")
        assert browser.text("#found-title") == words["claims.status.rejected"]
        assert browser.count("#found-steps li") == 3 and "another sheet" in browser.text("#found-steps")
        self.sound(browser, f"a claim answered, {shape}")
        self.photograph(browser, f"claim-answered-{shape}", whole=True)

    def answer(self, receipt: str, step: dict) -> None:
        request = urllib.request.Request(
            f"{self.address}/v1/floor/claims/{receipt}/steps", data=json.dumps(step).encode(),
            headers={"Authorization": "Bearer sk-administrator", "Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=20).read()

    def shows_artists_what_is_theirs(self) -> None:
        for language in ("ko", "en"):
            for width, dark in ((1280, False), (360, True)):
                with self.browser(language, width=width, height=900, dark=dark, still=True) as browser:
                    words, shape = self.words[language], f"{language}-{width}"
                    browser.open("/artist")
                    self.sound(browser, f"artist's door, {shape}")
                    for key, problem in (
                            ("sk-wrong", "door.wrong"), ("sk-full", "artist.door.scope"), ("sk-nobody", "artist.door.nobody")):
                        browser.clear("#key")
                        browser.type("#key", key)
                        browser.press(ENTER)
                        until(lambda: browser.text("#door-problem") == words[problem], problem)
                    browser.clear("#key")
                    browser.type("#key", "sk-artist")
                    browser.press(ENTER)
                    browser.wait("#statements table")
                    assert "592.2 KRW" in browser.text("#owed"), browser.text("#owed")
                    assert browser.count("#works > li") == 12 and browser.count("#styles > li") == 1
                    assert words["claims.status.taken-up"] in browser.text("#styles")
                    browser.click("#works summary")
                    assert words["artist.use.style-training"] in browser.text("#works")
                    self.sound(browser, f"artist's room, {shape}")
                    self.photograph(browser, f"artist-{shape}", whole=True)
                    first = browser.text("#statements")
                    browser.run("month.selectedIndex = 1; month.dispatchEvent(new Event('change'))")
                    until(lambda: browser.text("#statements") != first, "another month")
                    browser.reload()
                    browser.wait("#statements table")
                    assert browser.run("return !JSON.stringify(localStorage).includes('sk-artist')")
                    browser.click("#leave")
                    assert browser.run("return sessionStorage.length") == 0 and browser.count("#room[hidden]") == 1

    def lets_operators_answer_claims(self) -> None:
        for language in ("ko", "en"):
            for width, dark in ((1280, False), (360, True)):
                with self.browser(language, width=width, height=900, dark=dark, still=True) as browser:
                    words, shape = self.words[language], f"{language}-{width}"
                    picture = "data:image/png;base64," + base64.b64encode(self.photo.read_bytes()).decode()
                    receipt = self.submit({
                        "style": "kim-ink", "text": "세 번째 그림은 제 것이에요.\n<b>third</b>", "name": "이도윤",
                        "contact": "doyun@a.example", "language": "ko", "picture": {"image_url": picture}})
                    browser.open("/operator")
                    browser.type("#key", "sk-administrator")
                    browser.press(ENTER)
                    browser.wait(f"#reason-{receipt}")
                    paper = f"#claims-list > li:has(#reason-{receipt})"
                    assert "<b>third</b>" in browser.text(paper)
                    browser.click(f"{paper} > .button")
                    browser.wait(f"{paper} canvas:not([hidden])")
                    self.sound(browser, f"claims desk, {shape}")
                    self.photograph(browser, f"claims-desk-{shape}", whole=True)
                    browser.click(f"{paper} .actions .button:nth-child(1)")
                    until(lambda: words["claims.status.taken-up"] in browser.text(f"{paper} h3"), "the claim to be taken up")
                    browser.click(f"{paper} .actions .button:last-child")
                    until(lambda: browser.text(f"#problem-{receipt}") == words["desk.reason.missing"], "a reason to be asked for")
                    assert browser.run("return document.activeElement.id") == f"reason-{receipt}"
                    browser.type(f"#reason-{receipt}", "It is another sheet.")
                    browser.click(f"{paper} .actions .button:last-child")
                    until(lambda: words["claims.status.rejected"] in browser.text(f"{paper} h3"), "the claim to be answered")
                    self.sound(browser, f"a claim answered at the desk, {shape}")
                    browser.click("#claims-answered")
                    until(lambda: browser.count(paper) == 1, "the answered claims")

    def submit(self, claim: dict) -> str:
        request = urllib.request.Request(
            f"{self.address}/v1/claims", data=json.dumps(claim).encode(), headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)["receipt"]

    def takes_objections_of_those_refused(self) -> None:
        prompts = {"ko": "지브리 스튜디오 풍의 마을", "en": "a village in the style of Studio Ghibli"}
        for language in ("ko", "en"):
            for width, dark in ((1280, False), (360, True)):
                with self.browser(language, width=width, height=900, dark=dark, still=True) as browser:
                    shape, words = f"{language}-{width}", self.words[language]
                    self.start(browser)
                    assert browser.count("#object[hidden]") == 1
                    self.ask(browser, prompts[language])
                    browser.wait("#object:not([hidden])")
                    self.sound(browser, f"refused, {shape}")
                    self.photograph(browser, f"refused-{shape}")
                    browser.click("#object a")
                    browser.wait("#objection")
                    assert browser.run("return sentence.value") == prompts[language], "the sentence did not come along"
                    assert browser.count("#why:not([hidden])") == 1 and len(browser.text("#why-words")) > 20
                    browser.click("#send")
                    assert browser.text("#message-problem") == words["objection.form.messageMissing"]
                    self.sound(browser, f"objection with a fault, {shape}")
                    browser.type("#message", "full")
                    browser.click("#send")
                    until(lambda: words["objection.full"] in browser.text("#form-problem"), "that no more are taken")
                    browser.clear("#message")
                    browser.type("#message", "The village is my own.")
                    self.photograph(browser, f"appeal-{shape}", whole=True)
                    browser.click("#send")
                    browser.wait("#taken:not([hidden])")
                    until(lambda: words["objection.waits"] in browser.text("#mine"), "the objection to be listed")
                    self.sound(browser, f"objection sent, {shape}")
                    self.answer_objection()
                    browser.reload()
                    until(lambda: words["objection.verdict.upheld"] in browser.text("#mine"), "the answer")
                    assert "It names a studio." in browser.text("#mine") and prompts[language] in browser.text("#mine")
                    self.sound(browser, f"objection answered, {shape}")
                    self.photograph(browser, f"appeal-answered-{shape}", whole=True)
                    browser.clear("#sentence")
                    browser.type("#sentence", "a quiet lake")
                    assert browser.count("#why[hidden]") == 1, "the reason is of another sentence"
                    browser.type("#message", "x")
                    browser.click("#send")
                    until(lambda: words["objection.nothing"] in browser.text("#form-problem"), "that nothing was refused")

    def answer_objection(self) -> None:
        """As an operator does: the newest that waits, upheld."""
        def send(path: str, body: dict | None = None) -> dict:
            request = urllib.request.Request(
                f"{self.address}/v1/floor/appeals{path}", data=json.dumps(body).encode() if body else None,
                headers={"Content-Type": "application/json", "Authorization": "Bearer sk-administrator"})
            with urllib.request.urlopen(request, timeout=20) as answer:
                return json.load(answer)

        newest = send("")["data"][-1]["id"]
        send(f"/{newest}/answers", {"verdict": "upheld", "reason": "It names a studio."})

    def lets_operators_answer_objections(self) -> None:
        for language in ("ko", "en"):
            with self.browser(language, width=1280 if language == "ko" else 360, height=900, still=True) as browser:
                words = self.words[language]
                appeal = self.object_to("a village in the style of Studio Ghibli", "The village is my own.")
                browser.open("/operator")
                browser.type("#key", "sk-administrator")
                browser.press(ENTER)
                browser.wait(f"#reason-{appeal}")
                paper = f"#appeals-list > li:has(#reason-{appeal})"
                assert "The village is my own." in browser.text(paper) and "Ghibli" in browser.text(paper)
                self.sound(browser, f"appeals desk, {language}")
                self.photograph(browser, f"appeals-desk-{language}", whole=True)
                browser.type(f"#reason-{appeal}", "It names the village alone.")
                browser.type(f"#harmless-{appeal}", "ghibli")
                browser.click(f"{paper} .actions .button:last-child")
                until(lambda: "own spelling" in browser.text(f"#problem-{appeal}"), "the reason why it cannot be")
                browser.click(f"#only-{appeal}")
                browser.click(f"{paper} .actions .button.strong")
                until(lambda: words["appeals.verdict.exception"] in browser.text(f"{paper} h3"), "the name to be opened")
                self.sound(browser, f"an objection answered, {language}")

    def object_to(self, prompt: str, message: str) -> str:
        request = urllib.request.Request(
            f"{self.address}/v1/policy/appeals", data=json.dumps({"prompt": prompt, "message": message}).encode(),
            headers={"Content-Type": "application/json", "Authorization": "Bearer sk-full"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)["id"]
