"""What a reader leaves out: rows are compared with those that pyarrow filters, and what was left out must be counted.

    pruning.py PROGRAM FOLDER

Prints what went wrong, and last how many scans there were.
"""

import random
import sys

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as parquet

from canonical import rows
from program import Program

PROGRAM, FOLDER = sys.argv[1:]
ROWS = 20_000
COMPARE = {"equal": pc.equal, "notEqual": pc.not_equal, "less": pc.less, "lessOrEqual": pc.less_equal,
           "greater": pc.greater, "greaterOrEqual": pc.greater_equal}


def table():
    r = random.Random(5)
    return pa.table({
        "rising": pa.array(range(ROWS), pa.int64()),
        "key": pa.array([r.randrange(10**6) * 2 for _ in range(ROWS)], pa.int64()),
        "few": pa.array([r.randrange(500) * 2 for _ in range(ROWS)], pa.int64()),
        "maybe": pa.array([None if 5000 <= i < 12_000 else i % 97 for i in range(ROWS)], pa.int32()),
        "name": pa.array([f"name {i // 10:05}" for i in range(ROWS)]),
        "text": pa.array([None if i % 11 == 3 else "text"[:i % 5] + str(i * 7919 % ROWS)[:i % 7] for i in range(ROWS)]),
        "number": pa.array([i / 7 for i in range(ROWS)], pa.float64()),
        "list": pa.array([[i] * (i % 3) for i in range(ROWS)], pa.list_(pa.int32())),
    })


def literal(value):
    if isinstance(value, str):
        return "x" + value.encode().hex()
    return f"d{value}" if isinstance(value, float) else str(value)


# Column, condition, values, and what must have been left out by whom.
SCANS = (
    ("rising", "equal", [12_345], ("statistics", "index")),
    ("rising", "less", [100], ("statistics", "index")),
    ("rising", "lessOrEqual", [100], ("statistics", "index")),
    ("rising", "greater", [19_990], ("statistics", "index")),
    ("rising", "greaterOrEqual", [9_000], ("statistics", "index")),
    ("rising", "notEqual", [3], ()),
    ("rising", "isIn", [1, 19_999, -4], ("statistics", "index")),
    ("rising", "equal", [-1], ("statistics",)),
    ("key", "equal", [77_777], ("bloom",)),
    ("key", "isIn", [100_001, 200_003, 300_005], ("bloom",)),
    ("maybe", "isNull", [], ("index",)),
    ("maybe", "isNotNull", [], ("index",)),
    ("maybe", "equal", [96], ("index",)),
    ("name", "equal", ["name 01000"], ("statistics", "index")),
    ("name", "less", ["name 00003"], ("statistics", "index")),
    *(("text", condition, ["tex19"], ()) for condition in COMPARE),
    ("text", "equal", [""], ()),
    ("text", "less", ["t"], ()),
    ("text", "isIn", ["", "text1", "te99"], ()),
    ("maybe", "isIn", [3, 96, 50, 2**40], ()),
    ("maybe", "isIn", list(range(0, 97, 4)), ()),
    ("rising", "isIn", list(range(0, ROWS, 777)), ()),
    ("few", "isIn", [4, 5, 6, 998], ()),
    ("number", "less", [10.0], ("statistics", "index")),
    ("number", "greater", [2850.0], ("filter",)),
)


def wanted(data, column, condition, values):
    array = data[column]
    if condition == "isIn":
        fitting = [value for value in values if array.type != pa.int32() or value < 2**31]
        mask = pc.is_in(array, pa.array(fitting, array.type))
    elif condition in ("isNull", "isNotNull"):
        mask = pc.is_null(array) if condition == "isNull" else pc.is_valid(array)
    else:
        mask = COMPARE[condition](array, pa.scalar(values[0], array.type))
    return rows(data.filter(mask).select(["list", "rising", "name"]))


def main():
    program, data, failures, scans = Program(PROGRAM), table(), [], 0
    source, ours, text = f"{FOLDER}/source.parquet", f"{FOLDER}/ours.parquet", f"{FOLDER}/rows.txt"
    bare, theirs = f"{FOLDER}/bare.parquet", f"{FOLDER}/duckdb.parquet"
    parquet.write_table(data, source, row_group_size=7000, data_page_size=2000, write_page_index=True)
    parquet.write_table(data, bare, row_group_size=7000, data_page_size=2000, write_statistics=False)
    duckdb.from_arrow(data.select(["few", "rising"])).write_parquet(theirs, row_group_size=8192)
    for version in ("1", "2"):
        program.ask("write", source, f"{ours}{version}", f"version={version}", "groupRows=7000", "pageRows=500",
                    "bloom=key", "bloom=name", "dictionary=1000")
    for column, condition, values, who in SCANS:
        where = ":".join([column, condition, *map(literal, values)])
        expected = wanted(data, column, condition, values)
        for path, counted in ((source, "index"), (bare, None), (ours + "1", "all"), (ours + "2", "all")):
            scans += 1
            try:
                _, got, answer = program.dump(path, text, "columns=list,rising,name", f"where={where}", "batch=900")
            except RuntimeError as error:
                failures.append(f"{path} {where}: {error}")
                continue
            if got != expected:
                failures.append(f"{path} {where}: {len(got)} rows instead of {len(expected)}, or others")
            counts = dict(word.split("=") for word in answer.split(" ")[1:])
            # Pages of pyarrow do not end where the nulls do, and it writes no bloom filters.
            expects = who if counted == "all" else who if counted and column not in ("key", "maybe") else ()
            for name in expects:
                if counts[name] == "0": failures.append(f"{path} {where}: nothing was left out by {name}: {answer}")
    # DuckDB's bloom filters are read here, and ours there.
    _, got, answer = program.dump(theirs, text, "columns=rising", "where=few:equal:501")
    if got or "bloom=0" in answer: failures.append(f"DuckDB's bloom filter was of no use: {answer}")
    for value in (data["key"][0].as_py(), data["key"][19_000].as_py(), 77_777):
        excluded = duckdb.sql(f"select bool_and(bloom_filter_excludes) from parquet_bloom_probe('{ours}1', 'key', {value})")
        if excluded.fetchall()[0][0] != (value == 77_777): failures.append(f"DuckDB reads our filter otherwise for {value}")
    if program.close() != 0: failures.append("the program failed")
    print("\n".join(failures[:20]))
    print(f"scans={scans} failures={len(failures)}")


main()
