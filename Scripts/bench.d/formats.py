"""The benchmarks of file formats."""

from benchmark import FLINT, Benchmark, Case, Input, Subject

# TPC-H's largest table at scale factor 1, as its generator writes it: Snappy, dictionaries, 53 row groups.
LINEITEM = Input(
    "lineitem",
    ("{root}/.build/bench-venv/bin/tpchgen-cli", "parquet", "-s", "1", "--tables", "lineitem", "--output-dir", "{folder}"),
)
FILE = "{data}/lineitem/lineitem.parquet"
ROWS = 6_001_215
Q1 = "l_returnflag,l_linestatus,l_quantity,l_extendedprice,l_discount,l_tax,l_shipdate"
COLUMNS = {
    "1 column": "l_orderkey",
    "4 columns": "l_quantity,l_extendedprice,l_discount,l_shipdate",
    "7 columns": Q1,
    "16 columns": "all",
}
# A gigabyte of taxi trips.
TRIPS = Input("trips", ("{root}/.build/bench-venv/bin/python", "{root}/Scripts/bench.d/peers/trips_data.py", "{folder}"))
TRIPS_FILE = "{data}/trips/trips.csv"
TRIPS_ROWS = 9_500_000
TRIPS_SCHEMA = (
    "vendor int, pickup timestamp, dropoff timestamp, passengers int, distance double, rate int, stored string, "
    "origin int, destination int, payment string, fare decimal(10,2), extra double, tax double, tip decimal(10,2), "
    "tolls double, surcharge double, total decimal(10,2), day date"
)
PROCESSOR = ("cpu", "ns", r"cpu=(\d+)")
# Starting Python and loading a peer takes longer than one scan.
TIMES = 10


def scan(name, columns):
    """Every value of some columns decoded on one thread: numbers are summed, and the lengths of texts."""

    def peer(subject):
        return Subject(subject, ("{python}", "{peers}/parquet.py", subject, "scan", FILE, columns, str(TIMES)))

    return Case(
        name=name,
        units=ROWS * TIMES,
        printed=(PROCESSOR,),
        subjects=(
            Subject(FLINT, ("{bin}/bench-formats", "scan", FILE, columns, str(TIMES))), peer("duckdb"), peer("polars")
        ),
    )


FORMATS = (
    Benchmark(
        name="parquet",
        summary="lineitem of TPC-H at scale factor 1 from and to Parquet on one thread, against DuckDB, Polars and Arrow",
        products=("bench-formats",),
        repetitions=3,
        inputs=(LINEITEM,),
        cases=(
            *(scan(name, columns) for name, columns in COLUMNS.items()),
            Case(
                name="write",
                units=ROWS * 3,
                printed=(PROCESSOR,),
                subjects=(
                    Subject(FLINT, ("{bin}/bench-formats", "write", FILE, "{out}/lineitem.parquet", "3")),
                    Subject("arrow", ("{python}", "{peers}/parquet.py", "arrow", "write", FILE, "{out}/lineitem.parquet", "3")),
                ),
            ),
        ),
    ),
    Benchmark(
        name="csv",
        summary="1 GB of CSV, 18 typed columns, on one thread, against DuckDB",
        products=("bench-formats",),
        repetitions=3,
        inputs=(TRIPS,),
        cases=(
            Case(
                name="18 columns",
                units=TRIPS_ROWS * 2,
                printed=(PROCESSOR,),
                subjects=(
                    Subject(FLINT, ("{bin}/bench-formats", "csv", TRIPS_FILE, TRIPS_SCHEMA, "2")),
                    Subject("duckdb", ("{python}", "{peers}/csv_files.py", TRIPS_FILE, TRIPS_SCHEMA, "2")),
                ),
            ),
        ),
    ),
)
