import FlintCore
import Glibc

/// How many descriptors this process may have. For tests in a process of their own.
enum DescriptorLimit {
  /// Allows `count` more than are open now.
  static func allow(_ count: Int) throws {
    // Numbers count, not descriptors: a new one gets the lowest that is free.
    let probe = dup(0)
    close(probe)
    var limit = rlimit(rlim_cur: rlim_t(probe) + rlim_t(count), rlim_max: 0)
    var old = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &old) == 0 else { throw failure }
    limit.rlim_max = old.rlim_max
    guard setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { throw failure }
  }

  private static var failure: FlintError { FlintError(.inputOutput, "the limit on descriptors cannot be set") }
}
