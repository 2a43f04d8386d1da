/// A table of FlatBuffers. Every offset and length is held against the bytes when it is used.
///
/// It borrows its bytes: whoever makes a table keeps them alive and unchanged while it is in use. Offsets lead forward only, so
/// no table contains itself; but many may contain the same one, so who walks a tree counts what it took from it.
struct FlatTable {
  private let bytes: UnsafeRawBufferPointer
  private let start: Int
  /// Where the places of the fields are told, and how many bytes that takes.
  private let places: Int
  private let placesSize: Int

  /// The table that everything else in `bytes` hangs on.
  init(root bytes: UnsafeRawBufferPointer) throws(FormatFault) {
    guard bytes.count >= 4 else { throw Self.truncated }
    try self.init(bytes, at: Int(bytes.loadUnaligned(as: UInt32.self).littleEndian))
  }

  private init(_ bytes: UnsafeRawBufferPointer, at start: Int) throws(FormatFault) {
    self.bytes = bytes
    self.start = start
    places = start - Int(try Self.load(bytes, start, Int32.self))
    placesSize = Int(try Self.load(bytes, places, UInt16.self))
    guard placesSize >= 4, placesSize <= bytes.count - places else { throw Self.truncated }
  }

  /// A field that is a number; `missing` where it is left out.
  func number<Number: FixedWidthInteger & BitwiseCopyable>(
    _ field: Int, or missing: Number
  ) throws(FormatFault) -> Number {
    guard let place = try place(field) else { return missing }
    return try Self.load(bytes, place, Number.self)
  }

  /// A field that is a truth value, false where it is left out.
  func flag(_ field: Int) throws(FormatFault) -> Bool { try number(field, or: UInt8(0)) != 0 }

  /// A field that is another table.
  func table(_ field: Int) throws(FormatFault) -> FlatTable? {
    guard let place = try target(field) else { return nil }
    return try FlatTable(bytes, at: place)
  }

  /// A field that is a text, empty where it is left out. Its bytes are taken from `budget`.
  func text(_ field: Int, budget: inout Int) throws(FormatFault) -> String {
    guard let range = try elements(field, size: 1) else { return "" }
    budget -= range.count
    guard budget >= 0 else { throw Self.exhausted }
    let text = UnsafeRawBufferPointer(rebasing: bytes[range])
    guard let text = String(validating: text, as: UTF8.self) else {
      throw .damaged("a text in its metadata is not UTF-8")
    }
    return text
  }

  /// Each table of a field that is a list of them. Each takes some of `budget`.
  func eachTable(
    _ field: Int, budget: inout Int, _ body: (FlatTable, inout Int) throws(FormatFault) -> Void
  ) throws(FormatFault) {
    guard let range = try elements(field, size: 4) else { return }
    for place in stride(from: range.lowerBound, to: range.upperBound, by: 4) {
      budget -= Self.leastSize
      guard budget >= 0 else { throw Self.exhausted }
      try body(try FlatTable(bytes, at: place + Int(try Self.load(bytes, place, UInt32.self))), &budget)
    }
  }

  /// A field that is a list of structures, each of `width` numbers of 64 bits: all numbers one after another.
  func words(_ field: Int, width: Int) throws(FormatFault) -> [Int64] {
    guard let range = try elements(field, size: 8 * width) else { return [] }
    var words: [Int64] = []
    words.reserveCapacity(range.count / 8)
    for place in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
      words.append(try Self.load(bytes, place, Int64.self))
    }
    return words
  }

  /// Where the elements of a list lie.
  private func elements(_ field: Int, size: Int) throws(FormatFault) -> Range<Int>? {
    guard let place = try target(field) else { return nil }
    let count = Int(try Self.load(bytes, place, UInt32.self))
    guard count <= (bytes.count - place - 4) / size else { throw Self.truncated }
    return place + 4..<place + 4 + count * size
  }

  /// Where a value lies that a field leads to.
  private func target(_ field: Int) throws(FormatFault) -> Int? {
    guard let place = try place(field) else { return nil }
    return place + Int(try Self.load(bytes, place, UInt32.self))
  }

  private func place(_ field: Int) throws(FormatFault) -> Int? {
    guard 6 + 2 * field <= placesSize else { return nil }
    let offset = try Self.load(bytes, places + 4 + 2 * field, UInt16.self)
    return offset == 0 ? nil : start + Int(offset)
  }

  private static func load<Number: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: UnsafeRawBufferPointer, _ place: Int, _: Number.Type
  ) throws(FormatFault) -> Number {
    guard place >= 0, place <= bytes.count - MemoryLayout<Number>.size else { throw truncated }
    return Number(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: Number.self))
  }

  /// What a table takes at least.
  private static let leastSize = 8
  private static let exhausted = FormatFault.damaged("its metadata holds the same again and again")
  private static let truncated = FormatFault.truncated("its metadata")
}
