"""Makes two days of a ledger as Parquet: 8.8 million transactions a day of 200,000 accounts, some of which are very active.
Amounts are whole numbers of the smallest coin.

    ledger_data.py FOLDER [--rows ROWS_A_DAY]
"""

import argparse
import os

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

SEED = 20180725
FIRST_DAY = np.datetime64("2018-07-23")
DAYS = 2
PARTS = 4
ACCOUNTS = 200_000
KINDS = np.array(["order", "trade", "deposit", "withdrawal"])
SHARES = [0.62, 0.355, 0.014, 0.011]
QUARTER_DAY = 21_600_000_000


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--rows", type=int, default=8_800_000)
    options = parser.parse_args()
    accounts = np.random.default_rng(SEED).permutation(ACCOUNTS).astype("i4") + 1_000_000
    weights = 1.0 / (np.arange(ACCOUNTS) + 50.0) ** 0.9
    bounds = np.cumsum(weights / weights.sum())
    for day in range(DAYS):
        folder = f"{options.folder}/day={FIRST_DAY + day}"
        os.makedirs(folder)
        for part in range(PARTS):
            rows = transactions(day, part, options.rows // PARTS, accounts, bounds)
            pq.write_table(rows, f"{folder}/part-{part}.parquet", row_group_size=1_100_000, compression="snappy")


def transactions(day, part, count, accounts, bounds):
    """A quarter of a day, in the order of its time."""
    random = np.random.default_rng([SEED, day, part])
    moments = np.sort(random.integers(part * QUARTER_DAY, (part + 1) * QUARTER_DAY, count))
    times = (FIRST_DAY + day).astype("M8[us]") + moments.astype("m8[us]")
    kinds = random.choice(4, count, p=SHARES)
    account = accounts[np.minimum(np.searchsorted(bounds, random.random(count)), ACCOUNTS - 1)]
    size = np.round(100 * random.lognormal(2.2, 1.2, count)).astype("i8") + 1
    gains = (kinds == 2) | (kinds == 1) & (random.random(count) < 0.49)
    amount = np.where(gains, size, -size)
    fee = np.where((kinds == 1) & gains, size // 50, 0).astype("i8")
    names = pa.DictionaryArray.from_arrays(pa.array(kinds.astype("i4")), pa.array(KINDS)).cast(pa.string())
    return pa.table(
        {
            "txn_id": np.arange(count, dtype="i8") + (day * PARTS + part) * count,
            "ts": pa.array(times, pa.timestamp("us", tz="UTC")),
            "account_id": account,
            "type": names,
            "market_id": random.integers(1, 20_000, count).astype("i4"),
            "amount": amount,
            "fee": fee,
        }
    )


main()
