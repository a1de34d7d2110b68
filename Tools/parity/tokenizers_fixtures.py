"""Makes Tests/TokenizersTests/Fixtures: a vocabulary trained the slow and obvious way, and the ids that
transformers' CLIPTokenizer gives with it.

Run from the repository root, with Tools/parity/requirements.txt installed:

    python Tools/parity/tokenizers_fixtures.py
"""

import json
import pathlib
import random
import shutil

from tokenizers import Regex, normalizers
from transformers import CLIPTokenizer

COMMAND = "python Tools/parity/tokenizers_fixtures.py"
FOLDER = pathlib.Path("Tests/TokenizersTests/Fixtures")
VOCABULARY_SIZE = 900
START, END = "<|startoftext|>", "<|endoftext|>"

SUBJECTS = [
    ("소녀", "girl"), ("소년", "boy"), ("여우", "fox"), ("고양이", "cat"), ("늙은 마법사", "old wizard"),
    ("토끼 두 마리", "two rabbits"), ("작은 배", "small boat"), ("기차", "train"),
]
PLACES = [
    ("마법 숲", "enchanted forest"), ("바닷가", "seaside"), ("눈 덮인 마을", "snowy village"),
    ("언덕 위의 집", "house on a hill"), ("별빛 호수", "starlit lake"), ("벚꽃 길", "cherry-blossom path"),
]
TIMES = [("노을 속", "at sunset"), ("새벽", "at dawn"), ("한밤중", "at midnight"), ("맑은 낮", "on a clear day")]
MEDIA = [
    ("수채화 스타일", "watercolour"), ("손그림 느낌", "hand-drawn"), ("색연필", "coloured pencil"),
    ("부드러운 톤", "soft tones"), ("일본 판타지 감성", "Japanese fantasy mood"),
]


def captions():
    source = random.Random(20261121)
    lines = []
    for _ in range(300):
        subject, place, time, medium = (source.choice(x) for x in (SUBJECTS, PLACES, TIMES, MEDIA))
        if source.random() < 0.5:
            lines.append(f"{time[0]} {place[0]}에 있는 {subject[0]}, {medium[0]}")
        else:
            lines.append(f"A {subject[1]} in the {place[1]} {time[1]}, {medium[1]}; it's No. {source.randrange(100)}")
    # A pair of equals: which of them merge first shows in the ids.
    return lines + ["Zzzzzzzz… zzzzzzz!"] * 3


def byte_characters():
    """Vocabulary order and spelling of the 256 bytes, as in GPT-2's encoder."""
    order = [b for b in range(256) if 0x21 <= b <= 0x7E or 0xA1 <= b <= 0xAC or 0xAE <= b]
    spelling = {b: chr(b) for b in order}
    for b in range(256):
        if b not in spelling:
            spelling[b] = chr(256 + len(spelling) - 188)
            order.append(b)
    return order, spelling


def words_of(text, backend):
    normal = backend.normalizer.normalize_str(text)
    return [piece for piece, _ in backend.pre_tokenizer.pre_tokenize_str(normal)]


def train(lines, backend):
    """Recounts every pair after every merge. Ties: smaller left id, then smaller right id."""
    order, spelling = byte_characters()
    texts = [spelling[b] for b in order]
    texts += [t + "</w>" for t in texts]
    ids = {t: i for i, t in enumerate(texts)}
    counts = {}
    for line in lines:
        for word in words_of(line, backend):
            key = tuple(ids[c] for c in word[:-1]) + (ids[word[-1] + "</w>"],)
            counts[key] = counts.get(key, 0) + 1
    merges = []
    while len(texts) + 2 < VOCABULARY_SIZE:
        pairs = {}
        for word, count in counts.items():
            for pair in zip(word, word[1:]):
                pairs[pair] = pairs.get(pair, 0) + count
        pair, count = min(pairs.items(), key=lambda item: (-item[1], item[0]), default=((0, 0), 0))
        if count < 2:
            break
        text = texts[pair[0]] + texts[pair[1]]
        if text not in ids:
            ids[text] = len(texts)
            texts.append(text)
        rule = (texts[pair[0]], texts[pair[1]])
        if rule not in merges:
            merges.append(rule)
        merged = {}
        for word, count in counts.items():
            out, i = [], 0
            while i < len(word):
                if word[i : i + 2] == pair:
                    out.append(ids[text])
                    i += 2
                else:
                    out.append(word[i])
                    i += 1
            merged[tuple(out)] = merged.get(tuple(out), 0) + count
        counts = merged
    for token in (START, END):
        ids[token] = len(ids)
    return ids, merges


def flagged(text, **flags):
    return {"content": text, "lstrip": False, "normalized": True, "rstrip": False, "single_word": False} | flags


def configurations(ids):
    """The ways in which tokenizer folders found in the wild write their special tokens."""
    roles = {"bos_token": START, "eos_token": END, "unk_token": END}
    common = {"model_max_length": 77, "tokenizer_class": "CLIPTokenizer"}
    objects = {key: flagged(text) for key, text in roles.items()}
    typed = {key: value | {"__type": "AddedToken"} for key, value in objects.items()}
    decoder = {
        str(ids[START]): flagged(START, special=True),
        str(ids[END]): flagged(END, special=True, normalized=False),
    }
    plain = roles | {"pad_token": END}
    return {
        "plain": (plain | common, plain),
        "stable-diffusion-1": (typed | common | {"pad_token": END, "do_lower_case": True}, objects | {"pad_token": END}),
        "stable-diffusion-2": (typed | common | {"pad_token": "!"}, objects | {"pad_token": "!"}),
        "added-tokens": (plain | common | {"added_tokens_decoder": decoder, "model_max_length": 24}, objects | {"pad_token": END}),
        "no-configuration": (None, None),
    }


def texts():
    chosen = [
        "", " ", "\t\r\n\v\f\u0085\u00a0\u3000", "the", "The Cat", "a  b", " a ", "it's", "IT'S", "''s", "'s", "'", "x'", "I'm 'M 'mm i'M'd 'll'm", "zz zzz zzzz zzzzz zzzzzz",
        "they've we'll I'd he'RE can't 'tis 'llama 'rabbit 'very", "1234", "3.14", "１２３", "½²Ⅷⅷ٣", "a1b2", "!!!", "a!!!b", "!?'s", "?'s!",
        "마법 숲을 걷는 소녀, 수채화 스타일, 일본 판타지 감성", "노을 속 혼자 앉아 있는 조용한 소년, 부드러운 톤, 손그림 느낌",
        "\u1112\u1161\u11ab\u1100\u1173\u11af", "한\u1100\u1161", "가\u11a8", "\u1161\u1100", "ㄱㄴㄷㅏㅑ", "ㅋㅋㅋ ㅠㅠ", "가\u0301나", "\ua960\ud7b0",
        "e\u0301\u0323 \u212b \u2126 \ufb01 \u1e9b\u0323", "a\u0315\u0300\u05ae\u0062", "\u0301a", "がぎぐ か\u3099", "ﾊﾝｶｸ 全角ＡＢＣ", "漢字かな交じり文", "豈更車",
        "😀🎨👩‍👩‍👧‍👦🇰🇷👍🏽", "❤️ #️⃣", "İstanbul Σίσυφος ΣΑΣ ẞ ǅ", "ЁЛКИ й", "नमस्ते दुनिया", "สวัสดี", "שָׁלוֹם العربية", "𝔘𝔫𝔦 𐐀𐐨",
        "\x00", "a\x00b", "\x01\x02\x1c\x1d\x1e\x1f\x7f", "\u200b\u200d\ufeff\u2060\u00ad", "\u180e\u2028\u2029", "\ufffd\uffff\U0010ffff", "\ue000",
        "<|startoftext|>", "<|endoftext|>", "a<|endoftext|>b", "a <|STARTOFTEXT|>!", "<|EndOfText|>'s", "!<|ENDOFTEXT|>!", "<|startoftext|", "<|startoftext|><|startoftext|>x",
        "<|STARTOFTEXT|><|ENDOFTEXT|>|>", "<|startofte\u0301xt|>", "<||>", "a_b-c/d\\e", "\"quoted\" `code` {x} [y]", "https://example.org/?q=1&r=2", "user@example.org",
        "\U00010940\u1c8a", "supercalifragilisticexpialidocious", "watercolour " * 60, "소" * 200, "a" * 300, "1 " * 100, "!" * 100, "the " * 75, "the " * 74, "the " * 76,
        "<|endoftext|>" * 80,
    ]
    source = random.Random(77)
    alphabets = [
        "abcdefghij ABC", " '\"!?.,-<>|", "'strevmld ", "0123456789 ", "가나다라마바사아자차카타파하 숲을걷는소녀", "\u1100\u1101\u1102\u1112\u1161\u1162\u1175\u11a8\u11a9\u11c2",
        "\u0300\u0301\u0307\u0323\u0327\u05b0\u3099aeouc", "がぎパ漢字、。", "😀👩\u200d\ufe0f🇰🇷", "\x00\x09\x0a\x85\xa0\u2003\u3000", "ÀÉîøßİΣǅЖ",
    ]
    for _ in range(200):
        pool = "".join(source.sample(alphabets, source.randint(1, 4)))
        chosen.append("".join(source.choice(pool) for _ in range(source.randint(1, 40))))
    for _ in range(60):
        chosen.append("".join(chr(source.choice([c for c in (source.randrange(0x3000), source.randrange(0xE000, 0x20000))])) for _ in range(12)))
    return chosen


def trimmed(ids, padding):
    while len(ids) > 1 and ids[-1] == padding and ids[-2] == padding:
        ids = ids[:-1]
    return ids


def scalar_table():
    """What the reference's regular expressions and tables make of every single code point."""
    points = [c for c in range(2, 0x110000) if not 0xD800 <= c < 0xE000]
    text = "\x01".join(map(chr, points))
    kinds = ["o"] * len(points)
    for letter, pattern in (("l", r"\p{L}"), ("n", r"\p{N}"), ("s", r"\s")):
        marked = normalizers.Replace(Regex(pattern), "\x00").normalize_str(text).split("\x01")
        assert len(marked) == len(points)
        for i, (mark, point) in enumerate(zip(marked, points)):
            if mark == "\x00" and point != 0:
                kinds[i] = letter
    runs, previous = [], None
    for point, kind in zip(points, kinds):
        if kind != previous:
            runs.append(f"{point:x}{kind}")
            previous = kind
    lower, compose = normalizers.Lowercase(), normalizers.NFC()
    changed = lambda normalizer: [
        [c] + [ord(x) for x in normalizer.normalize_str(chr(c))]
        for c in points if normalizer.normalize_str(chr(c)) != chr(c)
    ]
    return {"runs": " ".join(runs), "lowercase": changed(lower), "composed": changed(compose)}


def write(name, value):
    (FOLDER / name).write_text(json.dumps({"command": COMMAND} | value, separators=(",", ":")) + "\n")


def main():
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    lines = captions()
    ids, merges = train(lines, CLIPTokenizer().backend_tokenizer)
    vocabulary = "{" + ", ".join(f"{json.dumps(t, ensure_ascii=False)}: {i}" for t, i in ids.items()) + "}\n"
    rules = "#version: 0.2\n" + "".join(f"{left} {right}\n" for left, right in merges)
    cases = {}
    chosen = texts()

    def record(name, tokenizer):
        length = min(tokenizer.model_max_length, 77)
        some = chosen if name in ("plain", "stable-diffusion-2") else chosen[:90]
        padded = [tokenizer(t, padding="max_length", max_length=length, truncation=True).input_ids for t in some]
        padding = tokenizer.pad_token_id
        cases[name] = {"padding": padding, "length": length, "ids": [trimmed(x, padding) for x in padded]}

    for name, (configuration, special) in configurations(ids).items():
        folder = FOLDER / name
        folder.mkdir()
        (folder / "vocab.json").write_text(vocabulary)
        (folder / "merges.txt").write_text(rules)
        if configuration is not None:
            (folder / "tokenizer_config.json").write_text(json.dumps(configuration, indent=2) + "\n")
            (folder / "special_tokens_map.json").write_text(json.dumps(special, indent=2) + "\n")
        record(name, CLIPTokenizer.from_pretrained(folder))
    # transformers 5 writes a single file where 4 wrote several.
    folder = FOLDER / "tokenizer-json"
    CLIPTokenizer.from_pretrained(FOLDER / "stable-diffusion-2").save_pretrained(folder)
    whole = json.loads((folder / "tokenizer.json").read_text())
    (folder / "tokenizer.json").write_text(json.dumps(whole, ensure_ascii=False, separators=(",", ":")) + "\n")
    record("tokenizer-json", CLIPTokenizer.from_pretrained(folder))
    write("captions.json", {"vocabularySize": VOCABULARY_SIZE, "captions": lines})
    write("identifiers.json", {"texts": chosen, "folders": cases})
    write("scalars.json", scalar_table())


if __name__ == "__main__":
    main()
