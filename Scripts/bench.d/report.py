"""Figures as a table for people or as JSON lines for programs."""

import json
from dataclasses import asdict, dataclass

METRICS = (
    "cpu", "wall", "peakMemory", "rate", "wallRate", "p50", "pass", "ratio", "wallRateRatio", "p50Ratio", "passRatio",
)


@dataclass(frozen=True)
class Figure:
    """One measured number. `metric` is one of METRICS, `unit` one of s, us, ns, bytes, per_s, x."""

    benchmark: str
    case: str
    subject: str
    metric: str
    value: float
    unit: str


def json_lines(figures):
    return "\n".join(json.dumps(asdict(figure)) for figure in figures)


def table(benchmark, figures):
    metrics = [metric for metric in METRICS if any(figure.metric == metric for figure in figures)]
    rows = [["case", "subject", *metrics]]
    subjects = list(dict.fromkeys((figure.case, figure.subject) for figure in figures))
    for case, subject in subjects:
        values = {figure.metric: figure for figure in figures if (figure.case, figure.subject) == (case, subject)}
        rows.append([case, subject, *(text(values.get(metric)) for metric in metrics)])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(aligned(cell, column, widths) for column, cell in enumerate(row)) for row in rows]
    legend = f"Medians of {benchmark.repetitions} runs. cpu: user and system time of the whole process tree."
    if "ratio" in metrics:
        legend += " ratio: Flint's cpu for the same work over this peer's, median of the pairs; below 1, Flint needs less."
    if "wallRate" in metrics or "p50" in metrics:
        legend += " wallRate and p50: a second of the clock, and the median latency, by the program's own watch."
    if "pass" in metrics:
        legend += " pass: CPU time of the median pass, after the data was read, by the program's own watch."
    return "\n".join([f"{benchmark.name}: {benchmark.summary}", "", *lines, "", legend])


def aligned(cell, column, widths):
    """Words to the left, numbers to the right."""
    return cell.ljust(widths[column]) if column < 2 else cell.rjust(widths[column])


def text(figure):
    if figure is None:
        return ""
    if figure.unit == "bytes":
        return f"{figure.value / (1 << 20):.1f} MiB"
    if figure.unit == "per_s":
        return f"{scaled(figure.value)}/s"
    if figure.unit == "x":
        return f"{figure.value:.2f} x"
    return f"{figure.value:.3f} {figure.unit}"


def scaled(value):
    for factor, letter in ((1e9, " G"), (1e6, " M"), (1e3, " k")):
        if value >= factor:
            return f"{value / factor:.2f}{letter}"
    return f"{value:.0f}"
