"""Rows parted into folders by formats-check, and put together again by pyarrow and DuckDB.

    partitions.py PROGRAM FOLDER

Prints what went wrong, and last how many files there were.
"""

import datetime
import decimal
import random
import sys

import duckdb
import pyarrow as pa
import pyarrow.dataset as dataset
import pyarrow.parquet as parquet

from canonical import rows
from program import Program

PROGRAM, FOLDER = sys.argv[1:]
ROWS = 3000
NAMES = ("a", "b c", "x=y/z", "naïve%", "50%", None)


def table():
    r = random.Random(3)
    return pa.table({
        "name": pa.array([r.choice(NAMES) for _ in range(ROWS)]),
        "day": pa.array([datetime.date(1969, 12, 30) + datetime.timedelta(r.randrange(4)) for _ in range(ROWS)]),
        "number": pa.array(range(ROWS), pa.int64()),
        "cents": pa.array([decimal.Decimal(r.choice((-5, 0, 1250))).scaleb(-2) for _ in range(ROWS)], pa.decimal128(9, 2)),
        "list": pa.array([[i] * (i % 3) for i in range(ROWS)], pa.list_(pa.int32())),
    })


def main():
    program, data, failures = Program(PROGRAM), table(), []
    source = f"{FOLDER}/source.parquet"
    parquet.write_table(data, source)
    columns = ["number", "list", "name", "day", "cents"]
    wanted = rows(data.select(columns))
    answer = program.ask("part", source, f"{FOLDER}/parted", "by=name,day,cents", "groupRows=100")
    # pyarrow makes no decimals of folders' names.
    kinds = pa.schema([("name", pa.string()), ("day", pa.date32()), ("cents", pa.string())])
    read = dataset.dataset(f"{FOLDER}/parted", format="parquet", partitioning=dataset.partitioning(kinds, flavor="hive"))
    read = read.to_table(columns).sort_by("number")
    cents = read.column("cents").cast(pa.decimal128(9, 2))
    if rows(read.set_column(columns.index("cents"), "cents", cents)) != wanted: failures.append("pyarrow reads other rows")
    query = f"""select number, list, name, day, cents from read_parquet('{FOLDER}/parted/**/*.parquet', hive_partitioning=true,
        hive_types={{name: varchar, day: date, cents: 'decimal(9,2)'}}) order by number"""
    result = duckdb.sql(query).arrow()
    result = result.read_all() if hasattr(result, "read_all") else result
    if rows(result) != wanted: failures.append("DuckDB reads other rows")
    for by in ("list", "nothing"):
        try:
            program.ask("part", source, f"{FOLDER}/refused", f"by={by}")
            failures.append(f"rows were parted by {by}")
        except RuntimeError as error:
            if "invalid-argument" not in str(error): failures.append(str(error))
    if program.close() != 0: failures.append("the program failed")
    print("\n".join(failures))
    print(f"{answer}, failures={len(failures)}")


main()
