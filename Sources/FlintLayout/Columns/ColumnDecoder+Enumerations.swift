// Enums with payloads: a tag byte a value, then the payloads case by case.
extension ColumnDecoder {
  static func decodeEnumerations(_ batch: ColumnBatch, _ reader: inout ByteReader) throws(LayoutFault) {
    let traits = batch.step.pointee.enumeration
    let tags = try reader.take(batch.count)
    var counts = [Int](repeating: 0, count: traits.pointee.cases)
    for index in 0..<batch.count {
      let tag = Int(tags.load(fromByteOffset: index, as: UInt8.self))
      if tag >= traits.pointee.cases { throw .badTag }
      counts[tag] += 1
    }
    try reader.charge(batch.count * MemoryLayout<Run>.stride)
    var done = 0
    do throws(LayoutFault) {
      while done < traits.pointee.payloadCases {
        if counts[done] > 0 { try decodePayloads(batch, tag: done, count: counts[done], tags, &reader) }
        done += 1
      }
    } catch {
      // The cases before this one are whole in all their rows.
      batch.forEach { place, index in
        let tag = Int(tags.load(fromByteOffset: index, as: UInt8.self))
        if tag < done { Memory.destroy(place, batch.step.pointee.owner) }
      }
      throw error
    }
    batch.forEach { place, index in
      let tag = tags.load(fromByteOffset: index, as: UInt8.self)
      if tag >= traits.pointee.payloadCases { traits.pointee.inject(place, UInt32(tag), traits.pointee.metadata) }
    }
  }

  /// Reads the payloads of one case and makes its values whole, or leaves none of them initialised.
  private static func decodePayloads(
    _ batch: ColumnBatch, tag: Int, count: Int, _ tags: UnsafeRawPointer, _ reader: inout ByteReader
  ) throws(LayoutFault) {
    let traits = batch.step.pointee.enumeration
    let payload = traits.pointee.payloads[tag]
    let stride = payload.program.pointee.stride
    func forEachOfCase(_ body: (UnsafeMutableRawPointer) -> Void) {
      batch.forEach { place, index in
        if Int(tags.load(fromByteOffset: index, as: UInt8.self)) == tag { body(place) }
      }
    }
    if payload.isIndirect {
      if batch.depth >= Nesting.limit { throw .tooDeep }
      try reader.charge(count * (stride + 16))
    }
    try Runs.withRoom(count) { (room) throws(LayoutFault) in
      var filled = 0
      forEachOfCase { place in
        let value = payload.isIndirect ? Box.makeUninitialized(place, for: payload.program) : place
        room[filled] = Run(start: value, count: 1)
        filled += 1
      }
      do throws(LayoutFault) {
        try decode(
          payload.program, Runs(room), count: count, stride: stride, &reader,
          payload.isIndirect ? batch.depth + 1 : batch.depth)
      } catch {
        if payload.isIndirect { forEachOfCase { Box.discard($0, for: payload.program) } }
        throw error
      }
    }
    forEachOfCase { traits.pointee.inject($0, UInt32(tag), traits.pointee.metadata) }
  }
}
