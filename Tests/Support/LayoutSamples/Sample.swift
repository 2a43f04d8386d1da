package import FlintCore
package import FlintLayout

/// A type whose values must come back as they went.
package struct Sample: Sendable {
  package typealias Failure = FlintError

  package let name: String
  /// Sends `count` random rows through a layout of the type and compares; returns what is wrong, nil for nothing.
  package let roundTrip: @Sendable (_ count: Int, _ form: BlockForm, _ usesInterfaces: Bool) throws(Failure) -> String?
  /// The fingerprint of the type's layout.
  package let fingerprint: @Sendable () throws(Failure) -> UInt64
  /// A block of `count` random rows.
  package let block: @Sendable (_ count: Int, _ form: BlockForm, _ seed: UInt64) throws(Failure) -> [UInt8]
  /// Decodes a block, by memory or by interfaces, and encodes the rows again where it is taken.
  package let digest:
    @Sendable (_ block: UnsafeRawBufferPointer, _ budget: Int, _ usesInterfaces: Bool) throws(Failure) -> Void

  init<Row: SendableMetatype>(
    _ name: String, _ make: @escaping @Sendable (inout Generator) -> Row,
    equal: @escaping @Sendable (Row, Row) -> Bool
  ) {
    self.name = name
    roundTrip = { (count, form, usesInterfaces) throws(FlintError) in
      var generator = Generator(seed: UInt64(count + 1))
      let rows = (0..<count).map { _ in make(&generator) }
      let layout = try RowLayout(deriving: Row.self, usesInterfaces: usesInterfaces)
      let back = try Sample.copy(rows, layout, form)
      guard back.count == rows.count else { return "\(back.count) of \(count) rows came back" }
      guard let wrong = rows.indices.first(where: { !equal(rows[$0], back[$0]) }) else { return nil }
      return "row \(wrong) went as \(rows[wrong]) and came back as \(back[wrong])"
    }
    fingerprint = { () throws(FlintError) in try RowLayout.of(Row.self).fingerprint }
    block = { (count, form, seed) throws(FlintError) in
      var generator = Generator(seed: seed)
      return try RowBlock.encode((0..<count).map { _ in make(&generator) }, form: form)
    }
    digest = { (block, budget, usesInterfaces) throws(FlintError) in
      let rows =
        usesInterfaces
        ? try RowBlock.decode(
          block, as: Row.self, layout: RowLayout(deriving: Row.self, usesInterfaces: true), budget: budget)
        : try RowBlock.decode(block, as: Row.self, budget: budget)
      _ = try RowBlock.encode(rows, form: .rows)
    }
  }

  init<Row: Equatable & SendableMetatype>(_ name: String, _ make: @escaping @Sendable (inout Generator) -> Row) {
    self.init(name, make) { $0 == $1 }
  }

  /// The rows, written by a layout and read back from an odd place in a buffer of exactly their size.
  private static func copy<Row>(_ rows: [Row], _ layout: RowLayout, _ form: BlockForm) throws(FlintError) -> [Row] {
    var writer = ByteWriter(capacity: 0)
    try writer.append([1, 2, 3])
    try rows.withUnsafeBufferPointer { (rows) throws(FlintError) in
      guard let start = rows.baseAddress, !rows.isEmpty else { return }
      try layout.encode(rows: start, count: rows.count, form: form, into: &writer)
    }
    let bytes = writer.bytes
    let memory = UnsafeMutableBufferPointer<Row>.allocate(capacity: rows.count)
    defer { memory.deallocate() }
    let exact = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count - 3, alignment: 16)
    defer { exact.deallocate() }
    exact.copyBytes(from: bytes[3...])
    var reader = ByteReader(UnsafeRawBufferPointer(exact))
    guard let start = memory.baseAddress, !rows.isEmpty else { return [] }
    try layout.decode(count: rows.count, form: form, from: &reader, into: start)
    defer { memory.deinitialize() }
    guard reader.remaining == 0 else {
      throw FlintError(.corruptData, "\(reader.remaining) bytes of \(bytes.count) were not read back")
    }
    return Array(memory)
  }
}
