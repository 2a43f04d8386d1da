"""Nasty CSV files read by formats-check, pyarrow and DuckDB.

    csv_corpus.py PROGRAM FOLDER

Prints what went wrong, and last how many files there were, on how many of them the two agree, and how many failures.
"""

import re
import sys

import pyarrow as pa
import pyarrow.csv as csv

from canonical import rows
from corpus import compare, duckdb_rows, fields
from csv_cases import CASES

PROGRAM, FOLDER = sys.argv[1:]
KINDS = {
    "string": pa.string(), "int": pa.int32(), "bigint": pa.int64(), "double": pa.float64(), "float": pa.float32(),
    "date": pa.date32(), "timestamp": pa.timestamp("us"), "boolean": pa.bool_(),
}


def quoted_nulls(case):
    """A quoted empty text is a text; where none belongs, and a quoted word for null, it is null."""
    return "nullValue" in case.options or "string" not in case.columns


def arrow_kind(kind):
    if kind.startswith("decimal"): return pa.decimal128(*map(int, re.findall(r"\d+", kind)))
    return KINDS[kind]


def by_arrow(case, path):
    names = [name for name, _ in fields(case.columns)]
    option = case.options.get
    if case.data == b"" or "ignoreLeadingWhiteSpace" in case.options or "ignoreTrailingWhiteSpace" in case.options or option("comment"):
        return "unknown"
    quote = option("quote", '"')
    try:
        table = csv.read_csv(
            path,
            csv.ReadOptions(column_names=names, skip_rows=1 if option("header") else 0, use_threads=False),
            csv.ParseOptions(
                delimiter=option("sep", ","), quote_char=quote or False, double_quote=bool(quote),
                escape_char=option("escape") or False, newlines_in_values=option("multiLine") == "true"),
            csv.ConvertOptions(
                column_types={name: arrow_kind(kind) for name, kind in fields(case.columns)}, null_values=[option("nullValue", "")],
                strings_can_be_null=True, quoted_strings_can_be_null=quoted_nulls(case)),
        )
        return rows(table)
    except pa.ArrowException:
        return None


def by_duckdb(case, path):
    option = case.options.get
    columns = ", ".join(f"'{name}': '{kind.replace('string', 'varchar')}'" for name, kind in fields(case.columns))
    def text(value): return "'" + value.replace("'", "''") + "'"
    quote = option("quote", '"')
    settings = {
        "auto_detect": "false", "columns": "{" + columns + "}", "header": option("header", "false"),
        "delim": text(option("sep", ",")), "quote": text(quote), "escape": text(option("escape", quote)),
        "nullstr": text(option("nullValue", "")), "allow_quoted_nulls": str(quoted_nulls(case)).lower(),
    }
    if option("comment"): settings["comment"] = text(option("comment"))
    query = f"select * from read_csv('{path}', " + ", ".join(f"{key}={value}" for key, value in settings.items()) + ")"
    if "ignoreLeadingWhiteSpace" in case.options or "ignoreTrailingWhiteSpace" in case.options: return "unknown"
    return duckdb_rows(query)


compare(PROGRAM, FOLDER, CASES, "csv", by_arrow, by_duckdb)
