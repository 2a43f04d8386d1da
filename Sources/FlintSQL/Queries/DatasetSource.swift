internal import FlintColumns
internal import FlintLineage

/// A dataset of the runtime whose batches are columns.
struct DatasetSource: Hashable, Sendable {
  let node: LineageNode
  /// The columns of its batches, in their order.
  let fields: [Field]

  static func == (left: DatasetSource, right: DatasetSource) -> Bool { left.node.id == right.node.id }
  func hash(into hasher: inout Hasher) { hasher.combine(node.id) }

  /// The table of its rows, whose columns all have names of their own.
  var table: Table {
    var seen: Set<String> = []
    let own = fields.enumerated().map { index, field in
      let name = seen.insert(field.name).inserted ? field.name : "\(field.name)#\(index)"
      return Field(name, field.type, isNullable: field.isNullable)
    }
    return Table(name: "dataset \(node.id)", schema: Schema(own), rows: .dataset(node), statistics: nil)
  }
}
