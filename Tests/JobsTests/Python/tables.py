"""Inputs of jobs over tables in Parquet files, and what the jobs must say of them, by DuckDB.

usage: tables.py make ledger ROWS        writes input/day=2018-07-{23,24}/part-*.parquet
       tables.py make join FACTS KEYS    writes input/{fact,dim}/part-*.parquet
       tables.py make zones              writes input/zones/zones.parquet
       tables.py check accounting | join | hourly OUTPUT
"""

import os
import re
import sys

import duckdb

JOBS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "Jobs")
LEDGER = """
    SELECT i AS txn_id, make_timestamptz(2018, 7, {day}, 0, 0, 0.0) + to_seconds(hash(i, 1) % 86400) AS ts,
        (hash(i, 2) % ({rows} // 20 + 1) + 1000000)::INTEGER AS account_id,
        ['order', 'trade', 'deposit', 'withdrawal'][1 + (hash(i, 3) % 10 > 5)::INT + (hash(i, 3) % 10 > 8)::INT
            + (hash(i, 3) % 100 > 97)::INT] AS type,
        (hash(i, 4) % 20000)::INTEGER AS market_id, (hash(i, 5) % 100000)::BIGINT - 50000 AS amount,
        (hash(i, 6) % 20)::BIGINT AS fee
    FROM range({first}, {last}) numbers(i)
"""
FACT = """
    SELECT (hash(i, 1) % {keys})::BIGINT AS k, (hash(i, 2) % 100000)::DOUBLE / 8 AS v, (hash(i, 3) % 100)::INTEGER AS g
    FROM range({first}, {last}) numbers(i)
"""
DIM = """
    SELECT i AS k, (hash(i, 4) % 1000)::DOUBLE / 8 AS w, 'name-' || (hash(i, 5) % 5000) AS name
    FROM range({first}, {last}) numbers(i)
"""


def write(connection, folder, query, parts, rows, **values):
    os.makedirs(folder)
    for part in range(parts):
        text = query.format(first=rows * part // parts, last=rows * (part + 1) // parts, rows=rows, **values)
        connection.execute(f"COPY ({text}) TO '{folder}/part-{part}.parquet' (FORMAT parquet)")


def statement(job):
    """The query that stands in a job's program."""
    with open(os.path.join(JOBS, job, f"{job}.swift"), encoding="utf-8") as file:
        return re.search(r'"""\n(.*?)"""', file.read(), re.DOTALL).group(1)


def check(connection, query, folder, keys):
    """Compares rows in an order in which numbers that differ by a little do not matter."""
    expected = connection.execute(f"FROM ({query}) ORDER BY {keys}").fetchall()
    moments = connection.execute(f"DESCRIBE FROM read_parquet('{folder}/*.parquet')").fetchall()
    # Moments of UTC, which DuckDB's Python reads only with a further package.
    plain = ", ".join(f'"{name}"::TIMESTAMP AS "{name}"' for name, kind, *_ in moments if "TIME ZONE" in kind)
    columns = f"* REPLACE ({plain})" if plain else "*"
    found = connection.execute(f"SELECT {columns} FROM read_parquet('{folder}/*.parquet') ORDER BY {keys}").fetchall()
    assert len(expected) == len(found) > 0, (len(expected), len(found))
    for row, other in zip(expected, found):
        for value, given in zip(row, other):
            if isinstance(value, float):
                assert given is not None and abs(value - given) <= 1e-9 * max(1, abs(value)), (row, other)
            else:
                assert value == given, (row, other)
    print(len(expected))


def hourly(connection, folder):
    for kind, prefix in (("green", "lpep"), ("yellow", "tpep")):
        assert len([name for name in os.listdir(f"{folder}/{kind}") if name.endswith(".parquet")]) == 20
        connection.execute(
            f"CREATE VIEW {kind} AS SELECT date_trunc('hour', {prefix}_pickup_datetime) AS hour, \"PULocationID\" AS zone, "
            f"sum(total_amount) AS {kind}_amount, count(*) AS {kind}_number_records "
            f"FROM read_parquet('input/{kind}/2020/*/*.parquet') "
            f"WHERE {prefix}_pickup_datetime >= TIMESTAMP '2020-01-01' GROUP BY 1, 2"
        )
        check(connection, f"FROM {kind}", f"{folder}/{kind}", "hour, zone")
    total = "FROM green FULL JOIN yellow USING (hour, zone)"
    check(connection, total, f"{folder}/total", "hour, zone")
    query = f"""
        SELECT hour, green_amount, green_number_records, yellow_amount, yellow_number_records, "Borough", z."Zone", service_zone
        FROM ({total}) t JOIN 'input/zones/zones.parquet' z ON t.zone = z."LocationID"
    """
    check(connection, query, f"{folder}/result", 'hour, "Zone"')


def main():
    connection = duckdb.connect(config={"threads": 2})
    connection.execute("SET timezone = 'UTC'")
    action, what, *rest = sys.argv[1:]
    if action == "make" and what == "ledger":
        for day in (23, 24):
            write(connection, f"input/day=2018-07-{day}", LEDGER, 4, int(rest[0]) // 2, day=day)
    elif action == "make" and what == "zones":
        os.makedirs("input/zones")
        connection.execute(
            """COPY (SELECT i::INTEGER AS "LocationID", 'Borough ' || i % 6 AS "Borough", 'Zone ' || i AS "Zone",
            'Boro Zone' AS service_zone FROM range(1, 200) numbers(i)) TO 'input/zones/zones.parquet' (FORMAT parquet)"""
        )
    elif action == "make":
        write(connection, "input/fact", FACT, 4, int(rest[0]), keys=int(rest[1]))
        write(connection, "input/dim", DIM, 2, int(rest[1]))
    elif what == "accounting":
        connection.execute("CREATE VIEW transactions AS FROM read_parquet('input/*/*.parquet', hive_partitioning = false)")
        check(connection, statement("AccountStatistics"), rest[0], "account_id, day")
    elif what == "hourly":
        hourly(connection, rest[0])
    else:
        for table in ("fact", "dim"):
            connection.execute(f"CREATE VIEW {table} AS FROM read_parquet('input/{table}/*.parquet')")
        check(connection, statement("JoinAggregate"), rest[0], "g")


main()
