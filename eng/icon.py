"""Draws eng/icon.png: an H whose bar is an arrow, from a source on the left to a target on the right."""
import struct
import sys
import zlib

SIZE, SAMPLES = 256, 4


def rounded(x, y, left, top, right, bottom, radius):
    """Whether a point lies in a rectangle with round corners."""
    dx = max(left + radius - x, x - (right - radius), 0)
    dy = max(top + radius - y, y - (bottom - radius), 0)
    return left <= x <= right and top <= y <= bottom and dx * dx + dy * dy <= radius * radius


def arrow(x, y):
    """The bar of the H: a shaft that starts at the left post, and a head that touches the right post."""
    shaft = 70 <= x <= 134 and abs(y - 128) <= 13
    head = 126 <= x <= 172 and abs(y - 128) <= (172 - x) * 0.80
    return shaft or head


def colour(x, y):
    if not rounded(x, y, 0, 0, SIZE, SIZE, 56):
        return (0, 0, 0, 0)
    if arrow(x, y):
        return (255, 196, 77, 255)
    if rounded(x, y, 48, 52, 80, 204, 14) or rounded(x, y, 176, 52, 208, 204, 14):
        return (255, 255, 255, 255)
    t = (x + y) / (2 * SIZE)
    return (round(22 + 14 * t), round(60 + 62 * t), round(112 + 52 * t), 255)


def pixel(px, py):
    """The mean of several points within the pixel, weighted by their opacity, so that edges are smooth."""
    points = [colour(px + (i + 0.5) / SAMPLES, py + (j + 0.5) / SAMPLES) for i in range(SAMPLES) for j in range(SAMPLES)]
    opacity = sum(p[3] for p in points)
    if opacity == 0:
        return bytes(4)
    return bytes([round(sum(p[c] * p[3] for p in points) / opacity) for c in range(3)] + [round(opacity / len(points))])


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


rows = b"".join(b"\0" + b"".join(pixel(x, y) for x in range(SIZE)) for y in range(SIZE))
header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0)
with open(sys.argv[1], "wb") as file:
    file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))
