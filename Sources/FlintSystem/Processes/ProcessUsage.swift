public import FlintCore
internal import Glibc

/// What this process and those that it started and saw end have used.
public struct ProcessUsage: Hashable, Sendable {
  /// Processor time of all of them.
  public let processorTime: Duration
  /// The most memory that this process alone has had.
  public let peakMemory: ByteCount

  /// Until now.
  public static var current: ProcessUsage {
    var (own, children) = (rusage(), rusage())
    getrusage(RUSAGE_SELF.rawValue, &own)
    getrusage(RUSAGE_CHILDREN.rawValue, &children)
    let time = [own.ru_utime, own.ru_stime, children.ru_utime, children.ru_stime].reduce(Duration.zero) {
      $0 + .seconds($1.tv_sec) + .microseconds($1.tv_usec)
    }
    return ProcessUsage(processorTime: time, peakMemory: .kibibytes(Int64(own.ru_maxrss)))
  }

  /// Processors that this process may use.
  public static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}

extension StandardError {
  /// Whether a person is likely to read it as it is written.
  public static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}
