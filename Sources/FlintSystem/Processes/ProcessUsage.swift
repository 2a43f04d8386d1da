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
    return ProcessUsage(processorTime: time, peakMemory: peakMemory)
  }

  /// The most memory that this process has had resident since its program began.
  ///
  /// What `getrusage` says of it counts the process that started this one, which may have been larger.
  public static var peakMemory: ByteCount {
    let file = open("/proc/self/status", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return ByteCount(0) }
    defer { close(file) }
    let text = String(unsafeUninitializedCapacity: 4096) { max(0, read(file, $0.baseAddress, $0.count)) }
    for line in text.split(separator: "\n") where line.hasPrefix("VmHWM:") {
      return .kibibytes(line.split { $0 == " " || $0 == "\t" }.dropFirst().first.flatMap { Int64($0) } ?? 0)
    }
    return ByteCount(0)
  }

  /// Processors that this process may use.
  public static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
