"""Compresses or decompresses what Flint's benchmark does, in the same blocks, with pyarrow's codecs."""

import sys

import pyarrow

BLOCK = 256 << 10
NAMES = {"lz4": "lz4_raw", "zstd": "zstd", "snappy": "snappy"}
LEVELS = {"zstd": 3}


def mixed(count):
    """Lines of text, and between them 64-bit numbers."""
    state, parts, size = 42, [], 0
    while size < count:
        state = (state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        drawn = state >> 33
        part = b"zone-%d,%d.%d,card\n" % (drawn % 263, drawn % 5000 // 100, drawn % 100)
        part += (drawn % 100000).to_bytes(8, "little")
        parts.append(part)
        size += len(part)
    return b"".join(parts)[:count]


name, direction, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
codec = pyarrow.Codec(NAMES[name], compression_level=LEVELS.get(name))
sample = mixed(16 * BLOCK)
blocks = [pyarrow.py_buffer(sample[start : start + BLOCK]) for start in range(0, len(sample), BLOCK)]
compressed = [codec.compress(block) for block in blocks]
done = 0
while done < count:
    for plain, small in zip(blocks, compressed):
        if direction == "compress":
            codec.compress(plain)
        else:
            codec.decompress(small, BLOCK)
        done += BLOCK
print(f"bytes={done} share={sum(map(len, compressed)) * 100 // len(sample)}%")
