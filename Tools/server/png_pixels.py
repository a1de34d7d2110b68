"""Reads the pixels of a PNG with nothing but the standard library, as a reader that the service does not know.

Source: Portable Network Graphics, third edition, 9.2.
"""

from __future__ import annotations

import struct
import zlib


def read_png(data: bytes) -> tuple[int, int, bytes]:
    """Width, height and bytes of RGB, of 8 bits a channel without interlacing."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n", "no PNG"
    place, packed = 8, b""
    while place < len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        body = data[place + 8:place + 8 + length]
        assert zlib.crc32(kind + body) == struct.unpack_from(">I", data, place + 8 + length)[0], "a damaged chunk"
        if kind == b"IHDR":
            width, height, depth, color, _, _, interlace = struct.unpack(">IIBBBBB", body)
            assert (depth, interlace) == (8, 0) and color in (2, 6), "not the PNG that is written here"
        elif kind == b"IDAT":
            packed += body
        place += 12 + length
    channels = 3 if color == 2 else 4
    rows = unfiltered(zlib.decompress(packed), width * channels, height, channels)
    return width, height, rows if channels == 3 else bytes(b for i, b in enumerate(rows) if i % 4 != 3)


def unfiltered(data: bytes, stride: int, height: int, step: int) -> bytes:
    before, output = bytes(stride), bytearray()
    for row in range(height):
        start = row * (stride + 1)
        kind, line = data[start], bytearray(data[start + 1:start + 1 + stride])
        for i in range(stride):
            left = line[i - step] if i >= step else 0
            corner = before[i - step] if i >= step else 0
            line[i] = (line[i] + predicted(kind, left, before[i], corner)) & 255
        output += line
        before = bytes(line)
    return bytes(output)


def predicted(kind: int, left: int, above: int, corner: int) -> int:
    if kind < 3:
        return (0, left, above)[kind]
    if kind == 3:
        return (left + above) // 2
    guess = left + above - corner
    return min((left, above, corner), key=lambda value: abs(guess - value))


def distance(first: bytes, second: bytes) -> float:
    """The mean of the squared differences of two pictures of one size."""
    assert len(first) == len(second), "pictures of two sizes"
    return sum((a - b) ** 2 for a, b in zip(first, second)) / len(first)
