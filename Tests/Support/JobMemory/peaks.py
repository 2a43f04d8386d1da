"""Runs a program of an application, and says how much memory each of its processes has had resident at most.

  python3 peaks.py FILE PROGRAM [ARGUMENT ...]

Writes a line a process to FILE: `driver BYTES` or `executor BYTES`. The kernel keeps the peak of each process (VmHWM), so it is
enough to look often. Ends as the program ends.
"""

import os
import subprocess
import sys
import time


def peak(number):
    try:
        with open(f"/proc/{number}/status") as file:
            for line in file:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def running(program):
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.readlink(f"/proc/{name}/exe") == program:
                yield int(name)
        except OSError:
            pass


def main():
    file, command = sys.argv[1], sys.argv[2:]
    program = os.path.realpath(command[0])
    peaks = {}
    process = subprocess.Popen(command)
    while process.poll() is None:
        for number in running(program):
            # The newest, not the largest: between its fork and its exec a process has its parent's memory. 0 is a dead one's.
            peaks[number] = peak(number) or peaks.get(number, 0)
        time.sleep(0.005)
    with open(file, "w") as lines:
        for number, most in sorted(peaks.items()):
            print("driver" if number == process.pid else "executor", most, file=lines)
    sys.exit(process.returncode if process.returncode >= 0 else 128 - process.returncode)


main()
