import BuiltPrograms
import Glibc

/// How much the tests do: `TEST_SIZE` is `ci` or `full`.
enum TestSize {
  static let isFull = getenv("TEST_SIZE").map { String(cString: $0) } == "full"

  /// The builds of jobs that are tried.
  static let builds: [BuiltProgram.Build] = [.release, .debug]
}
