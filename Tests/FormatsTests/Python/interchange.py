"""Parquet between programs: what pyarrow writes is read by formats-check, and what that writes by pyarrow, DuckDB and
Polars, over types, encodings, codecs, forms of pages, nulls and nesting.

    interchange.py PROGRAM FOLDER ci|full

Prints what went wrong, and last how many combinations there were.
"""

import random
import sys

import duckdb
import polars
import pyarrow.parquet as parquet

from canonical import rows
from program import Program
from tables import DELTA, DICTIONARY, INT96, LENGTHS, NESTINGS, PLAIN, RUNS, SHARED, SPLIT, TYPES, differs, table

PROGRAM, FOLDER, SIZE = sys.argv[1:]
# What pyarrow calls them.
NAMES = {PLAIN: "PLAIN", DELTA: "DELTA_BINARY_PACKED", SPLIT: "BYTE_STREAM_SPLIT", LENGTHS: "DELTA_LENGTH_BYTE_ARRAY",
         SHARED: "DELTA_BYTE_ARRAY", RUNS: "RLE"}
CODECS = ("none", "snappy", "gzip", "zstd", "lz4", "brotli")


def combinations():
    number = 0
    for name, (_, _, encodings) in TYPES.items():
        for encoding in encodings:
            for nesting in NESTINGS:
                for nulls in (0, 0.3):
                    number += 1
                    yield name, encoding, CODECS[number % 6], "12"[number // 6 % 2], nulls, nesting
    # Every encoding with every codec and form of page, and columns of nothing but null.
    for name in ("boolean", "int64", "double", "string", "fixed"):
        for encoding in TYPES[name][2]:
            for codec in CODECS:
                for version in "12":
                    yield name, encoding, codec, version, 0.1, "flat"
            yield name, encoding, "snappy", "2", 1, "flat"


def by_duckdb(path):
    result = duckdb.sql(f"select * from read_parquet('{path}')").arrow()
    return result.read_all() if hasattr(result, "read_all") else result


def by_polars(path):
    return polars.read_parquet(path).to_arrow()


PEERS = {"pyarrow": parquet.read_table, "duckdb": by_duckdb, "polars": by_polars}


def read_by(peer, path, wanted):
    """What is wrong with what a peer reads, or nothing."""
    try:
        return differs(rows(PEERS[peer](path), peer == "polars"), wanted[peer == "polars"])
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def main():
    program = Program(PROGRAM)
    chosen = list(combinations())
    if SIZE != "full":
        random.Random(1).shuffle(chosen)
        chosen = chosen[: len(chosen) // 10]
    theirs, ours, text = f"{FOLDER}/theirs.parquet", f"{FOLDER}/ours.parquet", f"{FOLDER}/rows.txt"
    failures, unable = [], dict.fromkeys(PEERS, 0)
    for combination in chosen:
        name, encoding, codec, version, nulls, nesting = combination
        data, path = table(name, nulls, nesting)
        wanted = rows(data), rows(data, maps_as_lists=True)
        encodings = {"use_dictionary": True} if encoding in (DICTIONARY, INT96) else {
            "use_dictionary": False, "column_encoding": {path: NAMES[encoding]}}
        parquet.write_table(
            data, theirs, compression=codec, data_page_version=version + ".0", row_group_size=300, data_page_size=600,
            write_page_checksum=True, use_deprecated_int96_timestamps=encoding == INT96, **encodings)
        def fail(what):
            failures.append(f"{combination}: {what}")
        try:
            for batch in ("16384", "97"):
                _, got, _ = program.dump(theirs, text, f"batch={batch}")
                if wrong := differs(got, wanted[0]): fail(f"read from pyarrow, {wrong}")
            # Bytes of a fixed length are read as bytes of any, which are not split.
            is_lost = encoding in (DICTIONARY, INT96) or (name, encoding) == ("fixed", SPLIT)
            written = [] if is_lost else [f"encoding={path}:{encoding}"]
            program.ask("write", theirs, ours, f"codec={codec}", f"version={version}", "groupRows=300", "pageRows=70",
                        "checksums=1", "bloom=n", *written)
        except RuntimeError as error:
            fail(error)
            continue
        for peer in PEERS:
            if wrong := read_by(peer, ours, wanted):
                # A peer that does not even read what pyarrow wrote is no judge.
                if peer != "pyarrow" and read_by(peer, theirs, wanted): unable[peer] += 1
                else: fail(f"read by {peer}, {wrong}")
    if program.close() != 0:
        failures.append("the program failed")
    print("\n".join(failures[:20]))
    print(f"combinations={len(chosen)} failures={len(failures)} duckdb_unable={unable['duckdb']} polars_unable={unable['polars']}")


main()
