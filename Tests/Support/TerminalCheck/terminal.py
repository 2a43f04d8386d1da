"""Runs a program at a terminal and prints, as JSON, what a person saw there: every screen after another one.

    terminal.py GATE COLUMNS PROGRAM ARGUMENT…

GATE is a named pipe, which is opened for good when the screen shows tasks that run. The result is
`{"exit": code, "screens": [[line…]…]}`; the screen is endless downwards.
"""

import fcntl
import json
import os
import pty
import re
import struct
import sys
import termios

gate, columns, program = sys.argv[1], int(sys.argv[2]), sys.argv[3:]


class Screen:
    """A terminal that knows line ends, the cursor's way up, and clearing to the end."""

    def __init__(self):
        self.lines, self.row, self.column, self.rest = [""], 0, 0, ""

    def feed(self, text):
        text = self.rest + text
        self.rest = ""
        position = 0
        while position < len(text):
            character = text[position]
            if character == "\x1b":
                escape = re.match(r"\x1b\[(\d*)([A-Za-z])", text[position:])
                if not escape:
                    self.rest = text[position:]
                    return
                self.escape(escape[1], escape[2])
                position += len(escape[0])
                continue
            if character == "\n":
                self.row += 1
                while len(self.lines) <= self.row:
                    self.lines.append("")
            elif character == "\r":
                self.column = 0
            else:
                assert self.column < columns, f"a line is wider than the terminal: {self.lines[self.row]}"
                line = self.lines[self.row].ljust(self.column)
                self.lines[self.row] = line[: self.column] + character + line[self.column + 1 :]
                self.column += 1
            position += 1

    def escape(self, number, name):
        if name == "A":
            self.row = max(0, self.row - int(number or 1))
        elif name == "J":
            assert number in ("", "0")
            self.lines = self.lines[: self.row] + [self.lines[self.row][: self.column]]
        else:
            raise AssertionError(f"an escape that nobody expects: {number}{name}")


child, terminal = pty.fork()
if child == 0:
    os.execv(program[0], program)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
screen, screens, opened = Screen(), [], None
while True:
    try:
        data = os.read(terminal, 1 << 16)
    except OSError:
        break
    if not data:
        break
    screen.feed(data.decode())
    if not screens or screens[-1] != screen.lines:
        screens.append(list(screen.lines))
    if opened is None and any(re.search(r"[1-9]\d* running", line) for line in screen.lines):
        opened = os.open(gate, os.O_RDWR | os.O_CLOEXEC)
_, status = os.waitpid(child, 0)
json.dump({"exit": os.waitstatus_to_exitcode(status), "screens": screens}, sys.stdout)
