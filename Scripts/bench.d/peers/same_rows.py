"""Ends with 0 when the folders below FOLDER hold the same rows, in any order: files of Parquet, or files of CSV by their names.
Numbers may differ by a billionth of themselves; where a peer rounds fewer digits away, by half a millionth.

    same_rows.py FOLDER
"""

import datetime
import decimal
import glob
import os
import sys

import pyarrow.csv as csv
import pyarrow.parquet as parquet


def plain(value):
    if isinstance(value, (int, float, decimal.Decimal)):
        return float(value)
    if isinstance(value, (datetime.date, datetime.datetime)):
        return str(value)[:19]
    return str(value)


def rows(table):
    columns = [[plain(value) for value in column.to_pylist()] for column in table.columns]
    # Sorted by what cannot differ first.
    return sorted(zip(*columns), key=lambda row: [v if isinstance(v, str) else f"{v:.3g}" for v in row])


def content(folder):
    found = {}
    files = glob.glob(os.path.join(folder, "*.csv"))
    for path in files:
        found[os.path.basename(path)] = rows(csv.read_csv(path))
    if not files:
        parts = sorted(glob.glob(os.path.join(folder, "**", "*.parquet"), recursive=True))
        result = [part for part in parts if os.path.basename(os.path.dirname(part)) == "result"]
        result = result or [part for part in parts if os.path.basename(part) == "result.parquet"] or parts
        found["rows"] = [row for part in result for row in rows(parquet.read_table(part, partitioning=None))]
        found["rows"].sort(key=lambda row: [v if isinstance(v, str) else f"{v:.3g}" for v in row])
    return found


def is_same(one, other):
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= max(1e-9 * abs(one), 5.1e-7)
    return one == other


def main():
    above = sys.argv[1]
    names = sorted(os.listdir(above))
    contents = {name: content(os.path.join(above, name)) for name in names}
    first = contents[names[0]]
    if not first or not all(first.values()):
        sys.exit(f"{names[0]} gave no rows")
    for name in names[1:]:
        for part, expected in first.items():
            got = contents[name].get(part)
            if got is None or len(got) != len(expected):
                sys.exit(f"{part}: {names[0]} has {len(expected)} rows, {name} {len(got or [])}")
            for one, other in zip(expected, got):
                if len(one) != len(other) or not all(map(is_same, one, other)):
                    sys.exit(f"{part}: {names[0]} has {one}, {name} {other}")


main()
