public import FlintCore
internal import Glibc

/// The rows of one side of a join by their key, for the other side to find. A key with a null is never found, unless nulls
/// match.
public final class JoinTable: Sendable {
  /// The rows that are found, side by side; ``JoinMatches`` counts them here.
  public let batch: Batch
  private let keys: KeyLookup
  private let tableBytes: Int
  private let nullsMatch: Bool
  private let kernels: Kernels
  /// Where the rows of each key begin, one more than keys; nil when row and key have the same number.
  private let starts: ColumnBuffer?
  private let rows: ColumnBuffer?
  /// One byte a row: whether the other side found it.
  private let found: ColumnBuffer

  /// A table of the rows of `batch` that count, whose key's columns are those numbered `columns`. The rows are moved side
  /// by side. Throws `memory-budget-exceeded`.
  public init(
    _ batch: Batch, keys columns: [Int], nullsMatch: Bool = false, _ kernels: Kernels
  ) throws(FlintError) {
    let batch = try kernels.compact(batch)
    self.batch = batch
    self.nullsMatch = nullsMatch
    self.kernels = kernels
    let keyColumns = columns.map { batch.columns[$0] }
    let table = try GroupTable(keyColumns.map(\.type), keepsKeys: false, kernels)
    let numbers = try table.insert(keyColumns, length: batch.length)
    try table.finish()
    keys = table.lookup
    tableBytes = table.heldBytes
    found = try kernels.memory.buffer(batch.length, isZeroed: true)
    // When each row has a key of its own, keys are numbered as rows are.
    if keys.count == batch.length {
      starts = nil
      rows = nil
    } else {
      (starts, rows) = try Self.sorted(numbers, keyCount: keys.count, kernels.memory)
    }
    withExtendedLifetime(numbers) {}
  }

  /// The same rows for one more user, none of them found yet. What is looked up with its help lies in the memory of `kernels`.
  public init(_ other: JoinTable, _ kernels: Kernels) throws(FlintError) {
    batch = other.batch
    keys = other.keys
    tableBytes = other.tableBytes
    nullsMatch = other.nullsMatch
    starts = other.starts
    rows = other.rows
    self.kernels = kernels
    found = try kernels.memory.buffer(other.batch.length, isZeroed: true)
  }

  /// Bytes that the table takes, without the columns.
  public var heldBytes: Int {
    tableBytes + found.heldBytes + (starts?.heldBytes ?? 0) + (rows?.heldBytes ?? 0)
  }

  /// Whether no key has two rows.
  public var isUnique: Bool { starts == nil }

  /// The matches of some rows of the other side. The columns are those of its key.
  public func matches(
    _ columns: [Vector], length: Int, selection: Selection? = nil
  ) throws(FlintError) -> JoinMatches {
    let numbers = try keys.find(columns, length: length, selection: selection, nullsMatch: nullsMatch, kernels)
    return JoinMatches(numbers, selection, starts: starts, rows: rows, found: found, kernels.memory)
  }

  /// The rows that no call of ``JoinMatches/next(_:_:)`` has found so far.
  public func unmatched() throws(FlintError) -> RowNumbers {
    let marks = found.pointer(to: UInt8.self)
    let buffer = try kernels.memory.buffer(batch.length * 4)
    let target = buffer.pointer(to: Int32.self)
    var count = 0
    for row in 0..<batch.length {
      target[count] = Int32(truncatingIfNeeded: row)
      count &+= marks[row] == 0 ? 1 : 0
    }
    return RowNumbers(buffer, count: count)
  }

  /// The rows sorted by the number of their key, each key's in their order.
  private static func sorted(
    _ numbers: RowNumbers, keyCount: Int, _ memory: ColumnMemory
  ) throws(FlintError) -> (ColumnBuffer, ColumnBuffer) {
    let starts = try memory.buffer((keyCount + 2) * 4, isZeroed: true)
    let rows = try memory.buffer(numbers.count * 4)
    let ends = starts.pointer(to: Int32.self)
    let target = rows.pointer(to: Int32.self)
    let keys = numbers.rows
    // The counts stand two places on, so that after the second loop each key's start stands at its number.
    for row in 0..<numbers.count { ends[Int(keys[row]) &+ 2] &+= 1 }
    if keyCount > 0 { for key in 2..<keyCount + 2 { ends[key] &+= ends[key &- 1] } }
    for row in 0..<numbers.count {
      let key = Int(keys[row]) &+ 1
      target[Int(ends[key])] = Int32(truncatingIfNeeded: row)
      ends[key] &+= 1
    }
    return (starts, rows)
  }
}
