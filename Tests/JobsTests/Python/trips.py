"""Trips of taxis in Parquet files, and what TaxiRevenue must say of them, by DuckDB.

usage: trips.py make YELLOW GREEN     writes input/{yellow,green}/2020/MM/part-0.parquet
       trips.py check OUTPUT          compares a folder that TaxiRevenue wrote
"""

import os
import sys

import duckdb

PREFIX = {"yellow": "tpep", "green": "lpep"}
SUMS = {
    "fare": "fare_amount",
    "extra": "extra",
    "mta_tax": "mta_tax",
    "tip_amount": "tip_amount",
    "tolls_amount": "tolls_amount",
    "improvement_surcharge": "improvement_surcharge",
    "total_amount": "total_amount",
    "congestion_surcharge": "congestion_surcharge",
}


def columns(service):
    """With the traps of the real files: nulls, years that cannot be, fares below zero."""
    kind = PREFIX[service]
    number = "hash(i, {}) % {}"
    money = "(" + number + ")::DOUBLE / 100"
    own = {"green": ["(hash(i, 20) % 9)::DOUBLE AS ehail_fee", "(hash(i, 21) % 2 + 1)::INTEGER AS trip_type"], "yellow": []}
    start = "make_timestamp(CASE WHEN i % 997 = 0 THEN 2008 WHEN i % 991 = 0 THEN 2009 WHEN i % 983 = 0 THEN 2041 ELSE 2020 END, month, 1, 0, 0, 0)"
    return [
        "CASE WHEN i % 7 = 0 THEN NULL ELSE (hash(i, 1) % 2 + 1)::INTEGER END AS \"VendorID\"",
        f"{start} + to_seconds((hash(i, 2) % 2592000)::BIGINT) AS {kind}_pickup_datetime",
        f"{start} + to_seconds((hash(i, 2) % 2592000 + hash(i, 3) % 7200)::BIGINT) AS {kind}_dropoff_datetime",
        "CASE WHEN i % 11 = 0 THEN 'Y' ELSE 'N' END AS store_and_fwd_flag",
        "(hash(i, 4) % 6 + 1)::INTEGER AS \"RatecodeID\"",
        "(hash(i, 5) % 263 + 1)::INTEGER AS \"PULocationID\"",
        "(hash(i, 6) % 263 + 1)::INTEGER AS \"DOLocationID\"",
        "CASE WHEN i % 5 = 0 THEN NULL ELSE (hash(i, 7) % 6)::INTEGER END AS passenger_count",
        money.format(8, 2000) + " AS trip_distance",
        money.format(9, 10000) + " - 5 AS fare_amount",
        *(f"{money.format(10 + place, 500)} AS {name}" for place, name in enumerate(
            ["extra", "mta_tax", "tip_amount", "tolls_amount", "improvement_surcharge", "total_amount"])),
        "(hash(i, 17) % 4 + 1)::INTEGER AS payment_type",
        "CASE WHEN i % 3 = 0 THEN NULL ELSE 2.5 END AS congestion_surcharge",
        *own[service],
    ]


def make(connection, sizes):
    for service, rows in sizes.items():
        for month in range(1, 13):
            folder = f"input/{service}/2020/{month:02}"
            os.makedirs(folder)
            first, last = rows * (month - 1) // 12, rows * month // 12
            connection.execute(
                f"COPY (SELECT {', '.join(columns(service))} FROM range({first}, {last}) t(i), (SELECT {month} AS month))"
                f" TO '{folder}/part-0.parquet' (FORMAT parquet)")


def expected(connection):
    trips = " UNION ALL ".join(
        f"SELECT \"PULocationID\", {kind}_pickup_datetime AS pickup, passenger_count, trip_distance, {', '.join(SUMS.values())}, "
        f"'{service}' AS service_type FROM read_parquet('input/{service}/2020/*/*.parquet')"
        for service, kind in PREFIX.items())
    sums = ", ".join(f"sum({column}) AS revenue_monthly_{name}" for name, column in SUMS.items())
    return connection.execute(
        f"SELECT \"PULocationID\" AS revenue_zone, date_trunc('month', pickup) AS revenue_month, service_type, {sums}, "
        "avg(passenger_count) AS avg_montly_passenger_count, avg(trip_distance) AS avg_montly_trip_distance "
        f"FROM ({trips}) GROUP BY 1, 2, 3 ORDER BY 1, 2, 3")


def check(connection, folder):
    wanted = expected(connection)
    names, rows = [column[0] for column in wanted.description], wanted.fetchall()
    # A moment of UTC, which DuckDB's Python reads only with a further package.
    month = "REPLACE (revenue_month::TIMESTAMP AS revenue_month)"
    found = connection.execute(f"SELECT * {month} FROM read_parquet('{folder}/*.parquet') ORDER BY 1, 2, 3")
    assert [column[0] for column in found.description] == names, found.description
    others = found.fetchall()
    assert len(rows) == len(others), (len(rows), len(others))
    for row, other in zip(rows, others):
        for value, given in zip(row, other):
            if isinstance(value, float):
                assert given is not None and abs(value - given) <= 1e-9 * max(1, abs(value)), (row, other)
            else:
                assert value == given, (row, other)
    print(len(rows))


def main():
    connection = duckdb.connect(config={"threads": 2})
    connection.execute("SET timezone = 'UTC'")
    if sys.argv[1] == "make":
        make(connection, {"yellow": int(sys.argv[2]), "green": int(sys.argv[3])})
    else:
        check(connection, sys.argv[2])


main()
