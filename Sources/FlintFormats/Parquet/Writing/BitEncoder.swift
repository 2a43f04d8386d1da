internal import FlintColumns

/// Writes truth values.
final class BitEncoder: ValueEncoder {
  private let encoding: ParquetEncoding
  private let memory: ColumnMemory
  /// A byte for each value.
  private var values: ByteSink

  init(_ encoding: ParquetEncoding, _ memory: ColumnMemory) throws(FormatFault) {
    self.encoding = encoding
    self.memory = memory
    values = try ByteSink(memory)
  }

  var count: Int { values.count }
  var size: Int { (values.count + 7) / 8 }

  func append(_ vector: Vector, _ rows: UnsafePointer<Int32>?, start: Int, count: Int) throws(FormatFault) {
    let target = try values.reserve(count).assumingMemoryBound(to: UInt8.self)
    let bits = vector.bits
    for index in 0..<count {
      target[index] = bits[rows.map { Int($0[start + index]) } ?? start + index] ? 1 : 0
    }
    values.add(count)
  }

  func bounds() -> ValueBounds? {
    guard let least = values.bytes.min(), let greatest = values.bytes.max() else { return nil }
    return ValueBounds(least: [least], greatest: [greatest])
  }

  func appendHashes(to hashes: inout [UInt64]) {
    for byte in values.bytes { hashes.append(withUnsafeBytes(of: byte) { ValueHash.hash($0) }) }
  }

  func finishPage(to sink: inout ByteSink) throws(FormatFault) -> ParquetEncoding {
    let bytes = UnsafePointer(values.start.assumingMemoryBound(to: UInt8.self))
    if encoding == .rle {
      var runs = try ByteSink(capacity: count / 8 + 64, memory)
      try HybridEncoder.encode(bytes, count: count, width: 1, to: &runs)
      try sink.append(UInt32(runs.count))
      try sink.append(runs.bytes)
    } else {
      try BitPacking.pack(bytes, count: count, width: 1, paddedTo: (count + 7) / 8 * 8, to: &sink)
    }
    values.removeAll()
    return encoding
  }

  func finishDictionary(to _: inout ByteSink) throws(FormatFault) -> Int? { nil }
}
