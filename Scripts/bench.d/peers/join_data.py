"""Makes two tables as Parquet that are to be joined: `fact` with 20 million rows, and `dim` with the 2 million keys of them.

    join_data.py FOLDER [--facts ROWS] [--keys ROWS]
"""

import argparse
import os

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

SEED = 5
FACT_PARTS = 4
DIM_PARTS = 2


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--facts", type=int, default=20_000_000)
    parser.add_argument("--keys", type=int, default=2_000_000)
    options = parser.parse_args()
    for part in range(FACT_PARTS):
        random = np.random.default_rng([SEED, part])
        count = options.facts // FACT_PARTS
        write(
            f"{options.folder}/fact",
            part,
            {
                "k": random.integers(0, options.keys, count),
                "v": np.round(random.random(count) * 1000, 2),
                "g": random.integers(0, 100, count).astype("i4"),
            },
        )
    random = np.random.default_rng([SEED, FACT_PARTS])
    keys = random.permutation(options.keys)
    for part, some in enumerate(np.array_split(keys, DIM_PARTS)):
        names = [f"name-{number % 5000}" for number in some.tolist()]
        write(f"{options.folder}/dim", part, {"k": some, "w": np.round(random.random(len(some)), 4), "name": names})


def write(folder, part, columns):
    os.makedirs(folder, exist_ok=True)
    pq.write_table(pa.table(columns), f"{folder}/part-{part}.parquet", compression="snappy")


main()
