public import FlintCore

/// Rows with a header before them that says what they are, and a checksum over all, which is checked before anything else.
///
/// ```swift
/// import FlintLayout
///
/// func copy(_ rows: [(String, Int)]) throws -> [(String, Int)] {
///   let bytes = try RowBlock.encode(rows, form: .columns)
///   return try RowBlock.decode(bytes, as: (String, Int).self)
/// }
/// ```
public enum RowBlock {
  /// The rows of an array as one block. Throws as ``RowLayout/of(_:)`` and
  /// ``RowLayout/encode(rows:count:form:into:)`` do.
  public static func encode<Row>(_ rows: [Row], form: BlockForm = .columns) throws(FlintError) -> [UInt8] {
    var writer = ByteWriter(capacity: RowBlockHeader.size + rows.count * MemoryLayout<Row>.stride)
    try encode(rows, form: form, into: &writer)
    return writer.bytes
  }

  /// Writes the rows of an array as one block.
  public static func encode<Row>(
    _ rows: [Row], form: BlockForm = .columns, into writer: inout ByteWriter
  ) throws(FlintError) {
    let layout = try RowLayout.of(Row.self)
    let header = RowBlockHeader(form: form, fingerprint: layout.fingerprint, count: rows.count)
    let start = writer.count
    try writer.append([UInt8](repeating: 0, count: RowBlockHeader.size))
    do throws(FlintError) {
      try rows.withUnsafeBufferPointer { (memory) throws(FlintError) in
        guard let base = memory.baseAddress, rows.count > 0 else { return }
        try layout.encode(rows: base, count: rows.count, form: form, into: &writer)
      }
      try header.seal(start, in: &writer)
    } catch {
      writer.truncate(to: start)
      throw error
    }
  }

  /// The rows of a block.
  ///
  /// Throws `corrupt-data` when the checksum or anything else is wrong, `layout-mismatch` when the block holds rows of
  /// another type, and `memory-budget-exceeded` when they need more than `budget` bytes of memory.
  public static func decode<Row>(
    _ bytes: [UInt8], as type: Row.Type = Row.self, budget: Int = 1 << 30
  ) throws(FlintError) -> [Row] {
    try bytes.withUnsafeBufferPointer { (bytes) throws(FlintError) in
      try decode(UnsafeRawBufferPointer(bytes), as: type, budget: budget)
    }
  }

  /// The rows of a block.
  public static func decode<Row>(
    _ bytes: UnsafeRawBufferPointer, as type: Row.Type = Row.self, budget: Int = 1 << 30
  ) throws(FlintError) -> [Row] {
    try decode(bytes, as: type, layout: try RowLayout.of(type), budget: budget)
  }

  /// The rows of a block, by a layout of `Row` that the caller derived.
  package static func decode<Row>(
    _ bytes: UnsafeRawBufferPointer, as type: Row.Type, layout: RowLayout, budget: Int
  ) throws(FlintError) -> [Row] {
    precondition(layout.type == type, "a layout of \(layout.type) does not read rows of \(type)")
    let header = try RowBlockHeader(checking: bytes)
    guard header.fingerprint == layout.fingerprint else {
      throw FlintError(
        .layoutMismatch, "a block holds rows of another type than \(type)",
        why: "here they are \(layout.columnType)", remedy: "build both sides from the same source")
    }
    var reader = ByteReader(UnsafeRawBufferPointer(rebasing: bytes[RowBlockHeader.size...]), budget: budget)
    do throws(LayoutFault) { return try rows(layout, header, &reader) } catch {
      throw error.decodingError(cause: reader.cause)
    }
  }

  /// Whether header and checksum of a block are right, which says nothing of its rows.
  package static func hasIntactHeader(_ block: UnsafeRawBufferPointer) -> Bool {
    (try? RowBlockHeader(checking: block)) != nil
  }

  private static func rows<Row>(
    _ layout: RowLayout, _ header: RowBlockHeader, _ reader: inout ByteReader
  ) throws(LayoutFault) -> [Row] {
    let count = header.count
    try layout.demand(count, header.form, &reader)
    var fault: LayoutFault?
    let rows = [Row](unsafeUninitializedCapacity: count) { buffer, initialized in
      guard let base = buffer.baseAddress, count > 0 else { return }
      do throws(LayoutFault) {
        try layout.decodeDemanded(count, header.form, &reader, UnsafeMutableRawPointer(base))
        initialized = count
      } catch { fault = error }
    }
    if let fault { throw fault }
    if reader.remaining > 0 { throw .trailingBytes }
    return rows
  }
}
