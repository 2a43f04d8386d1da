/// The loops over a table that run once for each row or key.
///
/// They are functions, and not methods of the classes that use them, because they are made where the types are known: in the
/// user's module. A generic class that the engine calls runs unspecialised.
public struct AggregationKernel<Key: Hashable, Value> {
  /// The table of the kernel.
  public typealias Table = AggregationTable<Key, Value>

  let mergePartials: (Table, [(Key, Value)]) throws -> Void
  let appendHashes: (Table, inout [UInt64]) -> Void
  let gather: (Table, ArraySlice<UInt32>, inout [(Key, Value)]) -> Void

  @usableFromInline
  init(
    mergePartials: @escaping (Table, [(Key, Value)]) throws -> Void,
    appendHashes: @escaping (Table, inout [UInt64]) -> Void,
    gather: @escaping (Table, ArraySlice<UInt32>, inout [(Key, Value)]) -> Void
  ) {
    self.mergePartials = mergePartials
    self.appendHashes = appendHashes
    self.gather = gather
  }

  /// For values of which `merge` makes one of two of the same key.
  @inlinable
  public init(_ merge: @escaping (inout Value, Value) throws -> Void) {
    self.init(
      mergePartials: { table, rows in
        try table.merge(rows, key: { $0.0 }, insert: { $0.1 }, update: { try merge(&$0, $1.1) })
      },
      appendHashes: { table, hashes in table.appendHashes(to: &hashes) },
      gather: { table, numbers, rows in table.append(numbers, to: &rows) { ($0, $1) } })
  }
}
