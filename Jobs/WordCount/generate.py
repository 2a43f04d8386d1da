"""Writes text for WordCount: made-up words, few of them frequent and most of them rare, in files part-00.txt and so on.

  python3 Jobs/WordCount/generate.py FOLDER [--megabytes 1] [--parts 4] [--seed 7] [--plain]

The same arguments give the same bytes on every machine. Words stand between single spaces, now and then between tabs,
several spaces or empty lines unless the text shall be plain, and one in a hundred is not ASCII.
"""

import argparse
import os
import random
from array import array
from itertools import accumulate

VOCABULARY = 200_000
WORDS_PER_LINE = 12
# Words are drawn through a table of as many entries as a 16-bit number can name, and the table is drawn anew now and then.
TABLE = 1 << 16
WORDS_PER_TABLE = 50 * WORDS_PER_LINE * 1_000


def vocabulary(chance):
    """Distinct words of one to six syllables, the frequent ones first, and how often each is drawn."""
    syllables = [consonant + vowel for consonant in "bcdfghklmnprstvz" for vowel in "aeiou"] + ["é", "ßo"]
    weights = [10] * (len(syllables) - 2) + [1, 1]
    words = {}
    while len(words) < VOCABULARY:
        for count in chance.choices((1, 2, 3, 4, 5, 6), (20, 32, 26, 13, 6, 3), k=10_000):
            words["".join(chance.choices(syllables, weights, k=count))] = None
    words = list(words)[:VOCABULARY]
    return words, list(accumulate((rank + 2.7) ** -1.05 for rank in range(VOCABULARY)))


def text(chance, words, totals, plain):
    """Some megabytes of lines."""
    # As many draws as entries, spread evenly: the frequent words are in the table as often as they should be.
    table = chance.choices(words, cum_weights=totals, k=TABLE)
    drawn = array("H", chance.randbytes(2 * WORDS_PER_TABLE))
    found = list(map(table.__getitem__, drawn))
    lines = [" ".join(found[start : start + WORDS_PER_LINE]) for start in range(0, len(found), WORDS_PER_LINE)]
    for place in [] if plain else range(0, len(lines), 97):
        lines[place] = "\t" + lines[place].replace(" ", "   ", 2) + " \n"
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--megabytes", type=int, default=1)
    parser.add_argument("--parts", type=int, default=4)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--plain", action="store_true", help="one space between words and nothing else")
    options = parser.parse_args()
    words, totals = vocabulary(random.Random(options.seed))
    os.makedirs(options.folder, exist_ok=True)
    for part in range(options.parts):
        chance = random.Random(options.seed * 1_000_003 + part)
        left = options.megabytes * 1_000_000 // options.parts
        with open(os.path.join(options.folder, f"part-{part:02d}.txt"), "wb") as file:
            while left > 0:
                piece = text(chance, words, totals, options.plain).encode()
                if len(piece) > left:
                    piece = piece[: piece.rfind(b"\n", 0, left) + 1]
                    left = 0
                left -= len(piece)
                file.write(piece)


main()
