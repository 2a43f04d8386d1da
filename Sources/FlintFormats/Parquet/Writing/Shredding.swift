internal import FlintColumns

/// Takes nested values apart into those of their leaves, with the levels that tell how they belong together.
struct Shredding {
  /// What one level of nesting has: for each entry the number of a value, or -1 for none, and its levels.
  private struct Entries {
    var rows: [Int32] = []
    var definitions: [UInt8] = []
    var repetitions: [UInt8] = []

    mutating func append(_ row: Int32, _ definition: UInt8, _ repetition: UInt8) {
      rows.append(row)
      definitions.append(definition)
      repetitions.append(repetition)
    }
  }

  /// By the numbers of the leaves.
  private(set) var inputs: [Int: LeafInput] = [:]

  /// The leaves of a column, of all rows of its vector or of some of them.
  init(_ column: WrittenColumn, _ vector: Vector, _ rows: UnsafeBufferPointer<Int32>?) {
    if case .leaf(let leaf) = column.kind {
      inputs[leaf.index] = Self.flat(leaf, vector, rows)
      return
    }
    var entries = Entries()
    for index in 0..<(rows?.count ?? vector.count) { entries.append(rows?[index] ?? Int32(index), 0, 0) }
    add(column, vector, entries)
  }

  private static func flat(
    _ leaf: WrittenLeaf, _ vector: Vector, _ rows: UnsafeBufferPointer<Int32>?
  ) -> LeafInput {
    let count = rows?.count ?? vector.count
    guard let there = vector.validity?.bits else {
      return LeafInput(vector: vector, rows: rows.map { Array($0) }, count: count)
    }
    var definitions: [UInt8] = []
    let present = [Int32](unsafeUninitializedCapacity: count) { present, used in
      definitions = [UInt8](unsafeUninitializedCapacity: count) { levels, defined in
        for index in 0..<count {
          let row = rows?[index] ?? Int32(truncatingIfNeeded: index)
          let isThere = there[Int(truncatingIfNeeded: row)]
          levels[index] = isThere ? 1 : 0
          present[used] = row
          used &+= isThere ? 1 : 0
        }
        defined = count
      }
    }
    return LeafInput(vector: vector, rows: present, definitions: definitions, count: count)
  }

  private mutating func add(_ column: WrittenColumn, _ vector: Vector, _ entries: Entries) {
    var entries = entries
    if column.field.isNullable {
      for index in entries.rows.indices where entries.rows[index] >= 0 {
        if vector.isNull(Int(entries.rows[index])) {
          entries.rows[index] = -1
        } else {
          entries.definitions[index] = UInt8(column.definition)
        }
      }
    }
    switch (column.kind, vector.form) {
    case (.leaf(let leaf), _):
      inputs[leaf.index] = LeafInput(
        vector: vector, rows: entries.rows.filter { $0 >= 0 }, definitions: entries.definitions,
        repetitions: leaf.repetition > 0 ? entries.repetitions : [], count: entries.rows.count)
    case (.structure(let columns), .structure(let parts)):
      for (column, part) in zip(columns, parts) { add(column, part, entries) }
    case (.list(let element), .list(_, _, let elements)):
      add(element, elements, Self.elements(column, vector, entries))
    case (.map(let key, let value), .map(_, _, let keys, let values)):
      let inner = Self.elements(column, vector, entries)
      add(key, keys, inner)
      add(value, values, inner)
    default: preconditionFailure("a vector of \(vector.type) does not hold \(column.field)")
    }
  }

  /// The entries inside of lists or maps.
  private static func elements(_ column: WrittenColumn, _ vector: Vector, _ entries: Entries) -> Entries {
    var inner = Entries()
    let offsets = vector.offsets
    let (definition, repetition) = (UInt8(column.definition + 1), UInt8(column.repetition + 1))
    for (index, row) in entries.rows.enumerated() {
      let range = row < 0 ? 0..<0 : offsets[Int(row)]..<offsets[Int(row) + 1]
      guard !range.isEmpty else {
        inner.append(-1, entries.definitions[index], entries.repetitions[index])
        continue
      }
      for element in range {
        inner.append(element, definition, element == range.lowerBound ? entries.repetitions[index] : repetition)
      }
    }
    return inner
  }
}
