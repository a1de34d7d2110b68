"""Paints the pictures that the scripted service draws with, and how they look while they come out of the noise.

    python Tools/pages/pictures.py --ondol .build/debug/ondol --out pictures

Painting is repeatable, so nothing of this is kept in the repository.
"""

import argparse
import pathlib
import subprocess

import numpy
from PIL import Image, ImageFilter

# The painter's number, and what a person would have written to get it.
SCENES = [
    (7, "비 내리는 꽃 핀 언덕에 서 있는 우산 쓴 어린 소년", "a little boy with an umbrella on a rainy, flowering hill"),
    (12, "달밤의 마법 숲에 앉은 고양이", "a cat sitting in a magic forest by moonlight"),
    (10, "노을 속 동네 골목에 서 있는 어린 소녀", "a young girl in a village lane at sunset"),
    (6, "맑은 날의 황금빛 밀밭에 서 있는 흰 수염 할아버지", "an old man with a white beard in a golden wheat field"),
    (44, "해 질 녘의 산 아래 호숫가에 앉아 있는 파란 새", "a blue bird by a mountain lake at dusk"),
    (41, "달빛 아래 꽃이 핀 들판에 앉아 있는 회색 고양이", "a grey cat in a flowering meadow under the moon"),
    (61, "저녁노을 속 황금 들녘에 혼자 앉은 어린 소녀", "a girl sitting alone in a golden field at sunset"),
    (2, "눈 오는 저녁에 서 있는 개", "a dog standing on a snowy evening"),
]
SIZE = 512
# How much of the picture is there at each preview.
SHARES = [0.08, 0.25, 0.5, 0.75, 0.92]


def noise(generator: numpy.random.Generator) -> numpy.ndarray:
    """Noise as an autoencoder shows it: blotches of colour eight pixels wide, and some grain."""
    coarse = generator.normal(128, 48, (SIZE // 8, SIZE // 8, 3)).clip(0, 255).astype(numpy.uint8)
    wide = Image.fromarray(coarse).resize((SIZE, SIZE), Image.Resampling.BICUBIC)
    return numpy.asarray(wide, numpy.float32) + generator.normal(0, 12, (SIZE, SIZE, 3))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ondol", required=True, help="the program that paints")
    parser.add_argument("--out", required=True, type=pathlib.Path, help="the folder to write to")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for index, (seed, _, _) in enumerate(SCENES):
        path = options.out / f"{index}.png"
        command = [options.ondol, "paint", "--seed", str(seed), "--size", str(SIZE), "--out", str(path)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        picture = Image.open(path).convert("RGB")
        generator = numpy.random.default_rng(seed)
        grain = noise(generator)
        for number, share in enumerate(SHARES):
            soft = picture.filter(ImageFilter.GaussianBlur(14 * (1 - share)))
            mixed = share * numpy.asarray(soft, numpy.float32) + (1 - share) * grain
            Image.fromarray(mixed.clip(0, 255).astype(numpy.uint8)).save(
                options.out / f"{index}-{number}.jpg", quality=80)
    captions = "".join(f"{korean}|{english}\n" for _, korean, english in SCENES)
    (options.out / "captions.txt").write_text(captions, encoding="utf-8")


if __name__ == "__main__":
    main()
