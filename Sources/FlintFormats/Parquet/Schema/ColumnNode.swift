internal import FlintColumns

/// A column of a file, or a part of one, with the levels that tell which of its values are there.
struct ColumnNode: Sendable {
  indirect enum Kind: Sendable {
    /// The number of a leaf.
    case leaf(Int)
    case structure([ColumnNode])
    case list(ColumnNode, elementLevel: Int)
    case map(ColumnNode, ColumnNode, elementLevel: Int)
  }

  let field: Field
  let kind: Kind
  /// From which definition level on there is a slot for it: an element of the innermost list around it.
  let slotLevel: Int
  /// From which definition level on it is not null.
  let valueLevel: Int
  /// How many lists and maps are around it.
  let repetition: Int

  /// The numbers of the leaves below it, in their order.
  var leaves: [Int] {
    switch kind {
    case .leaf(let index): [index]
    case .structure(let parts): parts.flatMap(\.leaves)
    case .list(let element, _): element.leaves
    case .map(let key, let value, _): key.leaves + value.leaves
    }
  }
}
