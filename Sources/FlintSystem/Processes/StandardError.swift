internal import CFlint
public import FlintCore
internal import Glibc
internal import Synchronization

/// The place for what is said to people: standard output belongs to results.
public enum StandardError {
  private static let standing = Mutex(StandingLines())

  /// Writes each line at once. Lines that cannot be written are lost: there is nowhere left to say so.
  public static let sink: LogSink = { bytes in
    standing.withLock { put($0.say(bytes)) }
  }

  /// Writes `text` and a line break.
  public static func say(_ text: String) { sink(Array((text + "\n").utf8)) }

  /// Lets `lines` stand below all that is said, instead of those that stood there before; no lines remove them. For terminals
  /// only.
  public static func stand(_ lines: [String]) {
    let columns = Int(flint_terminal_columns(STDERR_FILENO))
    // A terminal goes to its next line after the last column.
    standing.withLock { put($0.stand(lines, width: columns > 1 ? columns - 1 : .max)) }
  }

  /// Whether a person is likely to read it as it is written.
  public static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  private static func put(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
      if count < 0 && errno != EINTR { return }
      rest = rest.dropFirst(max(count, 0))
    }
  }
}
