"""What a benchmark is made of."""

from dataclasses import dataclass, field

FLINT = "flint"


@dataclass(frozen=True)
class Subject:
    """Who is measured and by which command; `{bin}` stands for the folder of Flint's programs, `{python}` for the
    interpreter that has the peers, `{peers}` for the folder of the peers' programs, `{data}` for the folder of the inputs,
    `{out}` for a folder of the subject's own that is empty before each run, `{now}` for the nanoseconds of the monotonic
    clock when it starts. `environment` is added to the caller's."""

    name: str
    command: tuple
    environment: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Input:
    """Data that subjects read: made once by a command, in which `{root}` stands for the repository, `{bin}` for the
    folder of Flint's programs and `{folder}` for where the data shall be."""

    name: str
    command: tuple


@dataclass(frozen=True)
class Case:
    """One piece of work that every subject does. Flint comes first; the others are its peers, which
    may do less of the work.

    `units` says how much work it is: a number, or a regular expression whose group finds it in the output. `printed` are
    figures that the subjects measured themselves, since nobody outside can: metric, unit and regular expression of each.
    `check` is a command that ends with 0 when all subjects gave the same answer; `{out}` is then the folder above theirs.
    `inputs` are those that the benchmark's other cases do not need.
    """

    name: str
    subjects: tuple
    units: object
    printed: tuple = ()
    check: tuple = ()
    inputs: tuple = ()


@dataclass(frozen=True)
class Benchmark:
    """A named set of cases, the programs and inputs that they need, and how often each pair of runs is repeated."""

    name: str
    summary: str
    products: tuple
    cases: tuple
    repetitions: int = 5
    inputs: tuple = ()
