import BuiltPrograms
import FlintCore
import FlintSystem
import Testing

/// Disks that are full, and files that are damaged or gone, under a whole job.
@Suite("Disks", .serialized)
struct DiskTests {
  private static let files = "flint.shuffle.memory.limit=0"
  private static let canMount = SmallDisk.canMount
  private static let skipped: Comment = "skipped: mounting a tmpfs is not permitted here"

  // MARK: Full

  /// What fills a disk of 4 MiB under the nodes.
  enum Filler: CaseIterable {
    case mapOutput, spill

    var arguments: [String] {
      switch self {
      // Pairs of numbers: 16 bytes each before compression.
      case .mapOutput: ["--scenario", "sums", "--rows", "4000000", "--keys", "4000000", "--output", "output"]
      case .spill: ["--scenario", "sorting", "--rows", "400000", "--output", "output"]
      }
    }

    var master: String {
      switch self {
      case .mapOutput: "local-cluster[2,1,1g]"
      case .spill: "local-cluster[2,1,32m]"
      }
    }
  }

  @Test(
    "full under map outputs or what is spilled: one clear error, and nothing is left",
    .enabled(if: canMount, skipped), arguments: Filler.allCases)
  func full(filler: Filler) async throws {
    try await Workplace.use { place in
      try await SmallDisk.use(mebibytes: 4, at: place.nodes, in: place) {
        let job = try await JobRun.start(
          BuiltProgram("job-probe"), filler.arguments, on: filler.master, settings: [Self.files], in: place)
        try await expectDiskFull(job, place)
      }
    }
  }

  @Test("full under the output: one clear error, and nothing is left", .enabled(if: canMount, skipped))
  func fullOutput() async throws {
    try await Workplace.use { place in
      try await SmallDisk.use(mebibytes: 1, at: place.folder / "input", in: place) {
        let job = try await JobRun.start(
          BuiltProgram("job-probe"),
          ["--scenario", "sums", "--rows", "400000", "--keys", "400000", "--output", "input/output"],
          on: Master.cluster.rawValue, in: place)
        try await expectDiskFull(job, place)
        #expect(try await place.files.list(place.folder / "input").isEmpty)
      }
    }
  }

  private func expectDiskFull(_ job: JobRun, _ place: Workplace) async throws {
    let said = try await job.expectFailure()
    #expect(said.contains("error[disk-full]") && said.contains("JobProbe.swift"), "\(said)")
    let summary = try await JobSummary(place)
    #expect(summary.status == "failed" && summary.executorsLost.isEmpty, "\(said)")
    #expect(try await place.files.status(of: place.output) == nil)
    let ends = try await EventLog(place: place).events().filter { $0.name == .taskEnded }
    #expect(ends.contains { $0.text("failure") == "diskFull" })
    try await place.expectNothingLeft(of: job)
  }

  // MARK: Damaged

  /// Where in a file of a map output a byte is flipped.
  enum Place: CaseIterable {
    case header, rows, end

    /// The byte's number, as a sum that the shell does over the size of the file.
    var offset: String {
      switch self {
      case .header: "10"
      case .rows: "size / 3"
      case .end: "size - 2"
      }
    }
  }

  @Test("a byte that flips in one map output: exactly that one is computed again", arguments: Place.allCases)
  func flipped(at byte: Place) async throws {
    try await Workplace.use { place in
      let run = try await stoppedBeforeReading(place)
      let output = try #require(run.outputs.first)
      let directory = try await run.log.directory(of: try await run.log.executor(of: output))
      let script = """
        file=$(find "$1" -type f | sort | head -n 1); size=$(stat -c %s "$file"); at=$((\(byte.offset)))
        python3 -c 'import os, sys
        file, at = os.open(sys.argv[1], os.O_RDWR), int(sys.argv[2])
        os.pwrite(file, bytes([os.pread(file, 1, at)[0] ^ 4]), at)' "$file" "$at"
        """
      _ = try await Shell.run(script, [directory], in: place.folder)
      let summary = try await run.gate.opened { try await run.job.expectSuccess() }
      #expect(summary.partitionsRecomputed == 1)
      #expect(summary.executorsLost.isEmpty)
      try await expectAnswer(place, run.job)
    }
  }

  @Test(
    "a directory with map outputs that is removed: exactly those are computed again, also when its executor writes there",
    arguments: [true, false])
  func removed(writesThere: Bool) async throws {
    try await Workplace.use { place in
      let run = try await stoppedBeforeReading(place)
      let victim = try #require(run.executors.first { ($0.id == run.writing) == writesThere })
      let lost = run.outputs.count { $0.number("node") == victim.node }
      _ = try await Shell.run("rm -r \"$1\"", [try await run.log.directory(of: victim)], in: place.folder)
      let summary = try await run.gate.opened { try await run.job.expectSuccess() }
      #expect(summary.partitionsRecomputed == lost)
      #expect(summary.executorsLost.isEmpty)
      try await expectAnswer(place, run.job)
    }
  }

  /// A job whose first map task is held back when all others have written their outputs into files.
  private struct Stopped {
    let job: JobRun
    let log: EventLog
    let gate: Gate
    let outputs: [JobEvent]
    let executors: [ExecutorProcess]
    /// Who has the task that is held back.
    let writing: ExecutorProcess.Key
  }

  private func stoppedBeforeReading(_ place: Workplace) async throws -> Stopped {
    let gate = try Gate(in: place)
    let job = try await JobRun.start(
      BuiltProgram("job-probe"),
      ["--scenario", "sums", "--partitions", "6", "--output", "output", "--first-gate", gate.path.string],
      on: Master.cluster.rawValue, settings: [Self.files], in: place)
    let log = EventLog(place: place)
    let outputs = try await log.first(5, .mapOutputRegistered)
    let first = try await log.first(1, .taskStarted) { $0.number("partition") == 0 }[0]
    var executors: [ExecutorProcess] = []
    for added in try await log.first(2, .executorAdded) { executors.append(try await log.executor(of: added)) }
    return Stopped(
      job: job, log: log, gate: gate, outputs: outputs, executors: executors, writing: try #require(first.executor))
  }

  private func expectAnswer(_ place: Workplace, _ job: JobRun) async throws {
    let oracle = "seq 0 999 | awk '{s[$1 % 100] += $1} END {for (k in s) print k \"\\t\" s[k]}' | sort"
    _ = try await Shell.run("diff <(cat output/part-* | sort) <(\(oracle))", [], in: place.folder)
    try await place.expectNothingLeft(of: job)
  }
}
