internal import FlintColumns
internal import FlintCore
internal import FlintLayout
internal import Synchronization

/// Rows that every task has. On an executor the table in which joins look is made of them once, whatever the number of tasks.
final class SharedRows: RowConvertible, Sendable {
  /// What a table was made by.
  struct Key: Hashable {
    let columns: [TypedExpression]
    let nullsMatch: Bool
  }

  /// The rows as blocks with their lengths.
  let blocks: [UInt8]
  private let tables = Mutex<[Key: MadeOnce<JoinTable>]>([:])

  init(_ blocks: [UInt8]) {
    self.blocks = blocks
  }

  var rowForm: [UInt8] { blocks }

  convenience init(rowForm: [UInt8]) { self.init(rowForm) }

  /// The rows one after another.
  func batches(_ schema: Schema, _ memory: ColumnMemory) throws(FlintError) -> [Batch] {
    try BlockList.batches(blocks, schema, memory)
  }

  /// The table of the rows by this key; `make` makes it for all tasks.
  func table(_ key: Key, _ make: () throws -> JoinTable) async throws -> JoinTable {
    let table = tables.withLock { tables in
      if let known = tables[key] { return known }
      let fresh = MadeOnce<JoinTable>()
      tables[key] = fresh
      return fresh
    }
    return try await table.value(make)
  }
}
