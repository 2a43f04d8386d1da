internal import FlintColumns

/// A column of a file that is written, or a part of one.
struct WrittenColumn {
  indirect enum Kind {
    case leaf(WrittenLeaf)
    case structure([WrittenColumn])
    case list(WrittenColumn)
    case map(WrittenColumn, WrittenColumn)
  }

  let field: Field
  let kind: Kind
  /// The definition level of a value that is there.
  let definition: Int
  /// How many lists and maps are around it.
  let repetition: Int

  /// The leaves below it, in their order.
  var leaves: [WrittenLeaf] {
    switch kind {
    case .leaf(let leaf): [leaf]
    case .structure(let parts): parts.flatMap(\.leaves)
    case .list(let element): element.leaves
    case .map(let key, let value): key.leaves + value.leaves
    }
  }
}

/// A leaf of a file that is written.
struct WrittenLeaf {
  /// The number of its chunk in every row group.
  let index: Int
  let path: [String]
  let type: DataType
  let physical: ParquetPhysicalType
  /// Bytes of a value of fixed length.
  let typeLength: Int
  let definition: Int
  let repetition: Int

  var name: String { path.joined(separator: ".") }
}
