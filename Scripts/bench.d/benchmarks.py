"""The benchmarks, one declaration each."""

from benchmark import FLINT, Benchmark, Case, Subject

CRC_BYTES = 32 << 30
LOG_LINES = 1_000_000
SMALL_STAGES = "1,000 tasks on 10"


def codec(rows, form, direction, *peers):
    """A case of the codec: millions of rows one way, against peers that write the same rows."""

    def subject(name, way):
        return Subject(name, ("{bin}/bench-codec", rows, way, direction))

    return Case(
        name=f"{rows} {form} {direction}",
        units=r"rows=(\d+)",
        subjects=(subject(FLINT, form), *(subject(peer, peer) for peer in peers)),
    )


def scheduling(name, stages, *options):
    """A case of the task scheduler: one large stage again and again, against small stages of as many tasks in all. So the
    ratio is what an event costs at a size, over what it costs at a thousandth of it."""

    def subject(subject_name, *numbers):
        return Subject(subject_name, ("{bin}/bench-scheduling", *numbers, *options))

    return Case(
        name=name,
        units=r"events=(\d+)",
        subjects=(subject(FLINT, "1000000", "10000", str(stages)), subject(SMALL_STAGES, "1000", "10", str(1000 * stages))),
    )


BENCHMARKS = (
    Benchmark(
        name="simulation",
        summary="events of the simulated register a CPU-second, 2,000 seeds under faults",
        products=("simulate",),
        repetitions=3,
        cases=(
            Case(
                name="register",
                units=r"events=(\d+)",
                subjects=(Subject(FLINT, ("{bin}/simulate", "--job", "register", "--seeds", "0..<2000")),),
            ),
        ),
    ),
    Benchmark(
        name="crc32c",
        summary="bytes checksummed a CPU-second, against google-crc32c",
        products=("bench-core",),
        cases=(
            Case(
                name="32 GiB",
                units=CRC_BYTES,
                subjects=(
                    Subject(FLINT, ("{bin}/bench-core", "crc32c", "--bytes", str(CRC_BYTES))),
                    Subject("google-crc32c", ("{python}", "{peers}/crc32c.py", str(CRC_BYTES))),
                ),
            ),
        ),
    ),
    Benchmark(
        name="logging",
        summary="JSON lines logged a CPU-second; no peer writes the same lines",
        products=("bench-core",),
        cases=(
            Case(
                name="1 M JSON lines",
                units=LOG_LINES,
                subjects=(Subject(FLINT, ("{bin}/bench-core", "log")),),
            ),
        ),
    ),
    Benchmark(
        name="codec",
        summary="rows through their layout a CPU-second, against memcpy and a hand-written coder",
        products=("bench-codec",),
        cases=tuple(
            codec(rows, form, direction, *peers)
            for rows, peers in (("pairs", ("hand",)), ("trips", ("hand",)))
            for form in ("rows", "columns")
            for direction in ("encode", "decode")
        )
        + tuple(codec("numbers", "rows", direction, "memcpy") for direction in ("encode", "decode")),
    ),
    Benchmark(
        name="codec-codable",
        summary="rows through Codable a CPU-second: what a type pays that has no layout",
        products=("bench-codec",),
        repetitions=3,
        cases=tuple(
            Case(
                name=f"{rows} {direction}",
                units=r"rows=(\d+)",
                subjects=(Subject(FLINT, ("{bin}/bench-codec", rows, "codable", direction)),),
            )
            for rows in ("pairs", "trips")
            for direction in ("encode", "decode")
        ),
    ),
    Benchmark(
        name="scheduling",
        summary="events of the task scheduler a CPU-second, 1,000,000 tasks on 10,000 executors, against small stages",
        products=("bench-scheduling",),
        repetitions=5,
        cases=(
            scheduling("1 M tasks on 10,000", 10),
            scheduling("with four slots each", 10, "four-slots"),
            scheduling("with failures and copies", 10, "failures", "speculation"),
            scheduling("with places", 2, "places"),
        ),
    ),
    Benchmark(
        name="closures",
        summary="calls of a shipped closure a CPU-second, against the native one; closures shipped and rebuilt",
        products=("bench-closures",),
        cases=(
            Case(
                name="calls",
                units=r"calls=(\d+)",
                subjects=(
                    Subject(FLINT, ("{bin}/bench-closures", "shipped")),
                    Subject("native", ("{bin}/bench-closures", "native")),
                ),
            ),
            Case(
                name="ship and rebuild one Double",
                units=r"ships=(\d+)",
                subjects=(Subject(FLINT, ("{bin}/bench-closures", "ship")),),
            ),
        ),
    ),
)
