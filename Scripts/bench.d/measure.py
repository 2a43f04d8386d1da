"""Measures one run of a command from outside: wall time, CPU time of its whole process tree, peak memory, output."""

import ctypes
import os
import subprocess
import threading
import time
from dataclasses import dataclass, field

PR_SET_CHILD_SUBREAPER = 36
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
PAGE_SIZE = os.sysconf("SC_PAGE_SIZE")
SAMPLE_INTERVAL = 0.05
# How long processes that outlive the command may take to end by themselves, in seconds.
GRACE = 5.0


@dataclass(frozen=True)
class Measurement:
    """One run: seconds of wall and CPU time, peak resident bytes of the tree, exit code, standard output."""

    wall: float
    cpu: float
    peak_memory: int
    exit_code: int
    output: str


@dataclass(frozen=True)
class _Process:
    """A line of /proc: parent, own CPU seconds (children not counted), resident bytes, start time."""

    parent: int
    cpu: float
    resident: int
    started: int


@dataclass
class _Sampler:
    """Looks at the tree of processes below this one until told to stop, and keeps what it saw."""

    cpu_of: dict = field(default_factory=dict)
    peak: int = 0
    stopped: threading.Event = field(default_factory=threading.Event)

    def run(self):
        while not self.stopped.wait(SAMPLE_INTERVAL):
            self.look()

    def look(self):
        tree = _descendants(os.getpid())
        for pid, process in tree.items():
            # A number may be given out twice in a run; with its start time it names one process.
            self.cpu_of[(pid, process.started)] = process.cpu
        self.peak = max(self.peak, sum(process.resident for process in tree.values()))


def measure(command, environment=None):
    """Runs `command` (a list of words) to its end and returns a Measurement.

    The CPU time is what the kernel charged to the reaped processes. Orphans come to this process, which is made their
    reaper. A process whose parent never reaps it is charged to nobody: then the sum of what was sampled is larger, and
    counts instead.
    """
    _become_reaper()
    sampler = _Sampler()
    watcher = threading.Thread(target=sampler.run, daemon=True)
    started = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, start_new_session=True)
    watcher.start()
    with child.stdout:
        output = child.stdout.read().decode(errors="replace")
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.monotonic() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    usages = [usage] + _reap_orphans()
    sampler.stopped.set()
    watcher.join()
    charged = sum(each.ru_utime + each.ru_stime for each in usages)
    sampled = sum(sampler.cpu_of.values())
    largest = max(each.ru_maxrss for each in usages) * 1024
    # Ticks are coarse: a sampled sum that is larger by less than a few ticks says nothing.
    tolerance = max(0.05 * charged, 3 / TICKS_PER_SECOND)
    return Measurement(
        wall=wall,
        cpu=sampled if sampled > charged + tolerance else charged,
        peak_memory=max(sampler.peak, largest),
        exit_code=child.returncode,
        output=output,
    )


def _become_reaper():
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "cannot become the reaper of orphans")


def _reap_orphans():
    """Waits for the processes that outlived the command, kills those that stay, and returns what all have used."""
    usages = []
    deadline = time.monotonic() + GRACE
    while True:
        try:
            pid, _, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return usages
        if pid:
            usages.append(usage)
        elif time.monotonic() < deadline:
            time.sleep(0.01)
        else:
            for orphan in _descendants(os.getpid()):
                os.kill(orphan, 9)


def _descendants(root):
    """The processes below `root`, by number."""
    processes = {int(name): _read(name) for name in os.listdir("/proc") if name.isdigit()}
    processes = {pid: process for pid, process in processes.items() if process}
    found, pending = {}, [root]
    while pending:
        parent = pending.pop()
        children = {pid: each for pid, each in processes.items() if each.parent == parent and pid not in found}
        found.update(children)
        pending.extend(children)
    return found


def _read(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            # The name in parentheses may hold spaces; what follows it does not. Field 3 of proc(5) comes first.
            fields = file.read().rpartition(")")[2].split()
    except OSError:
        return None
    return _Process(
        parent=int(fields[1]),
        cpu=(int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND,
        resident=int(fields[21]) * PAGE_SIZE,
        started=int(fields[19]),
    )
