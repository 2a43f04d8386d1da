"""The program under test, as a child that is told what to do line by line."""

import subprocess


class Program:
    def __init__(self, path):
        self.child = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, *words):
        """One command; the answer, or an exception when it failed."""
        self.child.stdin.write(" ".join(words) + "\n")
        self.child.stdin.flush()
        answer = self.child.stdout.readline().strip()
        if not answer or answer.startswith("error"):
            raise RuntimeError(answer or "the program ended")
        return answer

    def dump(self, source, target, *options, command="dump"):
        """The schema of a file, its rows, and what its reader counted."""
        answer = self.ask(command, source, target, *options)
        with open(target) as file:
            lines = file.read().split("\n")
        return lines[0], lines[1:-1], answer

    def close(self):
        self.child.stdin.close()
        return self.child.wait()
