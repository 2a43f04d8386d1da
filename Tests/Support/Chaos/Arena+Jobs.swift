import FlintCore
import FlintSupervisor
import Foundation

/// What an application says of itself at its end.
struct Summary: Decodable {
  struct Loss: Decodable {
    var id: String
    var cause: String
  }

  struct Tasks: Decodable {
    var succeeded: Int
    var failed: Int
    var killed: Int
    var speculative: Int
  }

  var status: String
  var error: String?
  var tasks: Tasks
  var executorsLost: [Loss]
  var partitionsRecomputed: Int
  var spilledBytes: Int
}

/// The job of most scenarios: sums by key over numbers, in two stages, with a gate somewhere.
struct Sums: Sendable {
  static let partitions = 4
  let application: SupervisedApplication
  let gate: Gate?
  /// Where the driver waits when the job is done.
  let end: Gate
  var log: RunLog { application.log }
}

extension Arena {
  static let files = "flint.shuffle.memory.limit=0"
  static let memory = "flint.shuffle.memory.limit=1g"

  /// Starts the sums. `gate` is the option of the place where tasks wait: `--map-gate`, `--reduce-gate`, `--zero-gate`.
  func sums(
    gate option: String? = nil, settings: [String] = [], master: String = "local-cluster[2,1,1g]", rows: Int = 1000,
    keys: Int = 100, environment: [String: String] = [:], wrappers: [[String]] = [], output: String = "output",
    more: [String] = []
  ) async throws -> Sums {
    let closed = try option.map { _ in try gate() }
    var arguments = ["--scenario", "sums", "--rows", "\(rows)", "--keys", "\(keys)", "--output", output]
    if !more.contains("--partitions") { arguments += ["--partitions", "\(Sums.partitions)"] }
    let end = try gate("end-gate-\(started.count)")
    arguments += ["--end-gate", end.path.string]
    if let option, let closed { arguments += [option, closed.path.string] }
    let application = try await start(
      ApplicationPlan(
        program("job-probe"), arguments + more, master: master, settings: settings, environment: environment,
        wrappers: wrappers))
    return Sums(application: application, gate: closed, end: end)
  }

  /// The sums, of which each executor has a task, and with it an output, before any ends.
  func sumsOnBoth(settings: [String]) async throws -> Sums {
    let sums = try await sums(gate: "--map-gate", settings: settings)
    try await sums.log.wait(for: "taskStarted", count: 2)
    return sums
  }

  /// Lets the sums go on, and waits for their good end and the right answer.
  @discardableResult
  func succeed(
    _ sums: Sums, rows: Int = 1000, keys: Int = 100, partitions: Int = Sums.partitions, lost: Int? = 0,
    recomputed: Int? = 0
  ) async throws -> Summary {
    let end = { try await self.end(sums) }
    let summary = if let gate = sums.gate { try await gate.opened(end) } else { try await end() }
    check(summary, lost: lost, recomputed: recomputed)
    try await checkAnswer(rows: rows, keys: keys, partitions: partitions)
    return summary
  }

  /// Waits for the end of the job, looks at what is left of it while its driver waits, and lets that go.
  private func end(_ sums: Sums) async throws -> Summary {
    try await sums.log.wait(for: "jobEnded")
    if sums.application.isRunning { try await requireNothingHeld() }
    return try await sums.end.opened { try await succeed(sums.application) }
  }

  func check(_ summary: Summary, lost: Int?, recomputed: Int?) {
    if let lost {
      require(
        summary.executorsLost.count == lost, .told, "\(lost) executors were to be lost: \(summary.executorsLost)")
    }
    if let recomputed {
      require(
        summary.partitionsRecomputed == recomputed, .noStorm,
        "\(summary.partitionsRecomputed) partitions were computed again, not \(recomputed)")
    }
  }

  /// Waits for the good end of an application.
  @discardableResult
  func succeed(_ application: SupervisedApplication) async throws -> Summary {
    let exit = try await application.exit()
    guard exit.isSuccess else {
      throw FlintError(.taskFailed, "the application ended with \(exit)", why: try await application.said())
    }
    let summary = try await self.summary(of: application)
    require(summary.status == "succeeded", .told, "the summary says \(summary.status)")
    require(summary.error == nil, .told, "the summary of a success has an error: \(summary.error ?? "")")
    return summary
  }

  /// Waits for the end of an application that must fail with `code` and say all of `words`.
  @discardableResult
  func fail(_ application: SupervisedApplication, _ code: FlintError.Code, _ words: String...) async throws -> Summary {
    try await fail(application, code, words)
  }

  /// The same.
  @discardableResult
  func fail(_ application: SupervisedApplication, _ code: FlintError.Code, _ words: [String]) async throws -> Summary {
    let exit = try await application.exit(within: .seconds(240))
    let said = try await application.said()
    guard exit == .exited(1) else {
      throw FlintError(.taskFailed, "the application was to fail, and ended with \(exit)", why: said)
    }
    require(said.contains("error[\(code.rawValue)]"), .told, "no \(code.rawValue) in: \(said)")
    for word in words { require(said.contains(word), .told, "no \"\(word)\" in: \(said)") }
    let summary = try await self.summary(of: application)
    require(summary.status == "failed", .told, "the summary says \(summary.status)")
    require(summary.error?.isEmpty == false, .told, "the summary of a failure has no error")
    let names = try await context.files.status(of: output) == nil ? [] : try await context.files.list(output)
    require(names.isEmpty, .oneCommit, "a failed job has left an output: \(names)")
    return summary
  }

  func summary(of application: SupervisedApplication) async throws -> Summary {
    let bytes = try await context.files.readAll(application.summary, limit: .mebibytes(16))
    return try JSONDecoder().decode(Summary.self, from: Data(bytes))
  }

  /// Holds the output against seq and awk, and its names against what one commit of each partition leaves.
  func checkAnswer(rows: Int = 1000, keys: Int = 100, partitions: Int = Sums.partitions) async throws {
    let oracle = """
      diff <(cat output/part-* | sort) \
      <(seq 0 $(($1 - 1)) | awk -v k=$2 '{sum[$1 % k] += $1} END {for (key in sum) printf "%d\\t%d\\n", key, sum[key]}' | sort)
      """
    do {
      try await shell(oracle, ["\(rows)", "\(keys)"])
    } catch {
      require(false, .answer, "\(error)")
    }
    let names = try await context.files.list(output).sorted()
    let expected = ["_SUCCESS"] + (0..<partitions).map { "part-000\($0 < 10 ? "0" : "")\($0)" }
    require(names == expected, .oneCommit, "the output has \(names)")
  }
}
