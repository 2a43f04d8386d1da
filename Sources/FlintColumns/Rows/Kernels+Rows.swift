public import FlintCore
internal import FlintLayout

extension Kernels {
  /// Rows of a user's type as a batch: a column for each field, through the column form of their layout, in which flat fields
  /// lie as in a batch. So nothing is coded row by row.
  ///
  /// Throws `unsupported-type` for fields that columns do not have: enums with payloads, lists of structures, dictionaries,
  /// numbers without sign. Decimals become `decimal(38,18)`, and throw `arithmetic-overflow` where they have no room. A row that is no struct or tuple is one column, `value`.
  public func batch<Row>(_ rows: [Row]) throws(FlintError) -> Batch {
    let layout = try RowLayout.of(Row.self)
    let fields = try RowFields(layout)
    var writer = ByteWriter(capacity: rows.count * layout.stride)
    try rows.withUnsafeBufferPointer { (rows) throws(FlintError) in
      guard let base = rows.baseAddress else { return }
      try layout.encode(rows: base, count: rows.count, form: .columns, into: &writer)
    }
    let columns = try writer.withBytes { (bytes) throws(FlintError) in
      var reader = ColumnFormReader(bytes, memory)
      var columns: [Vector] = []
      for field in fields.fields { columns.append(try reader.column(field, rows.count)) }
      return columns
    }
    return Batch(fields.schema, columns, length: rows.count)
  }

  /// The rows of a batch that count, as values of a user's type with such fields, in their order and with their names.
  ///
  /// Throws `layout-mismatch` when the columns are not those of the type, or hold null where it has no optional.
  public func rows<Row>(_ batch: Batch, as type: Row.Type = Row.self) throws(FlintError) -> [Row] {
    let layout = try RowLayout.of(type)
    let fields = try RowFields(layout)
    let batch = try compact(batch)
    try fields.demand(batch, type)
    var writer = ByteWriter(capacity: batch.length * layout.stride)
    for (field, column) in zip(fields.fields, batch.columns) {
      try ColumnFormWriter.put(column, field, self, into: &writer)
    }
    return try writer.withBytes { (bytes) throws(FlintError) in
      var reader = ByteReader(bytes, budget: Int.max)
      var failure: FlintError?
      let rows = [Row](unsafeUninitializedCapacity: batch.length) { room, count in
        guard let base = room.baseAddress, batch.length > 0 else { return }
        do throws(FlintError) {
          try layout.decode(count: batch.length, form: .columns, from: &reader, into: UnsafeMutableRawPointer(base))
          count = batch.length
        } catch { failure = error }
      }
      if let failure { throw failure }
      return rows
    }
  }
}
