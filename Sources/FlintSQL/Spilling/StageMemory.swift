internal import FlintColumns
internal import FlintCore
internal import FlintShuffle
internal import FlintTasks

/// The memory of one stage in one task: where its vectors lie, and what of it is granted by the executor.
///
/// What passes through is bounded by the size of batches. Operators that gather rows ask before they gather more; told that
/// there is no more, they write to disk what they have.
final class StageMemory {
  /// Where the vectors lie. It ends what nobody has asked for and no batch explains.
  let columns: ColumnMemory
  /// Bytes of rows that are worth a block on disk.
  let blockSize: Int
  private let context: any TaskContext
  private static let smallestBlock: Int64 = 16 << 10
  private static let largestBlock: Int64 = 2 << 20
  private let granted: TaskMemory

  init(_ context: any TaskContext) {
    self.context = context
    let limit = ByteCount(context.memoryLimit.bytes + context.limits.memoryBeside.bytes)
    columns = ColumnMemory(budget: MemoryBudget(limit: limit), idle: context.idleSlabs)
    let block = context.memoryLimit.bytes / Int64(8 * Gathering.partCount)
    blockSize = Int(min(max(block, Self.smallestBlock), Self.largestBlock))
    granted = TaskMemory(context)
  }

  /// Whether the vectors that there are may stay, and `extra` bytes come. If not, the asker gives back what it can.
  ///
  /// - Parameter spillable: about what the asker could give back; with 0 this waits, and throws `memory-budget-exceeded` when
  ///   there is nothing to wait for.
  func hasRoom(for extra: Int, spillable: Int) async throws -> Bool {
    do {
      return try await granted.grow(to: used + extra, spillable: min(spillable, granted.held))
    } catch let error as FlintError where error.code == .memoryBudgetExceeded && spillable > 0 {
      // Nothing was granted yet that could be given back; what there is goes all the same.
      return false
    }
  }

  /// Gives back what is used no more.
  func giveBack() async { await granted.shrink(to: used) }

  /// Throws when the task was told to end: for operators that make many batches of one.
  func checkCancellation() throws { try context.checkCancellation() }

  func makeSpillFile() async throws -> any SpillFile { try await context.makeSpillFile() }

  private var used: Int { Int(columns.budget.used.bytes) }
}
