internal import FlintCore
public import FlintTasks

/// What one table or buffer of a task has of the executor's memory. It asks in steps, so that few batches have to ask.
public final class TaskMemory {
  /// Bytes that it may use.
  public private(set) var held = 0
  private let context: any TaskContext

  /// None yet.
  public init(_ context: any TaskContext) {
    self.context = context
  }

  /// Makes sure that `needed` bytes may be used. False when the memory is wanted elsewhere: then its owner writes to disk what
  /// it can, calls ``shrink(to:)``, and asks again.
  ///
  /// - Parameter spillable: how much its owner could give back by that; with 0 it waits, and throws
  ///   `memory-budget-exceeded` when there is none to wait for.
  public func grow(to needed: Int, spillable: Int) async throws -> Bool {
    guard needed > held else { return true }
    let missing = needed - held
    // Ahead of the need, as long as somebody gives it freely.
    let ahead = max(missing, min(max(Self.step, held / 4), 16 * Self.step))
    if ahead > missing, spillable > 0 {
      if case .granted = try await context.acquireMemory(
        ByteCount(Int64(ahead)), spillable: ByteCount(Int64(spillable)))
      {
        held += ahead
        return true
      }
    }
    switch try await context.acquireMemory(ByteCount(Int64(missing)), spillable: ByteCount(Int64(spillable))) {
    case .granted:
      held += missing
      return true
    case .mustSpill: return false
    }
  }

  /// Gives back all but `kept` bytes.
  public func shrink(to kept: Int = 0) async {
    guard held > kept else { return }
    let surplus = held - kept
    held = kept
    await context.releaseMemory(ByteCount(Int64(surplus)))
  }

  private static let step = 1 << 20
}
