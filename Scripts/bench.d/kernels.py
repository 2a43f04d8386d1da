"""The benchmark of kernels over columns."""

from benchmark import FLINT, Benchmark, Case, Input, Subject

# Enough passes for seconds of work, so that their median says something.
PASSES = {"q6": 40, "q1": 10, "group10m": 5, "groupstring": 10, "join": 5, "sort10m": 5}
DATA = Input(
    "kernels", ("{root}/.build/bench-venv/bin/python", "{root}/Scripts/bench.d/peers/kernel_data.py", "{folder}")
)
PASS = ("pass", "ns", r"pass=(\d+)")


def flint(case, passes):
    return Subject(FLINT, ("{bin}/bench-kernels", case, "{data}/kernels", str(passes), "{out}"))


def against_peers(case, passes):
    """A case whose answer is the same for all, on one thread each; every column but the keys of the join has nulls."""
    peers = (
        Subject(name, ("{python}", "{peers}/kernels.py", name, case, "{data}/kernels", str(passes), "{out}"))
        for name in ("duckdb", "polars")
    )
    return Case(
        name=case,
        units=r"passes=(\d+)",
        printed=(PASS,),
        check=("python3", "{peers}/same.py", "ordered" if case == "sort10m" else "unordered", "{out}"),
        subjects=(flint(case, passes), *peers),
    )


KERNELS = (
    Benchmark(
        name="kernels",
        summary="kernels on one thread: columns of TPC-H at scale 1, nulls and overflow checks on, against DuckDB and Polars",
        products=("bench-kernels",),
        repetitions=3,
        inputs=(DATA,),
        cases=(
            *(against_peers(case, passes) for case, passes in PASSES.items()),
            # Reads 160 MB in memory: what any kernel is bound by.
            Case(
                name="bandwidth",
                units=r"passes=(\d+)",
                printed=(PASS,),
                subjects=(flint("bandwidth", 100),),
            ),
        ),
    ),
)
