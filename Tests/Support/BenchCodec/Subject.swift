import FlintCore
import FlintLayout

/// Somebody who can write 4,096 rows and read them back.
protocol Subject {
  /// Writes all rows; returns the number of bytes.
  mutating func encode() throws -> Int
  /// Reads all rows and forgets them.
  mutating func decode() throws
}

/// Rows through their layout.
struct LayoutSubject<Row>: Subject {
  private let rows: [Row]
  private let form: BlockForm
  private let layout: RowLayout
  private let target: UnsafeMutablePointer<Row>
  private let source: [UInt8]
  private let writer: Box

  /// Keeps the writer's memory from one batch to the next, as a task does.
  private final class Box {
    var writer = ByteWriter(capacity: 1 << 20)
  }

  init(_ rows: [Row], _ form: BlockForm) throws {
    self.rows = rows
    self.form = form
    layout = try RowLayout.of(Row.self)
    target = .allocate(capacity: rows.count)
    writer = Box()
    source = try Self.encode(rows, layout, form, writer)
  }

  mutating func encode() throws -> Int {
    writer.writer.removeAll()
    try rows.withUnsafeBufferPointer { rows in
      try layout.encode(rows: rows.baseAddress!, count: rows.count, form: form, into: &writer.writer)
    }
    return writer.writer.count
  }

  mutating func decode() throws {
    try source.withUnsafeBytes { bytes in
      var reader = ByteReader(bytes)
      try layout.decode(count: rows.count, form: form, from: &reader, into: target)
    }
    target.deinitialize(count: rows.count)
  }

  private static func encode(_ rows: [Row], _ layout: RowLayout, _ form: BlockForm, _ box: Box) throws -> [UInt8] {
    try rows.withUnsafeBufferPointer { rows in
      try layout.encode(rows: rows.baseAddress!, count: rows.count, form: form, into: &box.writer)
    }
    return box.writer.bytes
  }
}
