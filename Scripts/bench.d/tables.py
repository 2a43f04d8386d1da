"""The benchmarks of queries over tables."""

from benchmark import Benchmark, Case, Input, Subject
from jobs import LOCAL, QUIET, job

EXECUTORS = "local-cluster[2,1,2g]"
PYTHON = "{root}/.build/bench-venv/bin/python"
MAKERS = "{root}/Scripts/bench.d/peers"
TAXI = Input("taxi", (PYTHON, f"{MAKERS}/taxi_data.py", "{folder}"))
LEDGER = Input("ledger", (PYTHON, f"{MAKERS}/ledger_data.py", "{folder}"))
JOIN = Input("join", (PYTHON, f"{MAKERS}/join_data.py", "{folder}"))
GREEN = Input("green", (PYTHON, f"{MAKERS}/green_data.py", "{folder}"))
HIRED = Input(
    "hired",
    ("env", f"FLINT_CONF={QUIET}", "{bin}/TripGenerator", "--form", "forHire", "--trips", "22000000", "--output", "{folder}"),
)
TPCH = Input(
    "tpch", ("{root}/.build/bench-venv/bin/tpchgen-cli", "parquet", "-s", "1", "--parts", "2", "--output-dir", "{folder}")
)
TRIPS = ("--input_green", "{data}/taxi/green/2020/*/", "--input_yellow", "{data}/taxi/yellow/2020/*/")
BOTH = ("duckdb", "polars")


def table_case(name, work, data, units, product, arguments, master, peers=BOTH, inputs=()):
    """A job, and peers that do the same work on two threads; all must give the same rows."""
    return Case(
        name=f"{name} {master}",
        units=units,
        inputs=inputs,
        check=("{python}", "{peers}/same_rows.py", "{out}"),
        subjects=(
            job(product, master, *arguments, "--output", "{out}/rows"),
            *(Subject(peer, ("{python}", "{peers}/tables.py", peer, work, f"{{data}}/{data}", "{out}")) for peer in peers),
        ),
    )


def trips(name, work, data, units, product, *arguments, peers=("duckdb",), inputs=()):
    """A job over trips, within one process and with executors of its own."""
    return tuple(
        table_case(name, work, data, units, product, arguments, master, peers, inputs) for master in (LOCAL, EXECUTORS)
    )


TABLES = (
    Benchmark(
        name="taxi",
        summary="22 million taxi trips: revenue by month, by hour, and by typed rows, a model, CSV taken in, hired cars; "
        "against DuckDB and Polars",
        products=(
            "TaxiRevenue", "TaxiHourly", "TaxiTyped", "TaxiDuration", "TaxiIngest", "ForHireTrips", "TripGenerator",
        ),
        repetitions=3,
        inputs=(TAXI,),
        cases=(
            *trips("months", "taxi", "taxi", 22_000_000, "TaxiRevenue", *TRIPS, peers=BOTH),
            *trips(
                "hours", "hourly", "taxi", 22_000_000, "TaxiHourly", *TRIPS, "--zones", "{data}/taxi/zones/zones.parquet",
                peers=BOTH,
            ),
            *trips("typed", "typed", "taxi", 22_000_000, "TaxiTyped", *TRIPS),
            *trips("durations", "duration", "taxi", 2_000_000, "TaxiDuration", "--input", "{data}/taxi/green/2020/*/"),
            # In these two, only Flint deals the rows out anew before it writes them, and comes to the last answer twice.
            *trips(
                "ingest", "ingest", "green", 2_000_000, "TaxiIngest", "--input", "{data}/green/*/*.csv.gz", inputs=(GREEN,)
            ),
            *trips(
                "hired", "hired", "hired", 22_000_000, "ForHireTrips", "--trips", "{data}/hired/trips/*.csv",
                "--zones", "{data}/hired/zones/*.csv", inputs=(HIRED,),
            ),
        ),
    ),
    Benchmark(
        name="accounting",
        summary="statistics by account and day of 17.6 million transactions, against DuckDB and Polars",
        products=("AccountStatistics",),
        repetitions=3,
        inputs=(LEDGER,),
        cases=tuple(
            table_case(
                "days", "accounting", "ledger", 17_600_000, "AccountStatistics", ("--input", "{data}/ledger"), master
            )
            for master in (LOCAL, "local-cluster[2,1,256m]")
        ),
    ),
    Benchmark(
        name="join",
        summary="20 million rows joined with 2 million and added up by group, against DuckDB and Polars",
        products=("JoinAggregate",),
        repetitions=3,
        inputs=(JOIN,),
        cases=tuple(
            table_case("groups", "join", "join", 20_000_000, "JoinAggregate", ("--input", "{data}/join"), master)
            for master in (LOCAL, "local-cluster[2,1,256m]")
        ),
    ),
    Benchmark(
        name="tpch",
        summary="the questions of TPC-H at scale factor 1 that need no correlated query, against DuckDB",
        products=("TPCH",),
        repetitions=3,
        inputs=(TPCH,),
        cases=(table_case("SF1", "tpch", "tpch", 16, "TPCH", ("--data", "{data}/tpch"), LOCAL, peers=("duckdb",)),),
    ),
)
