// What holds other values. They are read straight into their places, and what holds them is finished when they are whole.
extension ColumnDecoder {
  static func decodeArrays(_ batch: ColumnBatch, _ reader: inout ByteReader) throws(LayoutFault) {
    let offsets = try elementOffsets(batch, &reader)
    let traits = batch.step.pointee.array
    let program = batch.step.pointee.element!
    let stride = program.pointee.stride
    try reader.charge(batch.count * MemoryLayout<Run>.stride)
    try Runs.withRoom(batch.count) { (room) throws(LayoutFault) in
      var filled = 0
      var made = 0
      do throws(LayoutFault) {
        var start = 0
        try batch.forEach { (place, index) throws(LayoutFault) in
          let end = try offsets.end(of: index, from: start)
          let count = end - start
          start = end
          if count == 0 {
            ArrayStorage.makeEmpty(place, traits)
          } else {
            try reader.charge(traits.pointee.head + count * stride)
            room[filled] = Run(start: ArrayStorage.make(place, traits, count: count, stride: stride), count: count)
            filled += 1
          }
          made = index + 1
        }
        try decode(
          program, Runs(rebasing: room[..<filled]), count: offsets.total, stride: stride, &reader, batch.depth + 1)
      } catch {
        batch.forEach { place, index in
          if index < made { ArrayStorage.discard(place, traits) }
        }
        throw error
      }
    }
  }

  static func decodeArraysByInterface(_ batch: ColumnBatch, _ reader: inout ByteReader) throws(LayoutFault) {
    let offsets = try elementOffsets(batch, &reader)
    let traits = batch.step.pointee.array
    let program = batch.step.pointee.element!
    let stride = program.pointee.stride
    // The elements are read side by side, and moved into their arrays.
    try reader.charge(batch.count * 32 + 2 * offsets.total * stride)
    try offsets.check(batch.count)
    try Memory.withScratch(program, count: offsets.total) { (elements) throws(LayoutFault) in
      try Runs.withSingle(elements, count: offsets.total) { (runs) throws(LayoutFault) in
        try decode(program, runs, count: offsets.total, stride: stride, &reader, batch.depth + 1)
      }
      var start = 0
      try batch.forEach { (place, index) throws(LayoutFault) in
        let end = try offsets.end(of: index, from: start)
        traits.pointee.interface.adopt(elements + start * stride, count: end - start, at: place)
        start = end
      }
    }
  }

  /// Reads the offsets of arrays, for whose elements the bytes that are left must suffice.
  private static func elementOffsets(
    _ batch: ColumnBatch, _ reader: inout ByteReader
  ) throws(LayoutFault) -> ColumnOffsets {
    if batch.depth >= Nesting.limit { throw .tooDeep }
    let offsets = try ColumnOffsets(batch.count, from: &reader)
    let (bits, overflow) = offsets.total.multipliedReportingOverflow(by: batch.step.pointee.element.pointee.minimumBits)
    if overflow || bits / 8 > reader.remaining { throw .truncated }
    return offsets
  }

  static func decodeOptionals(_ batch: ColumnBatch, _ reader: inout ByteReader) throws(LayoutFault) {
    let traits = batch.step.pointee.optional.pointee
    let program = batch.step.pointee.element!
    let bitmap = try reader.take(Bitmap.byteCount(batch.count))
    try reader.charge(batch.count * MemoryLayout<Run>.stride)
    try Runs.withRoom(batch.count) { (room) throws(LayoutFault) in
      var filled = 0
      batch.forEach { place, index in
        guard Bitmap.isSet(bitmap, index) else { return }
        room[filled] = Run(start: place, count: 1)
        filled += 1
      }
      try decode(
        program, Runs(rebasing: room[..<filled]), count: filled, stride: program.pointee.stride, &reader, batch.depth)
    }
    batch.forEach { place, index in
      traits.storeTag(place, Bitmap.isSet(bitmap, index) ? 0 : 1, 1, traits.payload)
    }
  }

  static func decodeConversions(_ batch: ColumnBatch, _ reader: inout ByteReader) throws(LayoutFault) {
    if batch.depth >= Nesting.limit { throw .tooDeep }
    let program = batch.step.pointee.element!
    let stride = program.pointee.stride
    try reader.charge(batch.count * stride)
    try Memory.withScratch(program, count: batch.count) { (wires) throws(LayoutFault) in
      try Runs.withSingle(wires, count: batch.count) { (runs) throws(LayoutFault) in
        try decode(program, runs, count: batch.count, stride: stride, &reader, batch.depth + 1)
      }
      defer { Memory.destroy(wires, count: batch.count, program.pointee.metadata) }
      try batch.initializeEach { (place, index) throws(LayoutFault) in
        try RowDecoder.restore(batch.step, wires + index * stride, place, &reader)
      }
    }
  }
}
