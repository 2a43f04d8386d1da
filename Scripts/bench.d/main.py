"""The command behind Scripts/bench: runs a benchmark's subjects in turn and reports medians."""

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from statistics import median

from benchmark import FLINT
from benchmarks import BENCHMARKS
from measure import measure
from report import Figure, json_lines, table

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "..", ".."))
BUILD = os.path.join(ROOT, ".build")
VENV_PYTHON = os.path.join(BUILD, "bench-venv", "bin", "python")
DATA = os.path.join(BUILD, "bench-data")
OUT = os.path.join(BUILD, "bench-out")


def main():
    options = parse_arguments()
    if options.list:
        width = max(len(each.name) for each in BENCHMARKS)
        print("\n".join(f"{each.name:<{width}}  {each.summary}" for each in BENCHMARKS))
        return
    known = {each.name: each for each in BENCHMARKS}
    if options.name not in known:
        fail(f"no benchmark is called {options.name!r}; there are: {', '.join(sorted(known))}")
    benchmark = known[options.name]
    if options.products:
        print(*benchmark.products)
        return
    cases = [case for case in benchmark.cases if case.name.startswith(options.case)]
    if not cases:
        fail(f"no case of {options.name} begins with {options.case!r}; there are: {', '.join(c.name for c in benchmark.cases)}")
    for each in (*benchmark.inputs, *(data for case in cases for data in case.inputs)):
        make(each, options)
    figures = [figure for case in cases for figure in run(benchmark, case, options)]
    shutil.rmtree(OUT, ignore_errors=True)
    print(json_lines(figures) if options.json else table(benchmark, figures))


def parse_arguments():
    parser = argparse.ArgumentParser(prog="Scripts/bench")
    parser.add_argument("name", nargs="?")
    parser.add_argument("--list", action="store_true", help="name the benchmarks")
    parser.add_argument("--json", action="store_true", help="one JSON line a figure")
    parser.add_argument("--case", default="", help="only the cases whose names begin so")
    parser.add_argument("--products", action="store_true", help="name the programs that the benchmark runs")
    parser.add_argument("--bin", help="the folder of Flint's programs")
    return parser.parse_args()


def make(data, options):
    """Makes an input that is not there. It gets its name when it is whole."""
    folder = os.path.join(DATA, data.name)
    if os.path.exists(folder):
        return
    note(f"making {data.name}")
    unfinished = f"{folder}.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    os.makedirs(DATA, exist_ok=True)
    subprocess.run([part.format(root=ROOT, bin=options.bin, folder=unfinished) for part in data.command], check=True)
    os.rename(unfinished, folder)


def run(benchmark, case, options):
    """Runs the case's subjects one after another, as often as the benchmark says: A B A B … shares out the machine's
    moods. Returns the case's figures."""
    shutil.rmtree(OUT, ignore_errors=True)
    runs = {subject.name: [] for subject in case.subjects}
    for repetition in range(benchmark.repetitions):
        for subject in case.subjects:
            note(f"{case.name}: {subject.name}, run {repetition + 1} of {benchmark.repetitions}")
            runs[subject.name].append(run_once(subject, options))
        if case.check and subprocess.run([word(part, options, OUT) for part in case.check]).returncode != 0:
            fail(f"{case.name}: the answers differ")
    figures = []
    for name, results in runs.items():
        cpu = median(result.cpu for result in results)

        def figure(metric, value, unit):
            return Figure(benchmark.name, case.name, name, metric, value, unit)

        figures.append(figure("cpu", cpu, "s"))
        figures.append(figure("wall", median(result.wall for result in results), "s"))
        figures.append(figure("peakMemory", median(result.peak_memory for result in results), "bytes"))
        figures.append(figure("rate", median(units(case, result) / result.cpu for result in results), "per_s"))
        for metric, unit, pattern in case.printed:
            figures.append(figure(metric, median(found(case, pattern, result) for result in results), unit))
        if name != FLINT:
            # Flint's CPU time for a unit over the peer's, run by run: below 1, Flint needs less.
            pairs = [cost(case, ours) / cost(case, theirs) for ours, theirs in zip(runs[FLINT], results)]
            figures.append(figure("ratio", median(pairs), "x"))
            for metric, _, pattern in case.printed:
                pairs = [
                    found(case, pattern, ours) / found(case, pattern, theirs) for ours, theirs in zip(runs[FLINT], results)
                ]
                figures.append(figure(f"{metric}Ratio", median(pairs), "x"))
    return figures


def run_once(subject, options):
    out = os.path.join(OUT, subject.name)
    shutil.rmtree(out, ignore_errors=True)
    os.makedirs(out)
    environment = {name: word(value, options, out) for name, value in subject.environment.items()}
    result = measure([word(part, options, out) for part in subject.command], {**os.environ, **environment})
    if result.exit_code != 0:
        fail(f"{' '.join(subject.command)} ended with {result.exit_code}; it printed: {result.output[-500:]}")
    return result


def cost(case, result):
    """CPU seconds for one unit of work; a slow peer may do fewer."""
    return result.cpu / units(case, result)


def units(case, result):
    if isinstance(case.units, int):
        return case.units
    return found(case, case.units, result)


def found(case, pattern, result):
    """The last number in the output that the pattern finds."""
    numbers = re.findall(pattern, result.output)
    if not numbers:
        fail(f"{case.name}: nothing in the output reads as {pattern}")
    return int(numbers[-1])


def word(part, options, out):
    return part.format(
        bin=options.bin, python=VENV_PYTHON, peers=os.path.join(HERE, "peers"), data=DATA, out=out,
        now=time.monotonic_ns(),
    )


def note(text):
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr)


def fail(text):
    print(text, file=sys.stderr)
    sys.exit(2)


main()
