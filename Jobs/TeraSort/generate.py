"""Writes records for TeraSort: 100 bytes each, laid out as `gensort -a` does, in files part-00.txt and so on.

  python3 Jobs/TeraSort/generate.py FOLDER [--records 10000] [--parts 4] [--seed 42]

A record is a key of 10 printable bytes, two spaces, its number in 32 hexadecimal digits, two spaces, 52 letters, CR and LF.
The same arguments give the same bytes on every machine.
"""

import argparse
import os
import random

KEY, FILLER, RECORDS_AT_ONCE = 10, 13, 100_000
# Random bytes become printable ones, and letters. 256 is no multiple of 94 or 26, so some characters come more often than
# others; a sort does not mind.
PRINTABLE = bytes(33 + value % 94 for value in range(256))
LETTERS = bytes(65 + value % 26 for value in range(256))


def records(chance, first, count):
    keys = chance.randbytes(KEY * count).translate(PRINTABLE)
    letters = chance.randbytes(FILLER * count).translate(LETTERS)
    # Each letter of the filler stands four times.
    fillers = b"".join(bytes((letter,)) * 4 for letter in letters)
    width = 4 * FILLER
    return b"".join(
        b"%b  %032X  %b\r\n"
        % (keys[place * KEY : (place + 1) * KEY], first + place, fillers[place * width : (place + 1) * width])
        for place in range(count)
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--parts", type=int, default=4)
    parser.add_argument("--seed", type=int, default=42)
    options = parser.parse_args()
    os.makedirs(options.folder, exist_ok=True)
    for part in range(options.parts):
        chance = random.Random(options.seed * 1_000_003 + part)
        first, last = (options.records * number // options.parts for number in (part, part + 1))
        with open(os.path.join(options.folder, f"part-{part:02d}.txt"), "wb") as file:
            for start in range(first, last, RECORDS_AT_ONCE):
                file.write(records(chance, start, min(RECORDS_AT_ONCE, last - start)))


main()
