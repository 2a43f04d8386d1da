internal import Glibc

// What holds other values: each kind gathers where they lie, and has their columns written.
extension ColumnEncoder {
  static func encodeArrays(_ batch: ColumnBatch, _ writer: inout ByteWriter) throws(LayoutFault) {
    if batch.depth >= Nesting.limit { throw .tooDeep }
    let offsets = try startOffsets(batch.count, &writer)
    let program = batch.step.pointee.element!
    try Runs.withRoom(batch.count) { (room) throws(LayoutFault) in
      var total = 0
      var filled = 0
      batch.forEach { place, index in
        let (start, count) = batch.step.elements(of: place)
        total += count
        if let start, count > 0 {
          room[filled] = Run(start: UnsafeMutableRawPointer(mutating: start), count: count)
          filled += 1
        }
        writer.setOffset(total, at: offsets, index + 1)
      }
      try writer.demandOffset(total)
      try encode(
        program, Runs(rebasing: room[..<filled]), count: total, stride: program.pointee.stride, &writer,
        batch.depth + 1)
    }
  }

  static func encodeOptionals(_ batch: ColumnBatch, _ writer: inout ByteWriter) throws(LayoutFault) {
    let traits = batch.step.pointee.optional.pointee
    let program = batch.step.pointee.element!
    try encodeBitmap(batch, &writer) { traits.tag($0, 1, traits.payload) == 0 }
    try Runs.withRoom(batch.count) { (room) throws(LayoutFault) in
      var filled = 0
      batch.forEach { place, _ in
        guard traits.tag(place, 1, traits.payload) == 0 else { return }
        room[filled] = Run(start: place, count: 1)
        filled += 1
      }
      try encode(
        program, Runs(rebasing: room[..<filled]), count: filled, stride: program.pointee.stride, &writer, batch.depth)
    }
  }

  static func encodeEnumerations(_ batch: ColumnBatch, _ writer: inout ByteWriter) throws(LayoutFault) {
    let traits = batch.step.pointee.enumeration
    let start = writer.count
    let tags = try writer.take(batch.count)
    var counts = [Int](repeating: 0, count: traits.pointee.cases)
    batch.forEach { place, index in
      let tag = traits.pointee.tag(place, traits.pointee.metadata)
      counts[Int(tag)] += 1
      tags.storeBytes(of: UInt8(truncatingIfNeeded: tag), toByteOffset: index, as: UInt8.self)
    }
    for tag in 0..<traits.pointee.payloadCases where counts[tag] > 0 {
      try encodePayloads(batch, tag: tag, count: counts[tag], tags: start, &writer)
    }
  }

  /// The columns of the payloads of one case, of values whose tags were written at `tags`.
  private static func encodePayloads(
    _ batch: ColumnBatch, tag: Int, count: Int, tags: Int, _ writer: inout ByteWriter
  ) throws(LayoutFault) {
    let traits = batch.step.pointee.enumeration
    let payload = traits.pointee.payloads[tag]
    if payload.isIndirect, batch.depth >= Nesting.limit { throw .tooDeep }
    // Payloads of several cases are projected in copies of the bits, which own nothing and are never destroyed.
    let isInPlace = traits.pointee.payloadCases == 1
    let size = batch.step.pointee.size
    let copyStride = (size + 63) & ~63
    let copies = UnsafeMutableRawPointer.allocate(byteCount: isInPlace ? 0 : count * copyStride, alignment: 64)
    defer { copies.deallocate() }
    try Runs.withRoom(count) { (room) throws(LayoutFault) in
      var filled = 0
      batch.forEach { place, index in
        guard Int(writer.place(tags + index).load(as: UInt8.self)) == tag else { return }
        var value = place
        if !isInPlace {
          value = copies + filled * copyStride
          memcpy(value, place, size)
          traits.pointee.project(value, traits.pointee.metadata)
        }
        if payload.isIndirect { value = UnsafeMutableRawPointer(mutating: Box.payload(value)) }
        room[filled] = Run(start: value, count: 1)
        filled += 1
      }
      try encode(
        payload.program, Runs(room), count: count, stride: payload.program.pointee.stride, &writer,
        payload.isIndirect ? batch.depth + 1 : batch.depth)
    }
  }

  static func encodeConversions(_ batch: ColumnBatch, _ writer: inout ByteWriter) throws(LayoutFault) {
    if batch.depth >= Nesting.limit { throw .tooDeep }
    let conversion = batch.step.pointee.conversion.pointee.conversion
    let program = batch.step.pointee.element!
    let stride = program.pointee.stride
    try Memory.withScratch(program, count: batch.count) { (wires) throws(LayoutFault) in
      var done = 0
      defer { Memory.destroy(wires, count: done, program.pointee.metadata) }
      try batch.forEach { (place, index) throws(LayoutFault) in
        do { try conversion.write(place, to: wires + index * stride) } catch {
          writer.cause = error
          throw LayoutFault.conversion
        }
        done = index + 1
      }
      try Runs.withSingle(wires, count: batch.count) { (runs) throws(LayoutFault) in
        try encode(program, runs, count: batch.count, stride: stride, &writer, batch.depth + 1)
      }
    }
  }
}
