/// What a file of Arrow's says of its columns.
struct ArrowSchema: Sendable {
  let fields: [ArrowField]
  /// What its writer kept beside the columns, in its order.
  let properties: [(key: String, value: String)]

  init(_ table: FlatTable, byteCount: Int) throws(FormatFault) {
    guard try table.number(0, or: Int16(0)) == 0 else {
      throw .unsupported("its numbers begin with their highest byte")
    }
    // Texts may be shared, but not so often.
    var budget = 4 * byteCount
    var fields: [ArrowField] = []
    try table.eachTable(1, budget: &budget) { (field, budget) throws(FormatFault) in
      fields.append(try ArrowField(field, budget: &budget))
    }
    self.fields = fields
    var properties: [(String, String)] = []
    try table.eachTable(2, budget: &budget) { (pair, budget) throws(FormatFault) in
      properties.append((try pair.text(0, budget: &budget), try pair.text(1, budget: &budget)))
    }
    self.properties = properties
  }

  /// The values of each dictionary. Throws when two columns do not agree about one.
  func dictionaries() throws(FormatFault) -> [Int64: ArrowField] {
    var known: [Int64: ArrowField] = [:]
    for field in fields { try Self.collect(field, &known) }
    return known
  }

  private static func collect(_ field: ArrowField, _ known: inout [Int64: ArrowField]) throws(FormatFault) {
    if let id = field.coding?.dictionary {
      if let other = known[id], other.type != field.type || other.parts.count != field.parts.count {
        throw .damaged("columns of different types have one dictionary")
      }
      known[id] = field.decoded
    }
    for part in field.parts { try collect(part, &known) }
  }
}
