"""Tests of the measuring itself."""

import subprocess
import sys
import unittest

from measure import measure

BURN = "import os,time\nwhile sum(os.times()[:2]) < 0.5: pass\n"
# Holds 64 MiB for long enough to be seen.
LARGE = "import time\nblock = bytes(range(256)) * (1 << 18)\nprint(len(block))\ntime.sleep(0.2)\nraise SystemExit(3)\n"


def python(program):
    return [sys.executable, "-c", program]


class MeasureTests(unittest.TestCase):
    def test_cpu_of_a_grandchild_is_seen(self):
        outer = f"import subprocess,sys; subprocess.run([sys.executable, '-c', {BURN!r}])"
        self.assertBurned(measure(python(outer)))

    def test_cpu_of_an_orphan_is_seen(self):
        outer = f"import subprocess,sys; subprocess.Popen([sys.executable, '-c', {BURN!r}], stdout=subprocess.DEVNULL)"
        self.assertBurned(measure(python(outer)))

    def test_cpu_of_a_child_that_nobody_reaps_is_seen(self):
        outer = (
            "import os,signal,subprocess,sys\n"
            "signal.signal(signal.SIGCHLD, signal.SIG_IGN)\n"
            f"subprocess.Popen([sys.executable, '-c', {BURN!r}]).wait()\n"
        )
        self.assertBurned(measure(python(outer)))

    def test_waiting_costs_wall_time_and_no_cpu(self):
        result = measure(["sleep", "0.5"])
        self.assertGreaterEqual(result.wall, 0.5)
        self.assertLess(result.cpu, 0.1)

    def test_a_small_program_is_not_charged_with_the_memory_of_the_measuring_one(self):
        ballast = bytearray(b"x" * (64 << 20))
        result = measure(["sleep", "0.3"])
        self.assertGreater(result.peak_memory, 0)
        self.assertLess(result.peak_memory, len(ballast) // 8)

    def test_an_earlier_run_is_not_charged_to_the_next(self):
        measure(python(BURN))
        self.assertLess(measure(["true"]).cpu, 0.1)

    def test_memory_output_and_exit_code_are_reported(self):
        result = measure(python(LARGE))
        self.assertEqual(result.output.strip(), str(1 << 26))
        self.assertEqual(result.exit_code, 3)
        self.assertGreater(result.peak_memory, 1 << 26)
        self.assertLess(result.peak_memory, 1 << 28)

    def assertBurned(self, result):
        self.assertEqual(result.exit_code, 0)
        self.assertGreaterEqual(result.cpu, 0.45)
        self.assertLess(result.cpu, 1.5)


class CommandTests(unittest.TestCase):
    def test_an_unknown_benchmark_is_an_error_that_names_the_known_ones(self):
        run = subprocess.run(
            [sys.executable, "Scripts/bench.d/main.py", "--products", "nonsense"], capture_output=True, text=True
        )
        self.assertEqual(run.returncode, 2)
        self.assertIn("crc32c", run.stderr)


if __name__ == "__main__":
    unittest.main()
