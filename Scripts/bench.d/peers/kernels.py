"""Does the work of one case of the benchmark of kernels with DuckDB or Polars, on one thread, in memory.

  python kernels.py duckdb | polars CASE DATA PASSES OUT

Prints the CPU nanoseconds of the median pass, and writes the answer to OUT/part-0.
"""

import os
import sys
import time
from statistics import median

os.environ["POLARS_MAX_THREADS"] = "1"

peer, case, data, passes, out = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5]
# Money is whole hundredths in 64 bits for everybody: the sums are exact, and nobody computes with wider numbers than
# another.
COLUMNS = {
    "q6": {"lineitem": ["shipdate", "discount", "quantity", "extendedprice"]},
    "q1": {
        "lineitem": ["shipdate", "returnflag", "linestatus", "quantity", "extendedprice", "discount", "tax"]
    },
    "group10m": {"random": ["key", "value"]},
    "groupstring": {"lineitem": ["shipmode", "shipinstruct", "quantity"]},
    "join": {"lineitem": ["orderkey", "quantity"], "orders": ["orderkey", "totalprice"]},
    "sort10m": {"random": ["wide", "value"]},
}
SQL = {
    "q6": """select sum(extendedprice * discount) from lineitem where shipdate >= date '1994-01-01'
        and shipdate < date '1995-01-01' and discount between 5 and 7 and quantity < 2400""",
    "q1": """select returnflag, linestatus, sum(quantity) as sum_quantity, sum(extendedprice) as sum_price,
        sum(extendedprice * (100 - discount)) as sum_reduced,
        sum(extendedprice * (100 - discount) * (100 + tax)) as sum_charge, avg(quantity) as avg_quantity,
        avg(extendedprice) as avg_price, avg(discount) as avg_discount, count(*) as amount
        from lineitem where shipdate <= date '1998-09-02' group by returnflag, linestatus""",
    "group10m": """select count(*) as keys, sum(total) as total, sum(amount) as amount
        from (select key, sum(value) as total, count(*) as amount from random group by key) as groups""",
    "groupstring": """select shipmode, shipinstruct, count(*) as amount, sum(quantity) as quantity
        from lineitem group by shipmode, shipinstruct""",
    "join": """select count(*) as amount, sum(quantity) as quantity, sum(totalprice) as totalprice
        from lineitem join orders on lineitem.orderkey = orders.orderkey""",
}


def duckdb_work():
    import duckdb

    connection = duckdb.connect()
    connection.execute("set threads = 1")
    for table, columns in COLUMNS[case].items():
        connection.execute(f"create table {table} as select {', '.join(columns)} from read_parquet('{data}/{table}.parquet')")
    if case == "sort10m":
        def sort():
            return connection.sql("select wide, value from random order by wide nulls first").to_arrow_table()

        return sort, lambda table: sampled(table["wide"].to_pylist, table.num_rows)
    return lambda: connection.execute(SQL[case]).fetchall(), lambda rows: rows


def polars_work():
    import polars
    from polars import col

    tables = {
        table: polars.read_parquet(f"{data}/{table}.parquet", columns=columns) for table, columns in COLUMNS[case].items()
    }
    if case == "sort10m":
        frame = tables["random"].rechunk()
        return (
            lambda: frame.sort("wide", nulls_last=False),
            lambda table: sampled(table["wide"].to_list, table.height),
        )
    engine = "streaming" if case in ("q1", "group10m", "join") else "in-memory"
    context = polars.SQLContext({name: table.lazy() for name, table in tables.items()})
    if case == "join":
        # Polars multiplies nothing here; its SQL joins have suffixes, so the frame's own words are clearer.
        work = (
            tables["lineitem"].lazy().join(tables["orders"].lazy(), on="orderkey")
            .select(polars.len(), col("quantity").sum(), col("totalprice").sum())
        )
    else:
        work = context.execute(SQL[case])
    return lambda: work.collect(engine=engine).rows(), lambda rows: rows


def sampled(values, count):
    """Every hundred-thousandth key in its order, so that the answer is small."""
    keys = values()
    return [(keys[row],) for row in range(0, count, 100_000)]


def spelled(value):
    if value is None:
        return "null"
    return f"{value:.6f}" if isinstance(value, float) else str(value)


work, rows_of = duckdb_work() if peer == "duckdb" else polars_work()
times = []
for _ in range(passes):
    started = time.process_time_ns()
    result = work()
    times.append(time.process_time_ns() - started)
lines = [",".join(spelled(value) for value in row) for row in rows_of(result)]
with open(os.path.join(out, "part-0"), "w") as file:
    file.writelines(f"{line}\n" for line in (lines if case == "sort10m" else sorted(lines)))
print(f"pass={int(median(times))} passes={passes}")
