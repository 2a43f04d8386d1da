import Flint
import Glibc

/// Jobs of no work at all, for the benchmarks of what the runtime itself costs.
@main struct BenchJobs: FlintApplication {
  enum Case: String, CaseIterable, Decodable, Sendable {
    /// A stage of `count` empty tasks.
    case tasks
    /// Sums by key over `count` rows, by a job.
    case sums
    /// The same by a loop.
    case loop
    /// One small job; says how long after `started`, in nanoseconds of the monotonic clock, its result was there.
    case startup
    /// `count` rows that are kept, and read 20 times more.
    case kept
  }

  enum Level: String, CaseIterable, Decodable, Sendable {
    case rows, bytes
  }

  struct Options: ApplicationOptions {
    var `case` = Case.tasks
    var count = 100_000
    var started = 0
    var level = Level.rows
  }

  static func run(_ flint: Session, _ options: Options) async throws {
    switch options.case {
    case .tasks:
      // The executors are there and have run something before the watch starts.
      _ = try await flint.range(0..<2, partitions: 2).count()
      let started = nanoseconds()
      try await flint.range(0..<options.count, partitions: options.count).foreachPartition { _ in }
      print("rate=\(options.count * 1_000_000_000 / (nanoseconds() - started))")
    case .sums:
      let (groups, sum) = try await RowSums.job(flint, options.count)
      print("groups=\(groups) sum=\(Int(sum))")
    case .loop:
      let (groups, sum) = RowSums.loop(options.count)
      print("groups=\(groups) sum=\(Int(sum))")
    case .startup:
      let sum = try await flint.range(0..<1000, partitions: 2).map { $0 + 1 }.reduce(+)
      let now = nanoseconds()
      guard sum == 500_500 else { throw WrongSum(sum: sum ?? 0) }
      print("first=\(now - options.started)")
    case .kept:
      let rows = flint.range(0..<options.count, partitions: 8)
        .map { (["Aare", "Birs", "a longer river's name"][$0 % 3], $0, Double($0)) }
        .persist(options.level == .rows ? .memoryOnly : .memoryOnlySerialized)
      var sum = 0
      for _ in 0...20 { sum += try await rows.count() }
      print("rows=\(sum)")
    }
  }

  private static func nanoseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}

struct WrongSum: Error {
  var sum: Int
}
