"""Measures one run of a command from outside: wall time, CPU time of its whole process tree, peak memory, output."""

import contextlib
import ctypes
import os
import resource
import signal
import subprocess
import threading
import time
from dataclasses import dataclass, field

PR_SET_CHILD_SUBREAPER = 36
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
PAGE_SIZE = os.sysconf("SC_PAGE_SIZE")
# Seconds between two looks at the tree; memory that a process held for less may go unseen.
SAMPLE_INTERVAL = 0.02
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
    """What /proc says: own CPU seconds (children not counted), resident bytes now and at most, start time."""

    cpu: float
    resident: int
    started: int
    peak: int


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
        # Together now, or one of them between two looks.
        self.peak = max([self.peak, sum(each.resident for each in tree.values()), *(each.peak for each in tree.values())])


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
    # A process inherits the mark of the one that started it, and that is this one: only above it the mark is its own.
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    largest = max((each.ru_maxrss for each in usages if each.ru_maxrss > own), default=0) * 1024
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
                with contextlib.suppress(ProcessLookupError):
                    os.kill(orphan, signal.SIGKILL)


def _descendants(root):
    """The processes below `root`, by number."""
    found, pending = {}, [root]
    while pending:
        for child in _children(pending.pop()):
            process = _read(child)
            if process and child not in found:
                found[child] = process
                pending.append(child)
    return found


def _children(pid):
    """The kernel lists a process's children by the thread that started them."""
    children = []
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{thread}/children") as file:
                children.extend(int(child) for child in file.read().split())
    except OSError:
        pass  # It has just ended.
    return children


def _read(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            # The name in parentheses may hold spaces; what follows it does not. Field 3 of proc(5) comes first.
            fields = file.read().rpartition(")")[2].split()
        with open(f"/proc/{pid}/status") as file:
            peak = next((line for line in file if line.startswith("VmHWM:")), "VmHWM: 0 kB")
    except OSError:
        return None
    return _Process(
        cpu=(int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND,
        resident=int(fields[21]) * PAGE_SIZE,
        started=int(fields[19]),
        peak=int(peak.split()[1]) * 1024,
    )
