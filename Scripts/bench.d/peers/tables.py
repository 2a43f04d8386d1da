"""Computes what Flint's jobs over tables compute, by DuckDB or Polars on two threads, from Parquet to Parquet.

    tables.py duckdb | polars WORK DATA FOLDER
"""

import os
import re
import sys

os.environ["POLARS_MAX_THREADS"] = "2"
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..")
TABLES = ("region", "nation", "supplier", "customer", "part", "partsupp", "orders", "lineitem")
SUMS = (
    "fare_amount", "extra", "mta_tax", "tip_amount", "tolls_amount", "improvement_surcharge", "total_amount",
    "congestion_surcharge",
)  # fmt: skip
SERVICES = {"green": "lpep", "yellow": "tpep"}
INTEGERS = (
    "VendorID", "RatecodeID", "PULocationID", "DOLocationID", "passenger_count", "payment_type", "trip_type"
)  # fmt: skip
FIRST_HOUR = "2020-01-01 00:00:00"


def source(job, name):
    """The text of the file of a job."""
    with open(os.path.join(ROOT, "Jobs", job, name), encoding="utf-8") as file:
        return file.read()


def statement(job):
    """The first text of three quotes in a job's program: its query."""
    return re.search(r'"""\n(.*?)"""', source(job, f"{job}.swift"), re.DOTALL).group(1)


def questions():
    """TPC-H's questions, as the job has them."""
    found = re.findall(r'Query\(\s*(\d+),\s*"""\n(.*?)"""', source("TPCH", "Query+All.swift"), re.DOTALL)
    return [(f"q{int(number):02d}.csv", text) for number, text in found]


class DuckDB:
    def __init__(self):
        import duckdb

        # No answer needs the order in which the rows came.
        self.connection = duckdb.connect(config={"threads": 2, "preserve_insertion_order": False})
        self.connection.execute("set timezone = 'UTC'")

    def table(self, name, pattern):
        self.connection.execute(f"create view {name} as select * from read_parquet('{pattern}', hive_partitioning = false)")

    def write(self, query, path):
        form = "(header)" if path.endswith(".csv") else "(format parquet)"
        self.connection.execute(f"copy ({query}) to '{path}' {form}")

    def show(self, query):
        print(self.connection.execute(query).fetchall())

    def revenue(self):
        columns = ", ".join(("PULocationID", *SUMS, "passenger_count", "trip_distance"))
        trips = " union all ".join(
            f"select {columns}, {prefix}_pickup_datetime as pickup_datetime, '{kind}' as service_type from {kind}"
            for kind, prefix in SERVICES.items()
        )
        self.connection.execute(f"create view trips_data as {trips}")
        self.show("select service_type, count(*) from trips_data group by 1")
        return statement("TaxiRevenue")

    def hourly(self, data, folder):
        for kind, prefix in SERVICES.items():
            self.write(
                f"select date_trunc('hour', {prefix}_pickup_datetime) as hour, PULocationID as zone, "
                f"sum(total_amount) as {kind}_amount, count(1) as {kind}_number_records from {kind} "
                f"where {prefix}_pickup_datetime >= timestamptz '{FIRST_HOUR}' group by 1, 2",
                f"{folder}/{kind}.parquet",
            )
        self.write(
            f"from '{folder}/green.parquet' full join '{folder}/yellow.parquet' using (hour, zone)",
            f"{folder}/total.parquet",
        )
        self.write(
            f"select j.* exclude (zone), z.* exclude (LocationID) from '{folder}/total.parquet' j "
            f"join '{data}/zones/zones.parquet' z on j.zone = z.LocationID",
            f"{folder}/result.parquet",
        )

    def typed(self):
        trips = " union all ".join(
            f"select {prefix}_pickup_datetime as pickup, PULocationID as zone, total_amount as amount from {kind}"
            for kind, prefix in SERVICES.items()
        )
        return (
            f"select date_trunc('hour', pickup) as hour, zone, sum(amount) as revenue, count(*) as trips from ({trips}) "
            f"where pickup >= timestamptz '{FIRST_HOUR}' and zone is not null and amount is not null group by 1, 2"
        )

    def duration(self, path):
        self.write(
            "select VendorID, lpep_pickup_datetime, PULocationID, DOLocationID, trip_distance, "
            "trip_distance * 5 as predicted_duration from green where trip_distance is not null",
            path,
        )
        figures = (
            f"{figure}({name})"
            for name in ("trip_distance", "predicted_duration")
            for figure in ("count", "avg", "stddev", "min", "max")
        )
        self.show(f"select {', '.join(figures)} from '{path}'")

    def ingest(self, pattern):
        whole = ", ".join(f"{name}::int as {name}" for name in INTEGERS)
        return f"select * replace ({whole}) from read_csv('{pattern}', header = true, types = {{'ehail_fee': 'double'}})"

    def hired(self, data, folder):
        self.write(
            f"from read_csv('{data}/trips/*.csv', header = true)", f"{folder}/trips.parquet"
        )
        self.table("trips", f"{folder}/trips.parquet")
        self.connection.execute(f"create view zones as select * from read_csv('{data}/zones/*.csv', header = true)")
        number = "substring(dispatching_base_num, 2)::int"
        kind = f"case when {number} % 7 = 0 then 's/' when {number} % 3 = 0 then 'a/' else 'e/' end"
        digits = f"printf('%x', {number})"
        answers = {
            "days": "select pickup_datetime::date as day, count(*) as trips from trips group by 1 order by 1",
            "longest": "select pickup_datetime::date as day, "
            "max(epoch(dropoff_datetime)::bigint - epoch(pickup_datetime)::bigint) as seconds "
            "from trips group by 1 order by 1",
            "bases": f"select {kind} || lpad({digits}, greatest(3, length({digits}))::int, '0') as base, count(*) as count "
            "from trips group by 1 order by 1",
            "pairs": "select p.Zone || ' / ' || d.Zone as way, count(*) as trips from trips t "
            "join zones p on t.PULocationID = p.LocationID join zones d on t.DOLocationID = d.LocationID "
            "group by 1 order by trips desc, way limit 10",
        }
        for name, query in answers.items():
            self.write(query, f"{folder}/{name}.csv")
        self.show(f"from '{folder}/pairs.csv' limit 5")


class Polars:
    def __init__(self):
        import polars

        self.polars = polars
        self.context = polars.SQLContext()
        self.tables = {}

    def table(self, name, pattern):
        self.tables[name] = self.polars.scan_parquet(pattern, hive_partitioning=False)
        self.context.register(name, self.tables[name])

    def write(self, query, path):
        rows = self.context.execute(query) if isinstance(query, str) else query
        if path.endswith(".csv"):
            rows.collect(engine="streaming").write_csv(path)
        else:
            rows.sink_parquet(path)

    def revenue(self):
        polars, column = self.polars, self.polars.col
        trips = polars.concat(
            [
                self.tables[kind].select(
                    column("PULocationID").alias("revenue_zone"),
                    column(f"{prefix}_pickup_datetime").dt.truncate("1mo").alias("revenue_month"),
                    polars.lit(kind).alias("service_type"), *SUMS, "passenger_count", "trip_distance",
                )
                for kind, prefix in SERVICES.items()
            ]
        )  # fmt: skip
        print(trips.group_by("service_type").len().collect(engine="streaming"))
        return trips.group_by("revenue_zone", "revenue_month", "service_type").agg(
            *(column(name).sum().alias(f"revenue_{name}") for name in SUMS),
            column("passenger_count").mean(),
            column("trip_distance").mean(),
        )

    def hourly(self, data, folder):
        polars, column = self.polars, self.polars.col
        first = polars.lit(FIRST_HOUR).str.to_datetime(time_unit="us", time_zone="UTC")
        for kind, prefix in SERVICES.items():
            pickup = column(f"{prefix}_pickup_datetime")
            hours = self.tables[kind].filter(pickup >= first).group_by(
                pickup.dt.truncate("1h").alias("hour"), column("PULocationID").alias("zone")
            )
            amounts = hours.agg(
                column("total_amount").sum().alias(f"{kind}_amount"), polars.len().alias(f"{kind}_number_records")
            )
            self.write(amounts, f"{folder}/{kind}.parquet")
        green, yellow, total = (polars.scan_parquet(f"{folder}/{name}.parquet") for name in ("green", "yellow", "total"))
        self.write(green.join(yellow, on=["hour", "zone"], how="full", coalesce=True), f"{folder}/total.parquet")
        zones = polars.scan_parquet(f"{data}/zones/zones.parquet")
        named = total.join(zones, left_on="zone", right_on="LocationID").drop("zone")
        self.write(named, f"{folder}/result.parquet")


def main():
    engine, work, data, folder = sys.argv[1:]
    peer = {"duckdb": DuckDB, "polars": Polars}[engine]()
    result = f"{folder}/rows.parquet"
    if work in ("taxi", "hourly", "typed", "duration"):
        for kind in SERVICES:
            peer.table(kind, f"{data}/{kind}/2020/*/*.parquet")
    if work == "taxi":
        peer.write(peer.revenue(), result)
    elif work == "hourly":
        peer.hourly(data, folder)
    elif work == "typed":
        peer.write(peer.typed(), result)
    elif work == "duration":
        peer.duration(result)
    elif work == "ingest":
        peer.write(peer.ingest(f"{data}/*/*.csv.gz"), result)
    elif work == "hired":
        peer.hired(data, folder)
    elif work == "accounting":
        peer.table("transactions", f"{data}/day=*/*.parquet")
        peer.write(statement("AccountStatistics"), result)
    elif work == "join":
        for table in ("fact", "dim"):
            peer.table(table, f"{data}/{table}/*.parquet")
        peer.write(statement("JoinAggregate"), result)
    else:
        for table in TABLES:
            peer.table(table, f"{data}/{table}/*.parquet")
        for name, question in questions():
            peer.write(question, f"{folder}/{name}")


main()
