"""Compares what formats-check, pyarrow and DuckDB read of many files."""

import re

import duckdb

from canonical import rows
from program import Program


def parts(text):
    """The parts of a type between commas that stand in no brackets."""
    depth, part = 0, ""
    for letter in text:
        depth += (letter in "<(") - (letter in ">)")
        if letter == "," and depth == 0:
            yield part
            part = ""
        else:
            part += letter
    yield part


def fields(columns):
    """Names and types of columns such as `a int, b decimal(10,2)`."""
    return [tuple(part.strip().split(" ", 1)) for part in parts(columns)]


def duckdb_rows(query):
    """The rows of a query; None when it is refused."""
    try:
        result = duckdb.sql(query).arrow()
        return rows(result.read_all() if hasattr(result, "read_all") else result)
    except duckdb.Error:
        return None


def flint_rows(program, case, command, path, target, *more):
    """The rows of a file, whose malformed records are errors; or the error as a text."""
    struct = "struct<" + ",".join(f"{name}:{kind}" for name, kind in fields(case.columns)) + ">"
    options = [f"option={name}:{value.encode().hex()}" for name, value in {"mode": "FAILFAST", **case.options}.items()]
    try:
        return program.dump(path, target, f"struct={struct}", *options, *more, command=command)[1]
    except RuntimeError as error:
        return str(error)


def judge(case, arrow, duck, flint):
    """What is wrong with the rows that Flint read; nothing when they are right."""
    failed = isinstance(flint, str)
    shown = flint[:300] if failed else flint[:5]
    if failed and "[corrupt-data]" not in flint: return shown
    if arrow == duck and arrow != "unknown" and not case.rule.startswith("as Spark does"):
        if case.rule: return f"a rule stands where the two agree on {arrow}"
        if arrow is None and not failed: return f"read as {shown} where both refuse it"
        if arrow is not None and flint != arrow: return f"read as {shown}, both say {arrow[:5]}"
    elif not case.rule:
        return f"no rule; pyarrow says {arrow and arrow[:5]}, DuckDB {duck and duck[:5]}, Flint {shown}"
    elif (None if failed else tuple(flint)) != case.rows:
        return f"read as {shown} against the rule"
    return None


def compare(program_path, folder, cases, command, by_arrow, by_duckdb):
    """Reads the files of all cases by all of them, and prints what went wrong."""
    program, failures, agreed = Program(program_path), [], 0
    for number, case in enumerate(cases):
        path = f"{folder}/{number}.{command}"
        with open(path, "wb") as file: file.write(case.data)
        arrow, duck = by_arrow(case, path), by_duckdb(case, path)
        flint = flint_rows(program, case, command, path, f"{folder}/flint")
        agreed += arrow == duck and arrow != "unknown"
        wrong = judge(case, arrow, duck, flint)
        if wrong: failures.append(f"{case.name}: {wrong}")
        if isinstance(flint, str): continue
        # Small batches and small parts give the same rows.
        part = max(7, len(case.data) // 50)
        for more in (["batch=1"], ["batch=3", f"part={part}"], [f"part={13 * part}"]):
            again = flint_rows(program, case, command, path, f"{folder}/flint", *more)
            if again != flint: failures.append(f"{case.name}: with {more} read as {again[:300]}")
    if program.close() != 0: failures.append("the program failed")
    print("\n".join(failures))
    print(f"files={len(cases)} agreed={agreed} failures={len(failures)}")
