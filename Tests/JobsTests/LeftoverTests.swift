import BuiltPrograms
import FlintCore
import Testing

/// What an application that goes on has left of the jobs that it has had.
@Suite("Leftovers", .serialized)
struct LeftoverTests {
  @Test("jobs that are over leave no file on a node and no descriptor in a process", arguments: Master.allCases)
  func none(master: Master) async throws {
    try await Workplace.use { place in
      let (gate, lastGate) = (try Gate(in: place), try Gate("last-gate", in: place))
      let job = try await JobRun.start(
        BuiltProgram("job-probe"),
        [
          "--scenario", "again", "--rows", "300000", "--partitions", "2", "--driver-gate", gate.path.string,
          "--last-gate", lastGate.path.string,
        ], on: master.rawValue, settings: ["flint.shuffle.memory.limit=0"], in: place)
      let before = try await leftovers(of: job, rounds: 3, place)
      let after = try await gate.opened { try await leftovers(of: job, rounds: 12, place) }
      // Connections between executors come with the first need, files and streams of nine rounds would be dozens.
      for (process, count) in after {
        #expect(count <= (before[process] ?? 0) + 4, "\(process): \(before) and \(after)")
      }
      _ = try await lastGate.opened { try await job.expectSuccess() }
      try await place.expectNothingLeft(of: job)
    }
  }

  /// The descriptors of each process of a job once so many rounds are over and their files are gone.
  private func leftovers(of job: JobRun, rounds: Int, _ place: Workplace) async throws -> [Int32: Int] {
    let log = EventLog(place: place)
    // A round has five jobs, and two exchanges.
    _ = try await log.first(5 * rounds, .jobEnded)
    _ = try await log.first(2 * rounds, .shuffleReleased)
    var files = ""
    let isEmpty = try await eventually {
      files = try await Shell.run("find nodes -type f", [], in: place.folder)
      return files.isEmpty
    }
    #expect(isEmpty, "left after \(rounds) rounds: \(files)")
    var counts: [Int32: Int] = [:]
    for process in Processes.running(job.program) { counts[process] = Processes.descriptorCount(process) }
    #expect(counts.keys.contains(job.identifier))
    return counts
  }
}
