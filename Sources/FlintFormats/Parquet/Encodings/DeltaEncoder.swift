/// Writes whole numbers as packed differences between neighbours.
enum DeltaEncoder {
  private static let block = 128
  private static let miniblocks = 4

  /// Appends `count` numbers. Differences of 32-bit numbers wrap around in 32 bits.
  static func encode<Number: FixedWidthInteger & SignedInteger & BitwiseCopyable>(
    _ values: UnsafePointer<Number>, count: Int, to sink: inout ByteSink
  ) throws(FormatFault) {
    try sink.append(variable: UInt64(block))
    try sink.append(variable: UInt64(miniblocks))
    try sink.append(variable: UInt64(count))
    try sink.append(zigzag: count > 0 ? Int64(values[0]) : 0)
    var index = 1
    var differences = [Number](repeating: 0, count: block)
    while index < count {
      let size = min(block, count - index)
      var least = Number.max
      for offset in 0..<size {
        let difference = values[index + offset] &- values[index + offset - 1]
        differences[offset] = difference
        least = min(least, difference)
      }
      try append(&differences, size, least, to: &sink)
      index += size
    }
  }

  private static func append<Number: FixedWidthInteger & SignedInteger & BitwiseCopyable>(
    _ differences: inout [Number], _ size: Int, _ least: Number, to sink: inout ByteSink
  ) throws(FormatFault) {
    let perMiniblock = block / miniblocks
    try sink.append(zigzag: Int64(least))
    var widths: [Int] = []
    for first in stride(from: 0, to: block, by: perMiniblock) {
      var all: Number.Magnitude = 0
      for offset in first..<max(first, min(first + perMiniblock, size)) {
        differences[offset] = differences[offset] &- least
        all |= Number.Magnitude(truncatingIfNeeded: differences[offset])
      }
      widths.append(Number.bitWidth - all.leadingZeroBitCount)
    }
    try sink.append(widths.map { UInt8($0) })
    let mask: UInt64 = Number.bitWidth == 64 ? .max : 1 << UInt64(Number.bitWidth) - 1
    for (number, width) in widths.enumerated() where number * perMiniblock < size {
      let first = number * perMiniblock
      let count = min(perMiniblock, size - first)
      let unsigned = differences[first..<first + count].map { UInt64(truncatingIfNeeded: $0) & mask }
      try unsigned.withUnsafeBufferPointer { (values) throws(FormatFault) in
        try BitPacking.pack(
          values.baseAddress.unsafelyUnwrapped, count: count, width: width, paddedTo: perMiniblock, to: &sink)
      }
    }
  }
}
