import BuiltPrograms
import FlintCore
import FlintSystem
import Glibc
import Testing

/// Executors as processes: who may start them, what they share with their driver, and how they end.
struct ExecutorTests {
  @Test("equal keys hash alike in driver and executor, differently in two applications")
  func equalHashes() async throws {
    // The variable would make the seeds of all processes zero, and two applications alike.
    let environment = ["SWIFT_DETERMINISTIC_HASHING": "1"]
    let first = try await ProgramRun.run("launch-probe", ["--scenario=hashes"], environment: environment)
    let second = try await ProgramRun.run("launch-probe", ["--scenario=hashes"], environment: environment)
    #expect(first.output.hasPrefix("equal "), "\(first.output)\(first.errorOutput)")
    #expect(second.output.hasPrefix("equal "), "\(second.output)\(second.errorOutput)")
    #expect(first.output != second.output)
  }

  @Test("an executor is another process, without arguments, and hides its mark from what it starts")
  func surroundings() async throws {
    let process = try await ProgramRun.launch("launch-probe", ["--scenario=surroundings"])
    var output = ""
    for try await chunk in process.output { output += String(decoding: chunk, as: UTF8.self) }
    #expect(try await process.exit() == .exited(0))
    let words = output.split(separator: " ")
    #expect(Int32(words.first ?? "").map { $0 != process.identifier } == true)
    #expect(output.hasSuffix(" [] unmarked\n"))
  }

  @Test("what user code prints on an executor goes to standard error, and its input is empty")
  func noise() async throws {
    let run = try await ProgramRun.run("launch-probe", ["--scenario=noise"])
    #expect(run.output == "no input\n")
    #expect(run.errorOutput == "printed by an executor\n")
  }

  @Test("an error on the executor reaches the driver with its code; another error becomes one of user code")
  func failures() async throws {
    #expect(try await ProgramRun.run("launch-probe", ["--scenario=failure"]).output == "corrupt-data: what, why\n")
    let own = try await ProgramRun.run("launch-probe", ["--scenario=own-failure"])
    #expect(own.output == "user-code: user code threw OwnError(), \n")
  }

  @Test("an executor that dies is an error that says how, not a wait")
  func crash() async throws {
    let run = try await ProgramRun.run("launch-probe", ["--scenario=crash"])
    #expect(run.output.hasPrefix("connection-lost: the executor ended before its answer, "))
    #expect(run.output.contains("signal 9"))
  }

  @Test("an answer above the limit on frames is refused on the executor, and the driver is told")
  func flood() async throws {
    #expect(try await ProgramRun.run("launch-probe", ["--scenario=flood"]).output.hasPrefix("resource-exhausted: "))
  }

  @Test("an executor that does not answer in time is killed")
  func deadline() async throws {
    let run = try await ProgramRun.run("launch-probe", ["--scenario=busy", "--deadline=300ms"])
    #expect(run.output == "deadline-exceeded: driver: an executor's answer took longer than 300ms, \n")
    let executor = try #require(Int32(run.errorOutput.dropFirst("busy ".count).dropLast()))
    #expect(await isGone(executor))
  }

  @Test("an executor that computes does not outlive a driver that was killed")
  func driverKilled() async throws {
    let process = try await ProgramRun.launch("launch-probe", ["--scenario=busy"])
    var said = ""
    for try await chunk in process.errorOutput {
      said += String(decoding: chunk, as: UTF8.self)
      if said.hasSuffix("\n") { break }
    }
    let executor = try #require(Int32(said.dropFirst("busy ".count).dropLast()))
    process.send(.kill)
    #expect(try await process.exit() == .signalled(9))
    #expect(await isGone(executor))
  }

  @Test("an executor starts no executors")
  func nested() async throws {
    let run = try await ProgramRun.run("launch-probe", ["--scenario=nested"])
    #expect(run.output.hasPrefix("executors-unavailable: an executor cannot start executors, "))
  }

  @Test("a program that is no application gets an error, not a copy of itself that would read its globals as zero")
  func stranger() async throws {
    let run = try await ProgramRun.run("stranger")
    #expect(run.output == "started\na global travels: false\nexecutors-unavailable\n")
    #expect(run.exit == .exited(0))
  }

  @Test("a program that is marked as an executor by hand says so and ends")
  func markedByHand() async throws {
    let mark = ["FLINT_ROLE": "executor"]
    let run = try await ProgramRun.run("launch-probe", ["--scenario=hashes"], environment: mark)
    #expect(run.exit == .exited(2))
    #expect(run.output.isEmpty)
    #expect(run.errorOutput.contains("this process cannot be an executor"))
  }

  @Test("an executor whose parent does not speak as a driver ends before it runs anything")
  func noDriver() async throws {
    let process = try await ProgramRun.launch(
      "launch-probe", [], environment: ["FLINT_ROLE": "executor"], pipesInput: true)
    try await process.write(Array("GET / HTTP/1.1\r\n\r\n".utf8))
    #expect(try await process.exit() == .exited(2))
    var said = ""
    for try await chunk in process.errorOutput { said += String(decoding: chunk, as: UTF8.self) }
    #expect(said.contains("a frame does not start as one"))
  }

  /// Whether the process ends within a minute.
  private func isGone(_ identifier: Int32) async -> Bool {
    guard let time = try? SystemTime() else { return false }
    let deadline = time.now.advanced(by: .seconds(60))
    while kill(identifier, 0) == 0 {
      guard time.now < deadline else { return false }
      try? await time.sleep(for: .milliseconds(1))
    }
    return true
  }
}
