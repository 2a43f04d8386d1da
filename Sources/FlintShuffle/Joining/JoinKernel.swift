/// The loops of a join that run once for each row, made where the types are known: in the user's module.
public struct JoinKernel<Key: Hashable, Left, Right, Output> {
  /// The table of the right side.
  public typealias Table = JoinTable<Key, Right>

  let build: (Table, [(Key, Right)]) -> Void
  let probe: (Table, [(Key, Left)], inout [Bool], Bool, inout JoinCursor, inout [Output], Int) -> Void
  let leftovers: (Table, inout Int, inout [Output], Int) -> Void
  let unload: (Table, Range<Int>, inout [(Key, Right)]) -> Void
  let dealLeft: ([(Key, Left)], inout [[(Key, Left)]]) -> Void
  let dealRight: ([(Key, Right)], inout [[(Key, Right)]]) -> Void
  /// Whether rows of the left side without a partner give output.
  let keepsLeft: Bool
  /// Whether rows of the right side without a partner give output.
  let keepsRight: Bool

  @usableFromInline
  init(
    build: @escaping (Table, [(Key, Right)]) -> Void,
    probe: @escaping (Table, [(Key, Left)], inout [Bool], Bool, inout JoinCursor, inout [Output], Int) -> Void,
    leftovers: @escaping (Table, inout Int, inout [Output], Int) -> Void,
    unload: @escaping (Table, Range<Int>, inout [(Key, Right)]) -> Void,
    dealLeft: @escaping ([(Key, Left)], inout [[(Key, Left)]]) -> Void,
    dealRight: @escaping ([(Key, Right)], inout [[(Key, Right)]]) -> Void,
    keepsLeft: Bool, keepsRight: Bool
  ) {
    self.build = build
    self.probe = probe
    self.leftovers = leftovers
    self.unload = unload
    self.dealLeft = dealLeft
    self.dealRight = dealRight
    self.keepsLeft = keepsLeft
    self.keepsRight = keepsRight
  }

  /// - Parameters:
  ///   - pair: what becomes of two rows of one key; nil when nothing does, and only the keys of the right side count.
  ///   - left: what becomes of a left row whose key is not on the right; nil for nothing.
  ///   - right: what becomes of a right row whose key is not on the left; nil for nothing.
  @inlinable
  @inline(__always)
  public init(
    pair: ((Key, Left, Right) -> Output)?, left: ((Key, Left) -> Output)? = nil,
    right: ((Key, Right) -> Output)? = nil
  ) {
    let firstOnly = pair == nil
    self.init(
      build: { table, rows in table.add(rows, firstOnly: firstOnly) },
      probe: { table, rows, flags, isLast, cursor, output, limit in
        table.probe(rows, &flags, isLast: isLast, &cursor, &output, limit, pair: pair, left: left)
      },
      leftovers: { table, position, output, limit in
        if let right { table.leftovers(&position, &output, limit, right) }
      },
      unload: { table, keys, rows in table.append(keys, to: &rows) },
      dealLeft: { Self.deal($0, &$1) },
      dealRight: { Self.deal($0, &$1) },
      keepsLeft: left != nil, keepsRight: right != nil)
  }

  /// Rows into the parts of their keys.
  @inlinable
  @inline(__always)
  static func deal<Value>(_ rows: [(Key, Value)], _ parts: inout [[(Key, Value)]]) {
    let count = parts.count
    for row in rows { parts[KeyHash.part(of: KeyHash.of(row.0), level: 0, count: count)].append(row) }
  }
}
