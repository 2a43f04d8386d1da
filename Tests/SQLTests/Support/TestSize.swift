import Glibc

/// How much is tried.
enum TestSize {
  /// Whether it is as much as closes an issue.
  static let isFull = getenv("TEST_SIZE").map { String(cString: $0) } == "full"
}
