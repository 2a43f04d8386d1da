"""Nasty CSV files read by formats-check, pyarrow and DuckDB.

    csv_corpus.py PROGRAM FOLDER

Prints what went wrong, and last how many files there were, on how many of them the two agree, and how many failures.
"""

import re
import sys

import duckdb
import pyarrow as pa
import pyarrow.csv as csv

from canonical import rows
from csv_cases import CASES
from program import Program

PROGRAM, FOLDER = sys.argv[1:]
KINDS = {
    "string": pa.string(), "int": pa.int32(), "bigint": pa.int64(), "double": pa.float64(), "float": pa.float32(),
    "date": pa.date32(), "timestamp": pa.timestamp("us"), "boolean": pa.bool_(),
}


def fields(case):
    """Names and types, in which commas may stand."""
    return [tuple(part.split(" ", 1)) for part in re.split(r", (?=\w+ )", case.columns)]


def arrow_kind(kind):
    if kind.startswith("decimal"): return pa.decimal128(*map(int, re.findall(r"\d+", kind)))
    return KINDS[kind]


def by_arrow(case, path):
    names = [name for name, _ in fields(case)]
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
                column_types={name: arrow_kind(kind) for name, kind in fields(case)}, null_values=[option("nullValue", "")],
                strings_can_be_null=True, quoted_strings_can_be_null=option("nullValue", "") != ""),
        )
        return rows(table)
    except pa.ArrowException:
        return None


def by_duckdb(case, path):
    option = case.options.get
    columns = ", ".join(f"'{name}': '{kind.replace('string', 'varchar')}'" for name, kind in fields(case))
    def text(value): return "'" + value.replace("'", "''") + "'"
    quote = option("quote", '"')
    settings = {
        "auto_detect": "false", "columns": "{" + columns + "}", "header": option("header", "false"),
        "delim": text(option("sep", ",")), "quote": text(quote), "escape": text(option("escape", quote)),
        "nullstr": text(option("nullValue", "")), "allow_quoted_nulls": "true" if option("nullValue") else "false",
    }
    if option("comment"): settings["comment"] = text(option("comment"))
    query = f"select * from read_csv('{path}', " + ", ".join(f"{key}={value}" for key, value in settings.items()) + ")"
    if "ignoreLeadingWhiteSpace" in case.options or "ignoreTrailingWhiteSpace" in case.options: return "unknown"
    try:
        result = duckdb.sql(query).arrow()
        return rows(result.read_all() if hasattr(result, "read_all") else result)
    except duckdb.Error:
        return None


def by_flint(program, case, path, *more):
    struct = "struct<" + ",".join(f"{name}:{kind}" for name, kind in fields(case)) + ">"
    options = [f"option={name}:{value.encode().hex()}" for name, value in case.options.items()]
    try:
        return program.dump(path, f"{FOLDER}/flint", f"struct={struct}", "option=mode:" + b"FAILFAST".hex(), *options, *more,
                            command="csv")[1]
    except RuntimeError as error:
        return str(error)


def main():
    program, failures, agreed = Program(PROGRAM), [], 0
    for number, case in enumerate(CASES):
        path = f"{FOLDER}/{number}.csv"
        with open(path, "wb") as file: file.write(case.data)
        arrow, duck = by_arrow(case, path), by_duckdb(case, path)
        flint = by_flint(program, case, path)
        failed = isinstance(flint, str)
        if failed and "[corrupt-data]" not in flint: failures.append(f"{case.name}: {flint}")
        if arrow == duck and arrow != "unknown":
            agreed += 1
            if case.rule: failures.append(f"{case.name}: a rule stands where the two agree")
            if arrow is None and not failed: failures.append(f"{case.name}: read as {flint[:5]} where both refuse it")
            if arrow is not None and flint != arrow: failures.append(f"{case.name}: read as {flint[:5]}, both say {arrow[:5]}")
        elif not case.rule:
            failures.append(f"{case.name}: no rule; pyarrow says {arrow and arrow[:5]}, DuckDB {duck and duck[:5]}, Flint {flint[:300 if failed else 5]}")
        elif (None if failed else tuple(flint)) != case.rows:
            failures.append(f"{case.name}: read as {flint[:5]} against the rule")
        if failed: continue
        # Small batches and small parts give the same rows.
        for more in (["batch=1"], ["batch=3", "part=7"], ["part=100"]):
            again = by_flint(program, case, path, *more)
            if again != flint: failures.append(f"{case.name}: with {more} read as {again[:300]}")
    if program.close() != 0: failures.append("the program failed")
    print("\n".join(failures))
    print(f"files={len(CASES)} agreed={agreed} failures={len(failures)}")


main()
