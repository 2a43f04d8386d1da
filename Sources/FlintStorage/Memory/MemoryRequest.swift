public import FlintCore

/// A task's wish for memory. It is answered once: by a grant, by the order to spill, or by a refusal.
public struct MemoryRequest: Hashable, Sendable {
  /// Who asks.
  public let task: TaskAttempt
  /// Which of the task's requests this is.
  public let number: UInt64
  /// How much more it wants.
  public let size: ByteCount
  /// How much of what it holds it could give back by writing it to disk.
  public let spillable: ByteCount

  /// A wish for `size` more.
  public init(task: TaskAttempt, number: UInt64, size: ByteCount, spillable: ByteCount = ByteCount(0)) {
    precondition(size.bytes > 0 && spillable.bytes >= 0, "\(task) asks for \(size) and could spill \(spillable)")
    self.task = task
    self.number = number
    self.size = size
    self.spillable = spillable
  }
}
