import Flint
import Glibc

/// The start of the probe: its executors die here when they are told to.
@main enum Start {
  static func main() {
    if getenv("PROBE_DIES") != nil, getenv("FLINT_ROLE") != nil { fatalError("not today") }
    ExecutorProbe.main()
  }
}

/// An application whose tasks and processes die in every way.
struct ExecutorProbe: FlintApplication {
  enum Way: String, Decodable, CaseIterable, Sendable {
    /// A task calls `fatalError`.
    case trap
    /// A task runs out of its stack.
    case overflow
    /// An executor is killed between two jobs.
    case kill
    /// The driver is killed.
    case orphan
  }

  struct Options: Decodable, Sendable {
    var way: Way
  }

  static let summary = "Dies."

  static func run(_ flint: Session, _ options: Options) async throws {
    let numbers = flint.range(0..<100, partitions: 4)
    switch options.way {
    case .trap:
      _ = try await numbers.map { number -> Int in
        if number == 60 { fatalError("the sixtieth") }
        return number
      }.collect()
    case .overflow: _ = try await numbers.map { number in number == 60 ? depth(below: number) : number }.collect()
    case .kill:
      let processes = Set(try await numbers.map { _ in Int(getpid()) }.collect())
      Glibc.kill(pid_t(processes.min() ?? 0), SIGKILL)
      let sum = try await numbers.collect().reduce(0, +)
      print("\(processes.contains(Int(getpid()))) \(sum)")
    case .orphan:
      let processes = Set(try await numbers.map { _ in Int(getpid()) }.collect())
      print(processes.sorted().map { "\($0)" }.joined(separator: " "))
      fflush(nil)
      Glibc.kill(getpid(), SIGKILL)
    }
  }

  /// Never returns: there is always more below.
  private static func depth(below number: Int) -> Int { number < 0 ? 0 : 1 + depth(below: number + 1) % 7 }
}
