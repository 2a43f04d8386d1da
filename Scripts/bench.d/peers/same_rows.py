"""Ends with 0 when the folders below FOLDER hold the same rows, in any order: files of Parquet, or files of CSV by their
names (`days.csv`, or `days/part-….csv`).
Numbers may differ by a billionth of themselves; where a peer rounds fewer digits away, by half a millionth.

    same_rows.py FOLDER
"""

import glob
import os
import sys

import polars

MANY = 10_000_000


def rows(frame):
    """Columns without names: numbers as doubles, times without fractions and all else as texts; sorted by what cannot differ.
    Of very many rows, which must be the same to the last bit, their number and the sum of their hashes."""
    frame = frame.rename({name: f"{number}" for number, name in enumerate(frame.columns)})
    numbers = [name for name, kind in frame.schema.items() if kind.is_numeric() or kind == polars.Boolean]
    texts = [name for name in frame.columns if name not in numbers]
    frame = frame.with_columns(
        *(polars.col(name).cast(polars.Float64) for name in numbers),
        *(polars.col(name).cast(polars.String).str.slice(0, 19) for name in texts),
    )
    if len(frame) > MANY:
        return polars.DataFrame({"rows": [str(len(frame))], "hashes": [str(frame.hash_rows().sum())]})
    rounded = [polars.col(name).round_sig_figs(3) for name in numbers]
    return frame.sort([*texts, *rounded, *numbers], nulls_last=True)


def answer(path):
    """The name of the answer that a file of CSV holds."""
    folder, name = os.path.split(path)
    return os.path.basename(folder) if name.startswith("part-") else name.removesuffix(".csv")


def content(folder):
    files = glob.glob(os.path.join(folder, "**", "*.csv"), recursive=True)
    answers = {answer(path): rows(polars.read_csv(path, infer_schema_length=None)) for path in files}
    if len(answers) < len(files):
        sys.exit(f"an answer in {folder} has several files of CSV")
    parts = sorted(glob.glob(os.path.join(folder, "**", "*.parquet"), recursive=True))
    result = [part for part in parts if os.path.basename(os.path.dirname(part)) == "result"]
    result = result or [part for part in parts if os.path.basename(part) == "result.parquet"] or parts
    if result:
        answers["rows"] = rows(polars.concat([polars.read_parquet(part, hive_partitioning=False) for part in result]))
    return answers


def is_same(kind, one, other):
    """Whether values are the same, as a column."""
    if kind != polars.Float64:
        return one.eq_missing(other)
    near = (one - other).abs() <= polars.max_horizontal(one.abs() * 1e-9, polars.lit(5.1e-7))
    return near.fill_null(one.is_null() & other.is_null())


def main():
    above = sys.argv[1]
    names = sorted(os.listdir(above))
    contents = {name: content(os.path.join(above, name)) for name in names}
    first = contents[names[0]]
    if not first or not all(len(table) for table in first.values()):
        sys.exit(f"{names[0]} gave no rows")
    for name in names[1:]:
        for part, expected in first.items():
            got = contents[name].get(part)
            if got is None or got.shape != expected.shape or got.schema != expected.schema:
                sys.exit(f"{part}: {names[0]} has {expected.shape} {expected.schema}, {name} {got is not None and got.schema}")
            both = polars.concat([expected, got.rename({column: f"{column}'" for column in got.columns})], how="horizontal")
            same = [
                is_same(kind, polars.col(column), polars.col(f"{column}'")) for column, kind in expected.schema.items()
            ]
            odd = both.filter(~polars.all_horizontal(same))
            if len(odd):
                sys.exit(f"{part}: {names[0]} and {name} have {odd.row(0)}")


main()
