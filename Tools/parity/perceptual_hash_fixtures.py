"""Hashes of pictures by Meta's own PDQ, through the package `pdqhash`, which compiles the reference implementation.

    python Tools/parity/perceptual_hash_fixtures.py

writes Tests/ProvenanceTests/Fixtures/perceptual-hashes.txt: one picture a line, as `width height seed hash quality`, then
the seven other turns' hashes: turned by 90, 180 and 270 degrees counterclockwise, then the four mirrored. The pictures are
made of whole numbers, so that the test makes the same ones.
"""

from pathlib import Path

import numpy as np
import pdqhash

SIZES = [(64, 64), (96, 64), (128, 128), (127, 65), (200, 333), (512, 512), (511, 130), (48, 40)]


def wave(number, period):
    return np.abs(number % (2 * period) - period) * 255 // period


def picture(width, height, seed):
    y, x = np.mgrid[0:height, 0:width]
    red = wave(x * 3 + y + seed * 17, 90 + seed)
    green = (wave(x, 50 + 2 * seed) + wave(y, 70)) // 2
    blue = wave(x * y // (7 + seed), 64)
    return np.ascontiguousarray(np.stack([red, green, blue], axis=-1).astype(np.uint8))


def digits(bits):
    return "".join(f"{int(''.join(map(str, bits[start:start + 4])), 2):x}" for start in range(0, 256, 4))


def main():
    lines = []
    for width, height in SIZES:
        for seed in range(3):
            pixels = picture(width, height, seed)
            bits, quality = pdqhash.compute(pixels)
            turned = [np.rot90(pixels, turns) for turns in (1, 2, 3)]
            mirrored = [np.rot90(pixels[:, ::-1], turns) for turns in range(4)]
            others = [digits(pdqhash.compute(np.ascontiguousarray(other))[0]) for other in turned + mirrored]
            lines.append(" ".join([str(width), str(height), str(seed), digits(bits), str(quality)] + others))
    folder = Path(__file__).resolve().parents[2] / "Tests/ProvenanceTests/Fixtures"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "perceptual-hashes.txt").write_text("\n".join(lines) + "\n")


main()
