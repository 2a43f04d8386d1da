/// Writes numbers as runs of one value and of packed bits.
enum HybridEncoder {
  /// Shorter runs of one value cost more than their packed bits.
  private static let shortest = 8

  /// Appends `count` numbers of at most `width` bits.
  static func encode<Number: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ values: UnsafePointer<Number>, count: Int, width: Int, to sink: inout ByteSink
  ) throws(FormatFault) {
    var (index, packed) = (0, 0)
    while index < count {
      // A run that is long enough and begins among these seven values holds the seventh and the eighth.
      if index &+ shortest <= count, values[index &+ shortest &- 2] != values[index &+ shortest &- 1] {
        index &+= shortest &- 1
        continue
      }
      let length = run(values, index, count)
      // Values before the run are packed eight by eight, so a run gives them what lacks.
      let missing = (8 - (index - packed) & 7) & 7
      guard length >= shortest + missing else {
        index += max(1, min(length, 8))
        continue
      }
      index += missing
      if index > packed { try pack(values + packed, count: index - packed, width, to: &sink) }
      try repeated(values[index], length - missing, width, to: &sink)
      index += length - missing
      packed = index
    }
    if count > packed { try pack(values + packed, count: count - packed, width, to: &sink) }
  }

  @inline(__always)
  private static func run<Number: FixedWidthInteger>(
    _ values: UnsafePointer<Number>, _ start: Int, _ count: Int
  ) -> Int {
    let value = values[start]
    var end = start &+ 1
    while end < count && values[end] == value { end &+= 1 }
    return end &- start
  }

  /// Appends a run of one value.
  static func repeated(
    _ value: some FixedWidthInteger, _ count: Int, _ width: Int, to sink: inout ByteSink
  ) throws(FormatFault) {
    try sink.append(variable: UInt64(count) << 1)
    let place = try sink.reserve(8)
    place.storeBytes(of: UInt64(truncatingIfNeeded: value).littleEndian, as: UInt64.self)
    sink.add((width + 7) / 8)
  }

  /// Appends packed values; the last group of eight is filled up with zeros.
  private static func pack<Number: FixedWidthInteger & BitwiseCopyable>(
    _ values: UnsafePointer<Number>, count: Int, _ width: Int, to sink: inout ByteSink
  ) throws(FormatFault) {
    let groups = (count + 7) / 8
    try sink.append(variable: UInt64(groups) << 1 | 1)
    try BitPacking.pack(values, count: count, width: width, paddedTo: groups * 8, to: &sink)
  }
}
