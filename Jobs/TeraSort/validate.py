"""Checks what TeraSort wrote: the records of its input, each once, in the order of their bytes.

  python3 Jobs/TeraSort/validate.py INPUT OUTPUT

Ends with 0 and one line when all is well; with 1 and what is wrong otherwise. It knows nothing of Flint.
"""

import glob
import os
import sys
import zlib

RECORD = 100


def files(folder, names):
    return sorted(glob.glob(os.path.join(folder, names)))


def records(paths):
    for path in paths:
        if os.path.getsize(path) % RECORD:
            sys.exit(f"{path} has {os.path.getsize(path)} bytes, which are no whole records")
        with open(path, "rb") as file:
            while piece := file.read(RECORD * 10_000):
                for start in range(0, len(piece), RECORD):
                    yield piece[start : start + RECORD]


def total(paths):
    """How many records there are, and the sum of their checksums, which does not depend on the order."""
    count = checksum = 0
    for record in records(paths):
        count += 1
        checksum += zlib.crc32(record)
    return count, checksum


def check_order(paths):
    previous, number = b"", 0
    for record in records(paths):
        if record < previous:
            sys.exit(f"record {number} {record!r} comes after {previous!r}")
        if not record.endswith(b"\r\n"):
            sys.exit(f"record {number} {record!r} does not end in CR LF")
        previous, number = record, number + 1


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    given, written = files(sys.argv[1], "*.txt"), files(sys.argv[2], "part-*")
    if not os.path.exists(os.path.join(sys.argv[2], "_SUCCESS")):
        sys.exit(f"{sys.argv[2]} has no _SUCCESS")
    check_order(written)
    expected, found = total(given), total(written)
    if expected != found:
        sys.exit(f"the input has {expected[0]} records of checksum {expected[1]:x}, the output {found[0]} of {found[1]:x}")
    print(f"{found[0]} records in order, checksum {found[1]:x}")


main()
