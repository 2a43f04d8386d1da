/// The numbers of dictionary values, as a page has them.
enum CodePage {
  /// Appends the width of the numbers and their runs. All are below `limit`.
  static func write(
    _ codes: UnsafePointer<UInt32>, count: Int, of limit: Int, to sink: inout ByteSink
  ) throws(FormatFault) {
    let width = Int.bitWidth - max(0, limit - 1).leadingZeroBitCount
    try sink.append(UInt8(width))
    try HybridEncoder.encode(codes, count: count, width: width, to: &sink)
  }
}
