"""JSON lines read by formats-check, pyarrow and DuckDB.

    json_corpus.py PROGRAM FOLDER

Prints what went wrong, and last how many files there were, on how many of them the two agree, and how many failures.
"""

import re
import sys

import pyarrow as pa
import pyarrow.json as json

from canonical import rows
from corpus import compare, duckdb_rows, fields, parts
from json_cases import CASES

PROGRAM, FOLDER = sys.argv[1:]
KINDS = {
    "string": pa.string(), "tinyint": pa.int8(), "smallint": pa.int16(), "bigint": pa.int64(), "double": pa.float64(),
    "date": pa.date32(), "timestamp": pa.timestamp("us"), "boolean": pa.bool_(),
}


def arrow_kind(kind):
    if kind.startswith("decimal"): return pa.decimal128(*map(int, re.findall(r"\d+", kind)))
    if kind.startswith("array<"): return pa.list_(arrow_kind(kind[6:-1]))
    if kind.startswith("map<"): return pa.map_(*map(arrow_kind, parts(kind[4:-1])))
    if kind.startswith("struct<"):
        return pa.struct([(name, arrow_kind(part)) for name, part in (part.split(":", 1) for part in parts(kind[7:-1]))])
    return KINDS[kind]


def duck_kind(kind):
    if kind.startswith("array<"): return duck_kind(kind[6:-1]) + "[]"
    if kind.startswith("map<"): return "map(" + ",".join(map(duck_kind, parts(kind[4:-1]))) + ")"
    if kind.startswith("struct<"):
        return "struct(" + ",".join(f"{name} {duck_kind(part)}" for name, part in (part.split(":", 1) for part in parts(kind[7:-1]))) + ")"
    return kind.replace("string", "varchar")


def by_arrow(case, path):
    if case.data == b"" or case.rule == "only Flint is asked": return "unknown"
    schema = pa.schema([(name, arrow_kind(kind)) for name, kind in fields(case.columns)])
    try:
        table = json.read_json(
            path, json.ReadOptions(use_threads=False, block_size=4 << 20),
            json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore"))
        return rows(table.select(schema.names))
    except (pa.ArrowException, UnicodeDecodeError):
        return None


def by_duckdb(case, path):
    columns = ", ".join(f"'{name}': '{duck_kind(kind)}'" for name, kind in fields(case.columns))
    return duckdb_rows(f"select * from read_json('{path}', columns={{{columns}}}, format='newline_delimited')")


compare(PROGRAM, FOLDER, CASES, "json", by_arrow, by_duckdb)
