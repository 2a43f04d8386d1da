/// What waits to be sent on one event stream. On the loop.
final class HTTPEventFeed {
  /// What the library gets when it asks for bytes.
  enum Answer: Equatable {
    case bytes(Int)
    /// There are none at the moment.
    case none
    case end
  }

  private let limit: Int
  private var bytes: [UInt8] = []
  private var taken = 0
  private var isFinished = false
  private var isOver = false
  private var ends: [@Sendable () -> Void] = []
  /// Called when there is something to take, or the end.
  var wake: () -> Void = {}

  /// A feed in which at most `limit` bytes wait.
  init(limit: Int) { self.limit = limit }

  func send(_ data: String, event: String?) {
    guard !isFinished else { return }
    if let event { bytes += "event: \(HTTPEventFeed.oneLine(event))\n".utf8 }
    // A line break inside the data begins another line of the same event.
    for line in data.split(separator: "\n", omittingEmptySubsequences: false) {
      bytes += "data: \(HTTPEventFeed.oneLine(line))\n".utf8
    }
    bytes.append(UInt8(ascii: "\n"))
    grown()
  }

  /// Shows the client that the stream lives, and this side whether the client does.
  func showLife() {
    guard !isFinished else { return }
    bytes += ":\n\n".utf8
    grown()
  }

  func finish() {
    isFinished = true
    wake()
  }

  func onEnd(_ call: @escaping @Sendable () -> Void) {
    if isOver { call() } else { ends.append(call) }
  }

  /// The connection is gone.
  func close() {
    guard !isOver else { return }
    isOver = true
    isFinished = true
    bytes = []
    wake = {}
    let calls = ends
    ends = []
    for call in calls { call() }
  }

  func take(into room: UnsafeMutableRawBufferPointer) -> Answer {
    let count = min(room.count, bytes.count - taken)
    guard count > 0 else { return isFinished ? .end : .none }
    bytes.withUnsafeBytes { room.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[taken..<taken + count])) }
    taken += count
    if taken == bytes.count {
      bytes.removeAll(keepingCapacity: true)
      taken = 0
    }
    return .bytes(count)
  }

  private func grown() {
    if bytes.count - taken > limit {
      bytes = []
      taken = 0
      isFinished = true
    }
    wake()
  }

  private static func oneLine(_ text: some StringProtocol) -> String {
    text.unicodeScalars.contains { $0 == "\n" || $0 == "\r" }
      ? String(text.map { $0.isNewline ? " " : $0 }) : String(text)
  }
}
