"""Checksums as many bytes as the argument says, from one buffer of 64 KiB, with google-crc32c."""

import sys

import google_crc32c

# As much as Flint's benchmark takes at once: it stays in the cache.
CHUNK = 64 << 10

assert google_crc32c.implementation == "c", "only the C implementation is a fair peer"
count = int(sys.argv[1])
buffer = bytes(index * 31 & 0xFF for index in range(CHUNK))
checksum = 0
while count > 0:
    chunk = buffer if count >= CHUNK else buffer[:count]
    checksum = google_crc32c.extend(checksum, chunk)
    count -= len(chunk)
print(f"{checksum:08x}")
