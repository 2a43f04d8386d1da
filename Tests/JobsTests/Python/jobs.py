"""Compares what jobs over trips have written with DuckDB's answer to the same input.

usage: jobs.py typed | duration | ingest | forHire        input lies in input/, output in output/
"""

import sys

import duckdb

connection = duckdb.connect()
connection.execute("set TimeZone = 'UTC'")


def same(found, wanted):
    """Whether two queries give the same rows, doubles within 1e-9."""
    one, other = connection.execute(found).fetchall(), connection.execute(wanted).fetchall()
    assert len(one) == len(other) and one, (len(one), len(other))
    for left, right in zip(one, other):
        for a, b in zip(left, right):
            if isinstance(a, float) and isinstance(b, float):
                assert abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1), (left, right)
            else:
                assert a == b, (left, right)
    print(len(one))


def exactly(found, wanted):
    """Whether two queries give the same rows to the last bit, in any order, however many they are."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE ours AS {found}")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE theirs AS {wanted}")
    ours, theirs = (
        connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("ours", "theirs"))
    assert ours == theirs and ours > 0, (ours, theirs)
    for one, other in (("ours", "theirs"), ("theirs", "ours")):
        different = connection.execute(f"FROM {one} EXCEPT ALL FROM {other} LIMIT 3").fetchall()
        assert not different, (one, different)
    print(ours)


def typed():
    trips = " UNION ALL ".join(
        f"SELECT {kind}_pickup_datetime::TIMESTAMP AS pickup, PULocationID AS zone, total_amount AS amount "
        f"FROM read_parquet('input/{service}/2020/*/*.parquet')"
        for service, kind in (("green", "lpep"), ("yellow", "tpep")))
    same(
        "SELECT hour::TIMESTAMP, zone, revenue, trips FROM read_parquet('output/*.parquet') ORDER BY 1, 2",
        f"SELECT date_trunc('hour', pickup), zone, sum(amount), count(*) FROM ({trips}) "
        "WHERE pickup >= TIMESTAMP '2020-01-01' GROUP BY 1, 2 ORDER BY 1, 2")


def duration():
    columns = "VendorID, lpep_pickup_datetime::TIMESTAMP, PULocationID, DOLocationID, trip_distance"
    exactly(
        f"SELECT {columns}, predicted_duration FROM read_parquet('output/*.parquet')",
        f"SELECT {columns}, trip_distance * 5 FROM read_parquet('input/green/2020/*/*.parquet')")


def ingest():
    exactly(
        "SELECT * REPLACE (lpep_pickup_datetime::TIMESTAMP AS lpep_pickup_datetime, "
        "lpep_dropoff_datetime::TIMESTAMP AS lpep_dropoff_datetime) FROM read_parquet('output/*.parquet')",
        "SELECT * REPLACE (VendorID::INT AS VendorID, RatecodeID::INT AS RatecodeID, PULocationID::INT AS PULocationID, "
        "lpep_pickup_datetime::TIMESTAMP AS lpep_pickup_datetime, "
        "lpep_dropoff_datetime::TIMESTAMP AS lpep_dropoff_datetime, "
        "DOLocationID::INT AS DOLocationID, passenger_count::INT AS passenger_count, payment_type::INT AS payment_type, "
        "trip_type::INT AS trip_type, ehail_fee::DOUBLE AS ehail_fee) "
        "FROM read_csv('input/green/2020/*/*.csv.gz', header=true)")


def hired():
    connection.execute(
        "CREATE TABLE trips AS SELECT *, pickup_datetime::TIMESTAMP AS pickup, dropoff_datetime::TIMESTAMP AS dropoff "
        "FROM read_csv('input/trips/*.csv', header=true)")
    connection.execute("CREATE TABLE zones AS SELECT * FROM read_csv('input/zones/*.csv', header=true)")
    csv = "read_csv('output/{}/*.csv', header=true)"
    same("SELECT count(*), sum(PULocationID), min(pickup_datetime)::TIMESTAMP FROM read_parquet('output/trips/*.parquet')",
         "SELECT count(*), sum(PULocationID), min(pickup) FROM trips")
    same(f"SELECT day::DATE, trips FROM {csv.format('days')} ORDER BY 1",
         "SELECT pickup::DATE, count(*) FROM trips GROUP BY 1 ORDER BY 1")
    same(f"SELECT day::DATE, seconds FROM {csv.format('longest')} ORDER BY 1",
         "SELECT pickup::DATE, max(epoch(dropoff)::BIGINT - epoch(pickup)::BIGINT) FROM trips GROUP BY 1 ORDER BY 1")
    number = "substring(dispatching_base_num, 2)::INT"
    kind = f"CASE WHEN {number} % 7 = 0 THEN 's/' WHEN {number} % 3 = 0 THEN 'a/' ELSE 'e/' END"
    same(f"SELECT base, count FROM {csv.format('bases')} ORDER BY 1",
         f"SELECT {kind} || lpad(printf('%x', {number}), greatest(3, length(printf('%x', {number})))::INT, '0'), count(*) "
         "FROM trips GROUP BY 1 ORDER BY 1")
    same(f"SELECT way, trips FROM {csv.format('pairs')} ORDER BY trips DESC, way",
         "SELECT p.Zone || ' / ' || d.Zone AS way, count(*) AS n FROM trips t JOIN zones p ON t.PULocationID = p.LocationID "
         "JOIN zones d ON t.DOLocationID = d.LocationID GROUP BY 1 ORDER BY n DESC, way LIMIT 10")


{"typed": typed, "duration": duration, "ingest": ingest, "forHire": hired}[sys.argv[1]]()
