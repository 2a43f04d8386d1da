"""Pages of Snappy that are decompressed two at a time: rows are compared with pyarrow's, and damage is told where it is.

    ahead.py PROGRAM FOLDER

Prints what went wrong, and last how many files were read.
"""

import random
import sys

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as parquet

import overlap
from canonical import rows
from program import Program

PROGRAM, FOLDER = sys.argv[1:]
ROWS, GROUP = 60_000, 9_000


def table():
    r = random.Random(11)
    return pa.table({
        "rising": pa.array(range(ROWS), pa.int64()),
        "key": pa.array([r.randrange(10**6) for _ in range(ROWS)], pa.int64()),
        "maybe": pa.array([None if r.random() < 0.2 else r.randrange(10**9) for _ in range(ROWS)], pa.int64()),
        "number": pa.array([r.randrange(10**7) / 100 for _ in range(ROWS)], pa.float64()),
        "short": pa.array([r.randrange(10**6) for _ in range(ROWS)], pa.int32()),
        "text": pa.array([f"customer {r.randrange(10**5):09}, {r.randrange(10**8)}" for _ in range(ROWS)]),
        "few": pa.array([r.randrange(50) for _ in range(ROWS)], pa.int64()),
        "list": pa.array([[r.randrange(10**6)] * (i % 4) for i in range(ROWS)], pa.list_(pa.int64())),
    })


# With dictionaries the long pages are those, one in each row group; without, pages follow one another.
FORMS = {
    "dictionaries": dict(dictionary_pagesize_limit=1 << 22),
    "dictionaries that end early": dict(dictionary_pagesize_limit=30_000, data_page_size=40_000),
    "plain": dict(use_dictionary=False, data_page_size=25_000),
    "second kind": dict(use_dictionary=["few"], data_page_size=25_000, data_page_version="2.0"),
    "checksums": dict(use_dictionary=False, data_page_size=25_000, write_page_checksum=True),
    "index": dict(use_dictionary=False, data_page_size=25_000, write_page_index=True),
}
# Conditions, of which some leave out pages and row groups that were expected to come next.
SCANS = (
    (None, lambda data: None),
    ("rising:less:21000", lambda data: pc.less(data["rising"], 21_000)),
    ("rising:isIn:3:20000:20001:44000", lambda data: pc.is_in(data["rising"], pa.array([3, 20_000, 20_001, 44_000]))),
    ("few:equal:7", lambda data: pc.equal(data["few"], 7)),
    ("few:equal:99", lambda data: pc.equal(data["few"], 99)),
    ("maybe:isNull", lambda data: pc.is_null(data["maybe"])),
)


def compare(program, data, path, name, failures):
    for where, mask in SCANS:
        kept = mask(data)
        expected = rows(data if kept is None else data.filter(kept))
        options = ["batch=4096"] + ([f"where={where}"] if where else [])
        try:
            _, got, _ = program.dump(path, f"{FOLDER}/rows.txt", *options)
        except RuntimeError as error:
            failures.append(f"{name} {where}: {error}")
            continue
        if got != expected: failures.append(f"{name} {where}: {len(got)} rows instead of {len(expected)}, or others")


def damage(program, path, column, group, failures):
    """Breaks the first page of a chunk, which is decompressed along with one that comes before it."""
    index = parquet.ParquetFile(path).schema_arrow.get_field_index(column)
    chunk = parquet.read_metadata(path).row_group(group).column(index)
    with open(path, "rb") as file:
        data = bytearray(file.read())
    start = chunk.dictionary_page_offset or chunk.data_page_offset
    # Behind the page's header and the block's length, so that what is copied lies before its beginning.
    data[start + 60:start + 90] = b"\xff" * 30
    with open(f"{FOLDER}/damaged.parquet", "wb") as file:
        file.write(data)
    place = f"row group {group}, column {column}"
    try:
        program.dump(f"{FOLDER}/damaged.parquet", f"{FOLDER}/rows.txt", f"columns={column}", "batch=4096")
        failures.append(f"damage in {place} was not seen")
    except RuntimeError as error:
        if place not in str(error): failures.append(f"damage in {place}: {error}")


def overlapping(program, failures):
    """A page ahead is only for whoever asks for the page that it was then."""
    for claimed in (36_000, 64 << 20):
        overlap.write(f"{FOLDER}/overlap.parquet", claimed)
        try:
            program.dump(f"{FOLDER}/overlap.parquet", f"{FOLDER}/rows.txt", "where=f:equal:1")
            failures.append(f"a dictionary that claims {claimed} bytes was taken")
        except RuntimeError as error:
            expected = f"row group 2, column v cannot be read (they hold 32000 bytes instead of {claimed})"
            if expected not in str(error): failures.append(f"a dictionary that claims {claimed} bytes: {error}")


def main():
    program, data, failures, files = Program(PROGRAM), table(), [], 0
    path = f"{FOLDER}/source.parquet"
    for name, options in FORMS.items():
        parquet.write_table(data, path, compression="snappy", row_group_size=GROUP, **options)
        compare(program, data, path, name, failures)
        if name != "checksums":
            for group in (1, 2): damage(program, path, "key", group, failures)
        files += 1
    duckdb.from_arrow(data).write_parquet(path, row_group_size=GROUP, compression="snappy")
    compare(program, data, path, "duckdb", failures)
    files += 1
    overlapping(program, failures)
    for failure in failures: print(failure)
    if program.close() != 0: print("the program failed")
    print(f"files={files} failures={len(failures)}")


main()
