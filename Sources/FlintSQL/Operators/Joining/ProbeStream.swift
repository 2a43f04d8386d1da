internal import FlintColumns
internal import FlintCore

/// The rows that a join gives of left rows and a table with all right ones that may have their keys.
final class ProbeStream: BatchStream {
  private let probe: JoinProbe
  private let left: any BatchStream
  private let memory: StageMemory?
  private var isAtEnd = false

  init(_ probe: JoinProbe, _ left: any BatchStream, _ memory: StageMemory?) {
    self.probe = probe
    self.left = left
    self.memory = memory
  }

  func next() async throws -> Batch? {
    while !isAtEnd {
      if !probe.isDone {
        try memory?.checkCancellation()
        if let rows = try probe.next() { return rows }
      } else if let batch = try await left.next() {
        if batch.rowCount > 0 { try probe.look(up: batch) }
      } else {
        isAtEnd = true
        return try probe.unmatchedRight()
      }
    }
    return nil
  }
}
