"""A Parquet file read or written again and again on one thread; prints the processor time of one turn.

    parquet.py duckdb|polars scan FILE COLUMNS TIMES
    parquet.py arrow write FILE TARGET TIMES
"""

import os
import resource
import sys

os.environ["POLARS_MAX_THREADS"] = "1"


def scan_by_duckdb(path, columns):
    import duckdb

    connection = duckdb.connect()
    connection.execute("set threads to 1")
    kinds = connection.sql(f"describe select {'*' if columns is None else ','.join(columns)} from '{path}'").fetchall()
    sums = ",".join(f"sum(strlen({name}))" if kind == "VARCHAR" else
                    f"sum({name} - date '1970-01-01')" if kind == "DATE" else f"sum({name})" for name, kind, *_ in kinds)
    query = f"select count(*), {sums} from '{path}'"
    return lambda: connection.execute(query).fetchall()[0][0]


def scan_by_polars(path, columns):
    import polars

    return lambda: polars.read_parquet(path, columns=columns).height


def write_by_arrow(path, target):
    import pyarrow
    import pyarrow.parquet as parquet

    pyarrow.set_cpu_count(1)
    table = parquet.read_table(path)

    def write():
        parquet.write_table(table, target)
        return table.num_rows

    return write


def main():
    peer, what, path, extra, times = sys.argv[1:]
    if what == "write":
        turn = write_by_arrow(path, extra)
    else:
        columns = None if extra == "all" else extra.split(",")
        turn = {"duckdb": scan_by_duckdb, "polars": scan_by_polars}[peer](path, columns)
    start = processor_time()
    for _ in range(int(times)):
        rows = turn()
    print(f"rows={rows} cpu={(processor_time() - start) // int(times)}")


def processor_time():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return int((usage.ru_utime + usage.ru_stime) * 1e9)


main()
