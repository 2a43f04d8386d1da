internal import FlintColumns

/// A column that is stored: a leaf of the schema's tree.
struct LeafColumn {
  /// The number of its chunk in every row group.
  let index: Int
  /// The names from the root down.
  let path: [String]
  let physical: ParquetPhysicalType
  let element: SchemaElement
  let type: DataType
  let plan: LeafPlan
  /// From which definition level on there is a slot for it: an element of the innermost list around it.
  let slotLevel: Int
  /// The definition level of a value that is there.
  let definition: Int
  /// How many of the nodes above it, and itself, are repeated.
  let repetition: Int

  /// The path with points between its parts.
  var name: String { path.joined(separator: ".") }
  /// Whether it is a column by itself that has one value or null for each row. Then no levels are needed; what lies in a
  /// structure must tell whether that is null.
  var isFlat: Bool { path.count == 1 && repetition == 0 }
}
