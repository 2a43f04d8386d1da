// Texts: offsets and UTF-8.
extension ColumnDecoder {
  static func decodeStrings(_ batch: ColumnBatch, _ reader: inout ByteReader) throws(LayoutFault) {
    let offsets = try ColumnOffsets(batch.count, from: &reader)
    let readable = reader.remaining
    let text = try reader.take(offsets.total)
    var start = 0
    try batch.initializeEach { (place, index) throws(LayoutFault) in
      let end = try offsets.end(of: index, from: start)
      try StringTransfer.make(
        place, text + start, count: end - start, readable: readable - start, charging: &reader)
      start = end
    }
  }

  static func decodeStringsByInterface(_ batch: ColumnBatch, _ reader: inout ByteReader) throws(LayoutFault) {
    let offsets = try ColumnOffsets(batch.count, from: &reader)
    let text = try reader.take(offsets.total)
    var start = 0
    try batch.initializeEach { (place, index) throws(LayoutFault) in
      let end = try offsets.end(of: index, from: start)
      try reader.charge(end - start + 32)
      try StringInterface.make(place, text + start, count: end - start)
      start = end
    }
  }

  /// Texts that may be nil; those have no bytes.
  static func decodeOptionalStrings(_ batch: ColumnBatch, _ reader: inout ByteReader) throws(LayoutFault) {
    let traits = batch.step.pointee.optional.pointee
    let bitmap = try reader.take(Bitmap.byteCount(batch.count))
    try reader.align()
    let offsets = try ColumnOffsets(batch.count, from: &reader)
    let readable = reader.remaining
    let text = try reader.take(offsets.total)
    var start = 0
    try batch.initializeEach { (place, index) throws(LayoutFault) in
      let end = try offsets.end(of: index, from: start)
      if Bitmap.isSet(bitmap, index) {
        try StringTransfer.make(
          place, text + start, count: end - start, readable: readable - start, charging: &reader)
        traits.storeTag(place, 0, 1, traits.payload)
      } else {
        if end != start { throw .badOffsets }
        traits.storeTag(place, 1, 1, traits.payload)
      }
      start = end
    }
  }
}
