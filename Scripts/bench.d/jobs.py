"""The benchmarks of whole jobs."""

from dataclasses import replace

from benchmark import FLINT, Benchmark, Case, Input, Subject

LOCAL = "local[2]"
CLUSTER = "local-cluster[2,1,1g]"
TASKS = 100_000
KEPT_ROWS = 10_000_000
GIGABYTE = 1_000_000_000
TEXT = Input(
    "text", ("python3", "{root}/Jobs/WordCount/generate.py", "{folder}", "--megabytes", "1000", "--parts", "8", "--plain")
)
RECORDS = Input(
    "records", ("python3", "{root}/Jobs/TeraSort/generate.py", "{folder}", "--records", "10000000", "--parts", "8")
)
# For a job that only makes an input.
QUIET = "flint.eventLog.enabled=false"
# What a job leaves behind beside its output goes to its own folder.
SETTINGS = "flint.eventLog.dir={out}/events;flint.summary.path={out}/summary.json"


def job(name, master, *arguments, settings=""):
    """A job under a master; more settings begin with a semicolon."""
    return Subject(
        FLINT, (f"{{bin}}/{name}", *arguments), {"FLINT_MASTER": master, "FLINT_CONF": SETTINGS + settings}
    )


def kept(level):
    arguments = ("--case", "kept", "--level", level, "--count", str(KEPT_ROWS))
    return job("bench-jobs", LOCAL, *arguments, settings=";flint.executor.memory=4g")


def against_polars(name, product, data, peer, order, masters):
    """A job that reads a folder and writes one, and Polars on two threads; both must write the same lines."""
    return tuple(
        Case(
            name=f"{name} {master}",
            units=GIGABYTE,
            check=("python3", "{peers}/same.py", order, "{out}"),
            subjects=(
                job(product, master, "--input", f"{{data}}/{data}", "--output", "{out}/lines", settings=settings),
                Subject("polars", ("{python}", f"{{peers}}/{peer}.py", f"{{data}}/{data}", "{out}")),
            ),
        )
        for master, settings in masters
    )


JOBS = (
    Benchmark(
        name="tasks",
        summary=f"{TASKS} empty tasks on executor processes",
        products=("bench-jobs",),
        repetitions=3,
        cases=(
            Case(
                name="local-cluster[2,1,512m]",
                units=TASKS,
                printed=(("wallRate", "per_s", r"rate=(\d+)"),),
                subjects=(job("bench-jobs", "local-cluster[2,1,512m]", "--case", "tasks", "--count", str(TASKS)),),
            ),
        ),
    ),
    Benchmark(
        name="startup",
        summary="from the start of a process to the first result of its first job",
        products=("bench-jobs",),
        repetitions=11,
        cases=tuple(
            Case(
                name=master,
                units=1,
                printed=(("p50", "ns", r"first=(\d+)"),),
                subjects=(job("bench-jobs", master, "--case", "startup", "--started", "{now}"),),
            )
            for master in (LOCAL, CLUSTER)
        ),
    ),
    Benchmark(
        name="kept",
        summary="10 million kept rows (a text, two numbers) read again 20 times, as rows and as bytes",
        products=("bench-jobs",),
        repetitions=3,
        cases=(
            Case(
                name=LOCAL,
                units=20 * KEPT_ROWS,
                subjects=(kept("rows"), replace(kept("bytes"), name="bytes")),
            ),
        ),
    ),
    Benchmark(
        name="wordcount",
        summary="words of 1 GB of text counted, against Polars",
        products=("WordCount",),
        repetitions=3,
        inputs=(TEXT,),
        cases=against_polars(
            "1 GB", "WordCount", "text", "words", "unordered", ((LOCAL, ""), (CLUSTER, ""))
        ),
    ),
    Benchmark(
        name="terasort",
        summary="10 million records of 100 bytes sorted through shuffle files, against Polars",
        products=("TeraSort",),
        repetitions=3,
        inputs=(RECORDS,),
        cases=against_polars(
            "1 GB", "TeraSort", "records", "records", "ordered", ((CLUSTER, ";flint.shuffle.memory.limit=0"),)
        ),
    ),
)
