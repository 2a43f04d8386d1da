import Flint
import FlintChaos
import FlintCore
import Foundation
import Scenarios

/// An application whose tasks stop at gates, so that tests can kill at a known moment.
struct JobProbe: FlintApplication {
  enum Scenario: String, CaseIterable, Decodable, Sendable {
    /// Sums by key, in two stages.
    case sums
    /// Counts rows that are kept, three times, with a gate of the driver after the first.
    case kept
    /// Kept rows that are let go, a long result, a stage that need not run again.
    case seen
    /// Sums and what `seen` does again and again: three times before the driver's gate, nine times before the last one.
    case again
    /// A closure that throws for one row, as often as `failures` says.
    case throwing
    /// A closure that ends its process.
    case trapping
    /// A closure that captures an actor, or an open file.
    case unshippable, fileHandle
    /// Sorts long rows into an output, for which it needs more memory than there is.
    case sorting
    /// Collects all rows.
    case collecting
    /// A lineage of as many steps as `rows` says.
    case deep
    /// Sums sums, in three stages.
    case chain
    /// A job is cancelled whose task hears nothing, then another one runs.
    case deaf
    /// The first row waits at a gate, as often as `failures` says.
    case slow
    /// Two jobs read one exchange; the first of them is cancelled.
    case shared
    /// Rows get keys by the order of their arrival, others than before as often as `failures` says; then they are added up.
    case dealt
    /// An output; the first row waits at the first gate, as often as `failures` says, and the last one at the last gate.
    case copies
    /// The row 7 takes much memory for a moment, as often as `failures` says.
    case hog
    /// Reads rows one by one, with a gate of the driver after the first.
    case reading
    /// Sorts texts of which 60 of 100 are the same, and counts them by key.
    case hotKey
    /// A function that holds as many megabytes as `rows` says.
    case hoarding
    /// A driver whose main actor is blocked.
    case blocked
    /// Every operator of datasets once, over files in the folder `input`.
    case operators
    /// The job of the named scenario, `job`, over the folder `ground`.
    case named
  }

  enum Level: String, CaseIterable, Decodable, Sendable {
    case memoryOnly, memoryAndDisk, memoryOnly2, memoryAndDisk2, memoryAndDiskSerialized2, diskOnly2

    var level: StorageLevel {
      switch self {
      case .memoryOnly: .memoryOnly
      case .memoryAndDisk: .memoryAndDisk
      case .memoryOnly2: .memoryOnly2
      case .memoryAndDisk2: .memoryAndDisk2
      case .memoryAndDiskSerialized2: .memoryAndDiskSerialized2
      case .diskOnly2: .diskOnly2
      }
    }
  }

  struct Options: ApplicationOptions {
    var scenario = Scenario.sums
    var output: String?
    var rows = 1000
    var keys = 100
    var partitions = 4
    /// Where every task of the first stage waits.
    var mapGate: String?
    /// Where the task of the first stage waits that has the first row.
    var firstGate: String?
    /// Where every task of the second stage waits.
    var reduceGate: String?
    /// Where the task waits that has the key 0.
    var zeroGate: String?
    var driverGate: String?
    var lastGate: String?
    /// Where the driver waits when its jobs are done.
    var endGate: String?
    var failures: String?
    /// Where kept rows are kept.
    var level = Level.memoryAndDisk
    var job: String?
    var ground: String?
  }

  static func run(_ flint: Session, _ options: Options) async throws {
    switch options.scenario {
    case .sums: try await sums(flint, options)
    case .kept: try await kept(flint, options)
    case .seen: try await seen(flint, options)
    case .again: try await again(flint, options)
    case .throwing: try await throwing(flint, options)
    case .trapping: try await trapping(flint, options)
    case .unshippable: try await unshippable(flint, options)
    case .fileHandle: try await fileHandle(flint, options)
    case .sorting: try await sorting(flint, options)
    case .collecting: print(try await flint.range(0..<options.rows).collect().count)
    case .deep: try await deep(flint, options)
    case .chain: try await chain(flint, options)
    case .deaf: try await deaf(flint, options)
    case .slow: try await slow(flint, options)
    case .shared: try await shared(flint, options)
    case .dealt: try await dealt(flint, options)
    case .copies: try await copies(flint, options)
    case .hog: try await hog(flint, options)
    case .reading: try await reading(flint, options)
    case .hotKey: try await hotKey(flint, options)
    case .hoarding: try await hoarding(flint, options)
    case .blocked:
      print(try await flint.range(0..<options.rows).count())
      await MainActor.run { Gate.pass(options.driverGate) }
    case .operators: try await operators(flint, options)
    case .named: try await named(flint, options)
    }
    FaultWatch.noteEnd()
    Gate.pass(options.endGate)
  }

  private static func named(_ flint: Session, _ options: Options) async throws {
    guard let scenario = options.job.flatMap({ Scenarios.named($0) }) else {
      throw FlintError(.invalidArgument, "there is no scenario \(options.job ?? "without a name")")
    }
    // Who gets which task is for the scheduler to decide, and not for who started first.
    if !scenario.faults.contains(where: { $0.trigger.event == "executorAdded" }) {
      while FaultWatch.executorCount ?? .max < scenario.cluster.executorCount {
        _ = try await flint.range(0..<1, partitions: 1).count()
      }
    }
    FaultWatch.arm()
    let lines = try await scenario.job.run(flint, ScenarioJob.Ground(shared: options.ground ?? "ground"))
    for line in lines { print(line) }
  }

  private static func sums(_ flint: Session, _ options: Options) async throws {
    let (keys, step) = (options.keys, max(1, options.rows / options.partitions))
    let (mapGate, firstGate) = (options.mapGate, options.firstGate)
    let (reduceGate, zeroGate) = (options.reduceGate, options.zeroGate)
    let lines =
      flint.range(0..<options.rows, partitions: options.partitions)
      .map { number in
        if number % step == 0 { Gate.pass(mapGate) }
        if number == 0 { Gate.pass(firstGate) }
        return (number % keys, number)
      }
      .reduceByKey(+)
      .map { key, sum in
        Gate.pass(reduceGate)
        if key == 0 { Gate.pass(zeroGate) }
        return "\(key)\t\(sum)"
      }
    if let output = options.output {
      try await lines.saveAsTextFile(output)
    } else {
      for line in try await lines.collect() { print(line) }
    }
  }

  private static func kept(_ flint: Session, _ options: Options) async throws {
    let (mapGate, step) = (options.mapGate, max(1, options.rows / options.partitions))
    let rows = flint.range(0..<options.rows, partitions: options.partitions).map { number in
      if number % step == 0 { Gate.pass(mapGate) }
      return number * 3
    }.persist(options.level.level)
    print(try await rows.count())
    Gate.pass(options.driverGate)
    print(try await rows.count())
    print(try await rows.count())
  }

  private static func seen(_ flint: Session, _ options: Options) async throws {
    let rows = flint.range(0..<options.rows, partitions: options.partitions).persist()
    print(try await rows.count())
    print(try await rows.collect().count)
    let sums = rows.map { ($0 % 10, $0) }.reduceByKey(+)
    for _ in 0..<2 { print(try await sums.count()) }
    rows.unpersist()
  }

  private static func again(_ flint: Session, _ options: Options) async throws {
    for (rounds, gate) in [(3, options.driverGate), (9, options.lastGate)] {
      for _ in 0..<rounds {
        try await seen(flint, options)
        try await sums(flint, options)
      }
      Gate.pass(gate)
    }
  }

  private static func throwing(_ flint: Session, _ options: Options) async throws {
    let tokens = options.failures ?? ""
    let count = try await flint.range(0..<options.rows, partitions: options.partitions).map { number in
      if number == 7, Token.take(tokens) { throw Unlucky(number: number) }
      return number
    }.count()
    print(count)
  }

  private static func trapping(_ flint: Session, _ options: Options) async throws {
    let tokens = options.failures ?? ""
    let count = try await flint.range(0..<options.rows, partitions: options.partitions).map { number in
      if number == 7, Token.take(tokens) { fatalError("the probe traps at \(number)") }
      return number
    }.count()
    print(count)
  }

  private static func unshippable(_ flint: Session, _ options: Options) async throws {
    let file = OpenThing()
    print(try await flint.range(0..<options.rows).map { $0 + file.number }.count())
  }

  private static func fileHandle(_ flint: Session, _ options: Options) async throws {
    let file = FileHandle(forReadingAtPath: "/dev/null")
    print(try await flint.range(0..<options.rows).map { $0 + Int(try file?.offset() ?? 0) }.count())
  }

  private static func sorting(_ flint: Session, _ options: Options) async throws {
    let padding = String(repeating: "0123456789abcdef", count: 6)
    let rows = flint.range(0..<options.rows, partitions: options.partitions)
      .map { number in
        let key = (number &* 2_654_435_761) % 1_000_003
        return (key, "\(number) \(padding)")
      }
      .sortByKey(partitions: options.partitions)
    try await rows.map { "\($0) \($1)" }.saveAsTextFile(options.output ?? "output")
  }

  private static func deep(_ flint: Session, _ options: Options) async throws {
    var numbers = flint.range(0..<100, partitions: 2)
    for _ in 0..<options.rows { numbers = numbers.map { $0 + 1 } }
    print(try await numbers.reduce(+) ?? 0)
  }
}

struct Unlucky: Error {
  var number: Int
}

/// What cannot travel: an actor.
actor OpenThing {
  nonisolated let number = 1
}
