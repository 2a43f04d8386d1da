"""The benchmarks of queries over tables."""

from benchmark import Benchmark, Case, Input, Subject
from jobs import LOCAL, job

EXECUTORS = "local-cluster[2,1,2g]"
PYTHON = "{root}/.build/bench-venv/bin/python"
MAKERS = "{root}/Scripts/bench.d/peers"
TAXI = Input("taxi", (PYTHON, f"{MAKERS}/taxi_data.py", "{folder}"))
LEDGER = Input("ledger", (PYTHON, f"{MAKERS}/ledger_data.py", "{folder}"))
JOIN = Input("join", (PYTHON, f"{MAKERS}/join_data.py", "{folder}"))
TPCH = Input(
    "tpch", ("{root}/.build/bench-venv/bin/tpchgen-cli", "parquet", "-s", "1", "--parts", "2", "--output-dir", "{folder}")
)
TRIPS = ("--input_green", "{data}/taxi/green/2020/*/", "--input_yellow", "{data}/taxi/yellow/2020/*/")


def table_case(name, work, data, units, product, arguments, master, peers=("duckdb", "polars"), settings=""):
    """A job, and peers that do the same work on two threads; all must give the same rows."""
    return Case(
        name=f"{name} {master}",
        units=units,
        check=("{python}", "{peers}/same_rows.py", "{out}"),
        subjects=(
            job(product, master, *arguments, "--output", "{out}/rows", settings=settings),
            *(Subject(peer, ("{python}", "{peers}/tables.py", peer, work, f"{{data}}/{data}", "{out}")) for peer in peers),
        ),
    )


TABLES = (
    Benchmark(
        name="taxi",
        summary="monthly and hourly revenue of 22 million taxi trips, from Parquet to Parquet, against DuckDB and Polars",
        products=("TaxiRevenue", "TaxiHourly"),
        repetitions=3,
        inputs=(TAXI,),
        cases=(
            *(
                table_case("months", "taxi", "taxi", 22_000_000, "TaxiRevenue", TRIPS, master)
                for master in (LOCAL, EXECUTORS)
            ),
            table_case(
                "hours", "hourly", "taxi", 22_000_000, "TaxiHourly",
                (*TRIPS, "--zones", "{data}/taxi/zones/zones.parquet"), LOCAL,
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
