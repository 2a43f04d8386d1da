/// Writes tables in the form of FlatBuffers, each before what it leads to.
struct FlatWriter {
  private var bytes: [UInt8] = []

  /// A table and all below it as bytes.
  static func bytes(of root: FlatValue) -> [UInt8] {
    var writer = FlatWriter()
    writer.append(UInt32(0))
    let place = writer.write(root)
    writer.patch(0, place)
    return writer.bytes
  }

  /// Writes what does not lie within a table, and returns where.
  private mutating func write(_ value: FlatValue) -> Int {
    switch value {
    case .table(let fields): return writeTable(fields)
    case .text(let text):
      align(4)
      let start = bytes.count
      append(UInt32(text.utf8.count))
      bytes += Array(text.utf8) + [0]
      return start
    case .tables(let tables):
      align(4)
      let start = bytes.count
      append(UInt32(tables.count))
      bytes += [UInt8](repeating: 0, count: 4 * tables.count)
      for (index, table) in tables.enumerated() {
        let place = write(table)
        patch(start + 4 + 4 * index, place)
      }
      return start
    case .words(let width, let words):
      align(8, ahead: 4)
      let start = bytes.count
      append(UInt32(words.count / width))
      for word in words { append(word) }
      return start
    case .bool, .int8, .int16, .int32, .int64: preconditionFailure("numbers lie within tables")
    }
  }

  private mutating func writeTable(_ fields: [(field: Int, value: FlatValue)]) -> Int {
    // The largest first, so that few bytes lie between them. The way to the places comes before them.
    let ordered = fields.sorted { $0.value.size > $1.value.size }
    var size = 4
    let count = (fields.map(\.field).max() ?? -1) + 1
    var places = [UInt16](repeating: 0, count: count)
    for (field, value) in ordered {
      size = (size + value.size - 1) / value.size * value.size
      places[field] = UInt16(size)
      size += value.size
    }
    align(8, ahead: 4 + 2 * count)
    let placesStart = bytes.count
    for place in [UInt16(4 + 2 * count), UInt16(size)] + places { append(place) }
    let start = bytes.count
    append(Int32(start - placesStart))
    bytes += [UInt8](repeating: 0, count: size - 4)
    for (field, value) in fields {
      let place = start + Int(places[field])
      switch value {
      case .bool(let flag): store(UInt8(flag ? 1 : 0), place)
      case .int8(let number): store(number, place)
      case .int16(let number): store(number, place)
      case .int32(let number): store(number, place)
      case .int64(let number): store(number, place)
      case .text, .table, .tables, .words:
        let target = write(value)
        patch(place, target)
      }
    }
    return start
  }

  /// Fills up until what lies `ahead` bytes further has a multiple of `size` before it.
  private mutating func align(_ size: Int, ahead: Int = 0) {
    while (bytes.count + ahead) % size > 0 { bytes.append(0) }
  }

  private mutating func append<Number: FixedWidthInteger>(_ number: Number) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  private mutating func store<Number: FixedWidthInteger>(_ number: Number, _ place: Int) {
    withUnsafeBytes(of: number.littleEndian) { bytes.replaceSubrange(place..<place + $0.count, with: $0) }
  }

  /// Says at `place` how far it is to `target`.
  private mutating func patch(_ place: Int, _ target: Int) { store(UInt32(target - place), place) }
}
