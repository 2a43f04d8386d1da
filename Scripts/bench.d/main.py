"""The command behind Scripts/bench: runs a benchmark's subjects in turn and reports medians."""

import argparse
import os
import re
import sys
from statistics import median

from benchmark import FLINT
from benchmarks import BENCHMARKS
from measure import measure
from report import Figure, json_lines, table

HERE = os.path.dirname(os.path.abspath(__file__))
VENV_PYTHON = os.path.join(HERE, "..", "..", ".build", "bench-venv", "bin", "python")


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
    figures = [figure for case in benchmark.cases for figure in run(benchmark, case, options)]
    print(json_lines(figures) if options.json else table(benchmark, figures))


def parse_arguments():
    parser = argparse.ArgumentParser(prog="Scripts/bench")
    parser.add_argument("name", nargs="?")
    parser.add_argument("--list", action="store_true", help="name the benchmarks")
    parser.add_argument("--json", action="store_true", help="one JSON line a figure")
    parser.add_argument("--products", action="store_true", help="name the programs that the benchmark runs")
    parser.add_argument("--bin", help="the folder of Flint's programs")
    return parser.parse_args()


def run(benchmark, case, options):
    """Runs the case's subjects one after another, as often as the benchmark says: A B A B … shares out the machine's
    moods. Returns the case's figures."""
    runs = {subject.name: [] for subject in case.subjects}
    for repetition in range(benchmark.repetitions):
        for subject in case.subjects:
            note(f"{case.name}: {subject.name}, run {repetition + 1} of {benchmark.repetitions}")
            result = measure([word(part, options) for part in subject.command])
            if result.exit_code != 0:
                fail(f"{' '.join(subject.command)} ended with {result.exit_code}; it printed: {result.output[-500:]}")
            runs[subject.name].append(result)
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


def word(part, options):
    return part.format(bin=options.bin, python=VENV_PYTHON, peers=os.path.join(HERE, "peers"))


def note(text):
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr)


def fail(text):
    print(text, file=sys.stderr)
    sys.exit(2)


main()
