"""What a benchmark is made of."""

from dataclasses import dataclass

FLINT = "flint"


@dataclass(frozen=True)
class Subject:
    """Who is measured and by which command; `{bin}` stands for the folder of Flint's programs, `{python}` for the
    interpreter that has the peers, `{peers}` for the folder of the peers' programs."""

    name: str
    command: tuple


@dataclass(frozen=True)
class Case:
    """One piece of work that every subject does. Flint comes first; the others are its peers, which
    may do less of the work.

    `units` says how much work it is: a number, or a regular expression whose group finds it in the output. `printed` are
    figures that the subjects measured themselves, since nobody outside can: metric, unit and regular expression of each.
    """

    name: str
    subjects: tuple
    units: object
    printed: tuple = ()


@dataclass(frozen=True)
class Benchmark:
    """A named set of cases, the programs that they need, and how often each pair of runs is repeated."""

    name: str
    summary: str
    products: tuple
    cases: tuple
    repetitions: int = 5
