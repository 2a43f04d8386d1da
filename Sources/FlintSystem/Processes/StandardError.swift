public import FlintCore
internal import Glibc

/// The place for what is said to people: standard output belongs to results.
public enum StandardError {
  /// Writes each line at once. Lines that cannot be written are lost: there is nowhere left to say so.
  public static let sink: LogSink = { bytes in
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
      if count < 0 && errno != EINTR { return }
      rest = rest.dropFirst(max(count, 0))
    }
  }

  /// Writes `text` and a line break.
  public static func say(_ text: String) { sink(Array((text + "\n").utf8)) }
}
