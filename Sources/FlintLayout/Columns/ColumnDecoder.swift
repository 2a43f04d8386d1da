internal import Glibc

/// Reads what ``ColumnEncoder`` wrote.
///
/// Every function either initialises its values in all rows, or throws and leaves none initialised.
enum ColumnDecoder {
  /// Reads the columns of `count` values, which lie `stride` apart in each run.
  static func decode(
    _ program: UnsafePointer<Program>, _ runs: Runs, count: Int, stride: Int, _ reader: inout ByteReader, _ depth: Int
  ) throws(LayoutFault) {
    if count == 0 { return }
    let columns = program.pointee.columns
    if program.pointee.isImage, depth > 0 || columns.count == 1 {
      try reader.align()
      var source = try reader.take(count * stride)
      for run in runs {
        memcpy(run.start, source, run.count * stride)
        source += run.count * stride
      }
      return
    }
    var done = 0
    func batch(_ index: Int) -> ColumnBatch? {
      guard let first = columns.baseAddress else { return nil }
      return ColumnBatch(step: first + index, runs: runs, count: count, stride: stride, depth: depth)
    }
    do throws(LayoutFault) {
      while done < columns.count, let batch = batch(done) {
        try reader.align()
        try decode(batch, &reader)
        done += 1
      }
    } catch {
      for index in 0..<done { batch(index)?.destroy(first: count) }
      throw error
    }
  }

  private static func decode(_ batch: ColumnBatch, _ reader: inout ByteReader) throws(LayoutFault) {
    switch batch.step.pointee.kind {
    case .bits: try decodeBits(batch, &reader)
    case .tag: try decodeTags(batch, &reader)
    case .scalar: try decodeScalars(batch, &reader)
    case .bool:
      let bitmap = try reader.take(Bitmap.byteCount(batch.count))
      batch.forEach { place, index in
        place.storeBytes(of: Bitmap.isSet(bitmap, index) ? 1 : 0, as: UInt8.self)
      }
    case .string: try decodeStrings(batch, &reader)
    case .stringByInterface: try decodeStringsByInterface(batch, &reader)
    case .optionalString: try decodeOptionalStrings(batch, &reader)
    case .array: try decodeArrays(batch, &reader)
    case .arrayByInterface: try decodeArraysByInterface(batch, &reader)
    case .optionalBits: try decodeOptionalBits(batch, &reader)
    case .optional: try decodeOptionals(batch, &reader)
    case .enumeration: try decodeEnumerations(batch, &reader)
    case .conversion: try decodeConversions(batch, &reader)
    case .nothing:
      let zeros = UnsafeRawBufferPointer(start: try reader.take(batch.count), count: batch.count)
      if zeros.contains(where: { $0 != 0 }) { throw .badTag }
    }
  }

  private static func decodeBits(_ batch: ColumnBatch, _ reader: inout ByteReader) throws(LayoutFault) {
    let size = batch.step.pointee.size
    let source = try reader.take(batch.count * size)
    switch size {
    case 8: batch.scatter(UInt64.self, source)
    case 4: batch.scatter(UInt32.self, source)
    case 2: batch.scatter(UInt16.self, source)
    case 1: batch.scatter(UInt8.self, source)
    default: batch.forEach { place, index in memcpy(place, source + index * size, size) }
    }
  }

  private static func decodeTags(_ batch: ColumnBatch, _ reader: inout ByteReader) throws(LayoutFault) {
    let (size, bound) = (batch.step.pointee.size, batch.step.pointee.count)
    let source = try reader.take(batch.count * size)
    if size == 1 {
      for index in 0..<batch.count where Int(source.load(fromByteOffset: index, as: UInt8.self)) >= bound {
        throw .badTag
      }
      batch.scatter(UInt8.self, source)
    } else {
      for index in 0..<batch.count where Int(source.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)) >= bound
      {
        throw .badTag
      }
      batch.scatter(UInt16.self, source)
    }
  }

  private static func decodeScalars(_ batch: ColumnBatch, _ reader: inout ByteReader) throws(LayoutFault) {
    let source = try reader.take(batch.count * 4)
    for index in 0..<batch.count
    where Unicode.Scalar(source.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)) == nil {
      throw .badScalar
    }
    batch.scatter(UInt32.self, source)
  }

  private static func decodeOptionalBits(_ batch: ColumnBatch, _ reader: inout ByteReader) throws(LayoutFault) {
    let size = batch.step.pointee.size
    let bitmap = try reader.take(Bitmap.byteCount(batch.count))
    try reader.align()
    let values = try reader.take(batch.count * size)
    batch.forEach { place, index in
      guard Bitmap.isSet(bitmap, index) else { return Memory.makeNil(place, payload: size) }
      Memory.copy(place, values + index * size, size)
      place.storeBytes(of: 0, toByteOffset: size, as: UInt8.self)
    }
  }
}
