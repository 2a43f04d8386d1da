"""Reads the event log of an application that has ended, and its summary; prints how many lines of each kind there are.

    check.py FOLDER SUMMARY

Ends with an error when lines are missing, out of order, or do not add up.
"""

import collections
import json
import os
import sys

folder, summary_path = sys.argv[1:]
(name,) = os.listdir(folder)
with open(f"{folder}/{name}") as lines:
    events = [json.loads(line) for line in lines]
with open(summary_path) as text:
    summary = json.load(text)


def attempt(event):
    return tuple(event[key] for key in ("stage", "stageAttempt", "partition", "attempt"))


def executor(event):
    return event["executor"], event["incarnation"]


def of(*names):
    return [event for event in events if event["event"] in names]


def pairs(first, second, key):
    """Each `first` is followed by one `second` of the same key; returns the pairs."""
    opened, closed = {}, {}
    for event in events:
        if event["event"] == first:
            assert key(event) not in opened, f"{first} twice: {event}"
            opened[key(event)] = event
        elif event["event"] == second:
            assert key(event) in opened, f"{second} without {first}: {event}"
            assert key(event) not in closed, f"{second} twice: {event}"
            closed[key(event)] = event
    assert opened.keys() == closed.keys(), f"{first} without {second}: {opened.keys() - closed.keys()}"
    return [(opened[key], closed[key]) for key in opened]


assert events[0]["event"] == "applicationStarted" and events[-1]["event"] == "applicationEnded"
assert events[-1]["status"] == summary["status"]
assert events[0]["settings"]["flint.summary.path"].endswith("summary.json")
times = [event["monotonic"] for event in events]
assert times == sorted(times), "lines are out of order"

pairs("jobStarted", "jobEnded", lambda event: event["job"])
for submitted, completed in pairs("stageSubmitted", "stageCompleted", lambda event: (event["stage"], event["stageAttempt"])):
    assert completed["nanoseconds"] <= completed["monotonic"] - submitted["monotonic"] + 1_000_000_000
    (job,) = [event for event in of("jobStarted") if event["job"] == submitted["job"]]
    assert submitted["stage"] in job["stages"], f"{submitted} is not of {job}"
tries = pairs("taskStarted", "taskEnded", attempt)
for started, ended in tries:
    assert executor(started) == executor(ended)
executors = {executor(event) for event in of("executorAdded")}
assert {executor(event) for event in of("executorLost", "executorStopped")} == executors

for key in ("rowsRead", "rowsWritten", "bytesRead", "bytesWritten", "shuffleBytesRead", "shuffleBytesWritten", "spilledBytes"):
    total = sum(event.get(key, 0) for event in of("taskEnded"))
    assert total == summary[key], f"{key}: {total} in the log, {summary[key]} in the summary"
for status in ("succeeded", "failed", "killed"):
    total = sum(event["status"] == status for event in of("taskEnded"))
    assert total == summary["tasks"][status], f"{status}: {total} in the log, {summary['tasks']} in the summary"
assert summary["jobs"] == len(of("jobStarted")) and summary["stages"] == len(of("stageSubmitted"))
assert summary["partitionsRecomputed"] == sum(event.get("recomputed", False) for event in events)
assert summary["tasks"]["speculative"] == sum(event.get("speculative", False) for event in events)
assert len(summary["executorsLost"]) == len(of("executorLost"))

for name, count in sorted(collections.Counter(event["event"] for event in events).items()):
    print(name, count)
