public import FlintCore

/// The event log of one application, read while it grows. Faults wait for its events, and never for time.
public struct RunLog: Sendable {
  /// The folder with the log's one file.
  public let folder: FilePath
  private let context: NodeContext
  private let patience: Duration
  /// More than any log of a run under test has.
  private static let longest = ByteCount.gibibytes(1)

  /// - Parameter patience: how long an event is waited for, on a machine that has other work too.
  public init(in folder: FilePath, context: NodeContext, patience: Duration = .seconds(60)) {
    self.folder = folder
    self.context = context
    self.patience = patience
  }

  /// All whole lines that are there now.
  public func events() async throws -> [RunEvent] {
    guard try await context.files.status(of: folder) != nil else { return [] }
    var events: [RunEvent] = []
    for name in try await context.files.list(folder) {
      let bytes = try await context.files.readAll(folder / name, limit: Self.longest)
      // What stands behind the last line break is only a part of a line.
      let whole = bytes.lastIndex(of: UInt8(ascii: "\n")).map { bytes[..<$0] } ?? []
      events += whole.split(separator: UInt8(ascii: "\n")).compactMap { RunEvent(line: $0) }
    }
    return events
  }

  /// Waits for `count` events of one name, and returns all that are there then.
  ///
  /// Throws `deadline-exceeded` with the log's last events.
  @discardableResult
  public func wait(
    for name: String, count: Int = 1, where isWanted: @Sendable (RunEvent) -> Bool = { _ in true }
  ) async throws -> [RunEvent] {
    let deadline = context.time.now.advanced(by: patience)
    while true {
      let found = try await events().filter { $0.name == name && isWanted($0) }
      if found.count >= count { return found }
      guard context.time.now < deadline else {
        let last = try await events().suffix(30).map(\.description).joined(separator: "\n")
        throw FlintError(.deadlineExceeded, "\(count) events \(name) never came; the last ones are:\n\(last)")
      }
      try await context.time.sleep(for: .milliseconds(3))
    }
  }
}
