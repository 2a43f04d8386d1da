import FlintCore
import FlintLayout

/// Rows through a layout without a block around them, so that tests can reach every byte.
enum Rows {
  static func bytes<Row>(_ rows: [Row], _ form: BlockForm = .rows) throws -> [UInt8] {
    let layout = try RowLayout.of(Row.self)
    var writer = ByteWriter()
    try rows.withUnsafeBufferPointer { rows in
      guard let start = rows.baseAddress, !rows.isEmpty else { return }
      try layout.encode(rows: start, count: rows.count, form: form, into: &writer)
    }
    return writer.bytes
  }

  static func read<Row>(
    _ bytes: [UInt8], count: Int, _ form: BlockForm = .rows, as: Row.Type = Row.self, budget: Int = 1 << 30
  ) throws -> [Row] {
    let layout = try RowLayout.of(Row.self)
    // Counts beyond this are lies, which the layout must find out before it writes.
    let memory = UnsafeMutableBufferPointer<Row>.allocate(capacity: min(max(count, 1), 10_000))
    defer { memory.deallocate() }
    guard let start = memory.baseAddress else { return [] }
    try bytes.withUnsafeBytes { bytes in
      var reader = ByteReader(bytes, budget: budget)
      try layout.decode(count: count, form: form, from: &reader, into: start)
    }
    defer { start.deinitialize(count: count) }
    return Array(memory[..<count])
  }

  /// The code of the error that reading throws; nil when it does not throw.
  static func refusal<Row>(
    _ bytes: [UInt8], count: Int, _ form: BlockForm = .rows, as: Row.Type, budget: Int = 1 << 30
  ) -> FlintError.Code? {
    do {
      _ = try read(bytes, count: count, form, as: Row.self, budget: budget)
      return nil
    } catch { return (error as? FlintError)?.code }
  }
}
