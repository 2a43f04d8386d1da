internal import FlintColumns

/// Makes vectors of decimals that the file holds as big-endian bytes of any length.
final class TextDecimalLeaf: LeafDecoder {
  private let type: DataType
  private let texts: TextLeaf
  private let memory: ColumnMemory

  init(_ type: DataType, _ memory: ColumnMemory) throws(FormatFault) {
    self.type = type
    self.memory = memory
    texts = try TextLeaf(.binary, width: nil, memory)
  }

  func start(capacity: Int) throws(FormatFault) { try texts.start(capacity: capacity) }
  func startChunk() { texts.startChunk() }

  func setDictionary(_ bytes: UnsafeRawBufferPointer, of owner: ColumnBuffer?, count: Int) throws(FormatFault) {
    try texts.setDictionary(bytes, of: owner, count: count)
  }

  func startPage(
    _ encoding: ParquetEncoding, _ bytes: UnsafeRawBufferPointer, count: Int
  ) throws(FormatFault) { try texts.startPage(encoding, bytes, count: count) }

  func read(slots: Int, valid: Int, _ bits: UnsafeRawPointer?, start: Int) throws(FormatFault) {
    try texts.read(slots: slots, valid: valid, bits, start: start)
  }

  func skip(_ count: Int) throws(FormatFault) { try texts.skip(count) }

  func finish(_ validity: Validity?, nullCount: Int) throws(FormatFault) -> Vector {
    let vector = try texts.finish(validity, nullCount: nullCount)
    let isNarrow = type.physical == .int64
    let values = try memory.bytes(vector.count * (isNarrow ? 8 : 16))
    for row in 0..<vector.count {
      let bytes = vector.isNull(row) ? UnsafeBufferPointer(start: nil, count: 0) : vector.text(row)
      let number =
        try bytes.baseAddress.map { (start) throws(FormatFault) in
          try ValueConversion.bigEndian(start, bytes.count)
        } ?? 0
      if isNarrow {
        guard let narrow = Int64(exactly: number) else { throw .damaged("a decimal does not fit its type") }
        values.pointer(to: Int64.self)[row] = narrow
      } else {
        values.pointer(to: Int128.self)[row] = number
      }
    }
    return Vector(
      type, count: vector.count, validity: vector.validity, nullCount: vector.nullCount, .values(values, start: 0))
  }
}
