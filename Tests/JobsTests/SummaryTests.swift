import BuiltPrograms
import FlintCore
import Testing

/// The numbers of a summary against what others say of the same run.
@Suite("Summaries", .serialized)
struct SummaryTests {
  @Test(
    "rows and bytes are those of the files, and what was written for a shuffle was read", arguments: Master.allCases)
  func counts(master: Master) async throws {
    try await Workplace.use { place in
      _ = try await Shell.run(
        "python3 -B \"$1\" input --records 20000", [Job.teraSort.generator.string], in: place.folder)
      let job = try await JobRun.start(
        BuiltProgram(Job.teraSort.program, .release), ["--input", "input", "--output", "output"], on: master.rawValue,
        in: place)
      let summary = try await job.expectSuccess()
      // The input is read once more for the sample by which it is cut.
      let bytes = try await Shell.run("cat input/* | wc -c; cat output/part-* | wc -c", [], in: place.folder)
      #expect(bytes == "\(summary.bytesRead / 2)\n\(summary.bytesWritten)\n")
      #expect(summary.rowsRead == 40_000 && summary.rowsWritten == 20_000)
      #expect(summary.shuffleBytesWritten == summary.shuffleBytesRead)
      #expect(summary.spilledBytes == 0 && summary.partitionsRecomputed == 0)
      #expect(summary.tasks.failed == 0 && summary.tasks.killed == 0 && summary.tasks.speculative == 0)
      #expect(summary.cpuSeconds > 0 && summary.wallSeconds > 0)
    }
  }

  @Test("the peak of each process is what the kernel says of it")
  func memory() async throws {
    try await Workplace.use { place in
      let gate = try Gate(in: place)
      let job = try await JobRun.start(
        BuiltProgram("job-probe"), ["--scenario", "kept", "--rows", "2000000", "--driver-gate", gate.path.string],
        on: Master.cluster.rawValue, in: place)
      let log = EventLog(place: place)
      _ = try await log.first(1, .jobEnded)
      // Everything was computed: what comes behind the gate reads a little of it.
      var peaks: [String: Int] = ["driver": try Processes.peakMemory(job.identifier)]
      for added in try await log.first(2, .executorAdded) {
        let executor = try await log.executor(of: added)
        peaks["executor \(executor.id.executor) incarnation \(executor.id.incarnation)"] =
          try Processes.peakMemory(executor.process)
      }
      let summary = try await gate.opened { try await job.expectSuccess() }
      #expect(Set(summary.peakMemoryBytes.keys) == Set(peaks.keys))
      for (process, bytes) in summary.peakMemoryBytes {
        let before = try #require(peaks[process])
        #expect(bytes > 0 && bytes <= before + (32 << 20), "\(process): \(bytes), and \(before) at the gate")
        // The kernel counts pages for each processor apart, and notes a peak by those that it has added up: once memory is
        // freed it says some hundred kibibytes less than it said before.
        #expect(bytes >= before - (1 << 20), "\(process): \(bytes), and \(before) at the gate")
      }
    }
  }
}
