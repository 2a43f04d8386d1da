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
            Subject(FLINT, ("{bin}/bench-parquet", "scan", FILE, columns, str(TIMES))), peer("duckdb"), peer("polars")
        ),
    )


FORMATS = (
    Benchmark(
        name="parquet",
        summary="lineitem of TPC-H at scale factor 1 from and to Parquet on one thread, against DuckDB, Polars and Arrow",
        products=("bench-parquet",),
        repetitions=3,
        inputs=(LINEITEM,),
        cases=(
            *(scan(name, columns) for name, columns in COLUMNS.items()),
            Case(
                name="write",
                units=ROWS * 3,
                printed=(PROCESSOR,),
                subjects=(
                    Subject(FLINT, ("{bin}/bench-parquet", "write", FILE, "{out}/lineitem.parquet", "3")),
                    Subject("arrow", ("{python}", "{peers}/parquet.py", "arrow", "write", FILE, "{out}/lineitem.parquet", "3")),
                ),
            ),
        ),
    ),
)
