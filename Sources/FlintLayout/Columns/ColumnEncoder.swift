internal import Glibc

/// Writes a batch column by column, each from a multiple of eight bytes on.
///
/// | step | column |
/// |---|---|
/// | bits, tag, scalar | values side by side |
/// | bool | bits |
/// | string | count + 1 offsets of 32 bits, UTF-8 |
/// | optional bits or string | validity bits, then the column with zeros for nil |
/// | array | count + 1 offsets of 32 bits, then the columns of all elements |
/// | other optional | validity bits, then the columns of those that are not nil |
/// | enumeration | a tag byte a value, then for each case the columns of its payloads |
/// | conversion | the columns of what travels |
enum ColumnEncoder {
  /// Writes the columns of `count` values, which lie `stride` apart in each run.
  static func encode(
    _ program: UnsafePointer<Program>, _ runs: Runs, count: Int, stride: Int, _ writer: inout ByteWriter, _ depth: Int
  ) throws(LayoutFault) {
    if count == 0 { return }
    let columns = program.pointee.columns
    if program.pointee.isImage, depth > 0 || columns.count == 1 {
      try writer.align()
      for run in runs { memcpy(try writer.take(run.count * stride), run.start, run.count * stride) }
      return
    }
    for index in 0..<columns.count {
      guard let step = columns.baseAddress.map({ $0 + index }) else { return }
      try writer.align()
      let batch = ColumnBatch(step: step, runs: runs, count: count, stride: stride, depth: depth)
      switch step.pointee.kind {
      case .bits, .tag, .scalar: try encodeBits(batch, &writer)
      case .bool:
        try encodeBitmap(batch, &writer) { $0.load(as: UInt8.self) & 1 == 1 }
      case .string: try encodeStrings(batch, &writer)
      case .stringByInterface, .optionalString: try encodeStringsByInterface(batch, &writer)
      case .array, .arrayByInterface: try encodeArrays(batch, &writer)
      case .optionalBits: try encodeOptionalBits(batch, &writer)
      case .optional: try encodeOptionals(batch, &writer)
      case .enumeration: try encodeEnumerations(batch, &writer)
      case .conversion: try encodeConversions(batch, &writer)
      case .nothing: memset(try writer.take(count), 0, count)
      }
    }
  }

  private static func encodeBits(_ batch: ColumnBatch, _ writer: inout ByteWriter) throws(LayoutFault) {
    let size = batch.step.pointee.size
    let target = try writer.take(batch.count * size)
    switch size {
    case 8: batch.gather(UInt64.self, target)
    case 4: batch.gather(UInt32.self, target)
    case 2: batch.gather(UInt16.self, target)
    case 1: batch.gather(UInt8.self, target)
    default: batch.forEach { place, index in memcpy(target + index * size, place, size) }
    }
  }

  /// Writes one bit a value, and returns nothing: the bitmap is whole when it returns.
  @inline(__always)
  static func encodeBitmap(
    _ batch: ColumnBatch, _ writer: inout ByteWriter, _ isSet: (UnsafeMutableRawPointer) -> Bool
  ) throws(LayoutFault) {
    let size = Bitmap.byteCount(batch.count)
    let bitmap = try writer.take(size)
    var bits: UInt8 = 0
    batch.forEach { place, index in
      bits |= (isSet(place) ? 1 : 0) << UInt8(truncatingIfNeeded: index & 7)
      if index & 7 == 7 {
        bitmap.storeBytes(of: bits, toByteOffset: index &>> 3, as: UInt8.self)
        bits = 0
      }
    }
    if batch.count & 7 != 0 { bitmap.storeBytes(of: bits, toByteOffset: size - 1, as: UInt8.self) }
  }

  private static func encodeOptionalBits(_ batch: ColumnBatch, _ writer: inout ByteWriter) throws(LayoutFault) {
    let size = batch.step.pointee.size
    try encodeBitmap(batch, &writer) { $0.load(fromByteOffset: size, as: UInt8.self) == 0 }
    try writer.align()
    let values = try writer.take(batch.count * size)
    switch size {
    case 8: gatherPresent(batch, UInt64.self, values)
    case 4: gatherPresent(batch, UInt32.self, values)
    default:
      memset(values, 0, batch.count * size)
      batch.forEach { place, index in
        if place.load(fromByteOffset: size, as: UInt8.self) == 0 { Memory.copy(values + index * size, place, size) }
      }
    }
  }

  /// Copies the values of a plain type that are there from their places, and zeros for the others.
  private static func gatherPresent<Value: FixedWidthInteger & BitwiseCopyable>(
    _ batch: ColumnBatch, _: Value.Type, _ target: UnsafeMutableRawPointer
  ) {
    let size = MemoryLayout<Value>.size
    batch.forEach { place, index in
      let value = place.loadUnaligned(as: Value.self)
      let isThere = place.load(fromByteOffset: size, as: UInt8.self) == 0
      target.storeBytes(of: isThere ? value : 0, toByteOffset: index &* size, as: Value.self)
    }
  }

  private static func encodeStrings(_ batch: ColumnBatch, _ writer: inout ByteWriter) throws(LayoutFault) {
    let offsets = try startOffsets(batch.count, &writer)
    let text = writer.count
    try batch.forEach { (place, index) throws(LayoutFault) in
      _ = try StringTransfer.put(place, into: &writer)
      writer.setOffset(writer.count - text, at: offsets, index + 1)
    }
    try writer.demandOffset(writer.count - text)
  }

  /// Also those that may be nil, which have no bytes.
  private static func encodeStringsByInterface(_ batch: ColumnBatch, _ writer: inout ByteWriter) throws(LayoutFault) {
    let isOptional = batch.step.pointee.kind == .optionalString
    if isOptional {
      let traits = batch.step.pointee.optional.pointee
      try encodeBitmap(batch, &writer) { traits.tag($0, 1, traits.payload) == 0 }
      try writer.align()
    }
    let offsets = try startOffsets(batch.count, &writer)
    let text = writer.count
    try batch.forEach { (place, index) throws(LayoutFault) in
      if isOptional {
        let traits = batch.step.pointee.optional.pointee
        if traits.tag(place, 1, traits.payload) == 0 { _ = try StringTransfer.put(place, into: &writer) }
      } else {
        _ = try StringInterface.put(place, into: &writer)
      }
      writer.setOffset(writer.count - text, at: offsets, index + 1)
    }
    try writer.demandOffset(writer.count - text)
  }

  /// Makes room for the offsets of `count` values and returns where they begin.
  static func startOffsets(_ count: Int, _ writer: inout ByteWriter) throws(LayoutFault) -> Int {
    let start = writer.count
    let place = try writer.take(4 * (count + 1))
    place.storeBytes(of: 0, as: UInt32.self)
    return start
  }
}

extension ByteWriter {
  @inline(__always)
  func setOffset(_ offset: Int, at start: Int, _ index: Int) {
    place(start + 4 * index).storeBytes(of: UInt32(truncatingIfNeeded: offset), as: UInt32.self)
  }

  /// Throws when the last offset of a column was beyond 31 bits, so that earlier ones may have been cut.
  func demandOffset(_ last: Int) throws(LayoutFault) {
    if last > Int(Int32.max) { throw .tooLarge }
  }
}
