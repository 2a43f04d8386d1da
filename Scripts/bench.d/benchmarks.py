"""The benchmarks, one declaration each."""

from benchmark import FLINT, Benchmark, Case, Subject
from formats import FORMATS
from jobs import JOBS, LOCAL, job
from kernels import KERNELS
from tables import TABLES

CRC_BYTES = 32 << 30
# Enough for seconds of work, by codec and direction.
COMPRESSED_BYTES = {
    ("lz4", "compress"): 4 << 30,
    ("lz4", "decompress"): 12 << 30,
    ("snappy", "compress"): 4 << 30,
    ("snappy", "decompress"): 8 << 30,
    ("zstd", "compress"): 1 << 30,
    ("zstd", "decompress"): 4 << 30,
}
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


WALL_RATE = ("wallRate", "per_s", r"rate=(\d+)")
MEDIAN_LATENCY = ("p50", "ns", r"p50=(\d+)")


def transport(name, *printed):
    """A case of the transport: two processes and one connection, against the same work by plain C over libuv."""
    return Case(
        name=name,
        units=r"units=(\d+)",
        printed=printed,
        subjects=(
            Subject(FLINT, ("{bin}/bench-transport", name)),
            Subject("c", ("{bin}/bench-transport-c", name)),
        ),
    )


BENCHMARKS = (
    *JOBS,
    *KERNELS,
    *TABLES,
    *FORMATS,
    Benchmark(
        name="transport",
        summary="messages and blocks between two processes on the loopback, against plain C over libuv",
        products=("bench-transport", "bench-transport-c"),
        cases=(
            transport("rr1", MEDIAN_LATENCY),
            transport("rr64", WALL_RATE),
            transport("oneway", WALL_RATE),
            transport("block1m", WALL_RATE),
            transport("sendfile1m", WALL_RATE),
            Case(
                name="tls1m",
                units=r"units=(\d+)",
                printed=(WALL_RATE,),
                subjects=(Subject(FLINT, ("{bin}/bench-transport", "tls1m")),),
            ),
        ),
    ),
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
        summary="rows through their layout a CPU-second, against memcpy, a hand-written coder, a binary Codable coder, "
        "and objects that have no layout",
        products=("bench-codec",),
        cases=tuple(
            codec(rows, form, direction, *peers)
            for rows, peers in (("pairs", ("hand", "codable")), ("trips", ("hand", "codable", "objects")))
            for form in ("rows", "columns")
            for direction in ("encode", "decode")
        )
        + tuple(codec("numbers", "rows", direction, "memcpy") for direction in ("encode", "decode")),
    ),
    Benchmark(
        name="rows",
        summary="rows through map, filter, map and reduceByKey a CPU-second, against a loop over an array with the same table",
        products=("bench-rows", "bench-jobs"),
        repetitions=5,
        cases=tuple(
            Case(
                name=f"10 M trips by {key}",
                units=100_000_000,
                subjects=tuple(
                    Subject(name, ("{bin}/bench-rows", way, key, "10000000", "10"))
                    for name, way in ((FLINT, "dataset"), ("loop", "loop"))
                ),
            )
            for key in ("zone", "city")
        )
        + (
            Case(
                name="100 M made trips by zone, local[2]",
                units=100_000_000,
                subjects=(
                    job("bench-jobs", LOCAL, "--case", "sums", "--count", "100000000"),
                    Subject("loop", ("{bin}/bench-jobs", "--case", "loop", "--count", "100000000")),
                ),
            ),
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
        name="wire",
        summary="task descriptions (4 inputs, 200 bytes of work) through their form on the wire, a CPU-second",
        products=("bench-wire",),
        cases=tuple(
            Case(
                name=name,
                units=r"messages=(\d+)",
                subjects=(Subject(FLINT, ("{bin}/bench-wire", argument)),),
            )
            for name, argument in (
                ("encode", "encode-task"),
                ("encode with frame and checksums", "frame-task"),
                ("decode", "decode-task"),
            )
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
    Benchmark(
        name="compression",
        summary="bytes compressed and decompressed a CPU-second in blocks of 256 KiB, against pyarrow",
        products=("bench-compression",),
        cases=tuple(
            Case(
                name=f"{codec} {direction}",
                units=r"bytes=(\d+)",
                subjects=(
                    Subject(FLINT, ("{bin}/bench-compression", codec, direction, str(count))),
                    Subject("pyarrow", ("{python}", "{peers}/compression.py", codec, direction, str(count))),
                ),
            )
            for (codec, direction), count in COMPRESSED_BYTES.items()
        ),
    ),
)
