internal import Glibc

/// Writes rows one after another, each field behind the other.
enum RowEncoder {
  /// Writes `count` rows that lie one stride apart from `rows` on.
  static func encode(
    _ program: UnsafePointer<Program>, _ rows: UnsafeRawPointer, count: Int, _ writer: inout ByteWriter, _ depth: Int
  ) throws(LayoutFault) {
    let stride = program.pointee.stride
    if program.pointee.isImage {
      memcpy(try writer.take(count * stride), rows, count * stride)
      return
    }
    var row = rows
    for _ in 0..<count {
      try encode(program, row, &writer, depth)
      row += stride
    }
  }

  /// Writes one row. What was written stays when this throws; the caller takes it back.
  static func encode(
    _ program: UnsafePointer<Program>, _ row: UnsafeRawPointer, _ writer: inout ByteWriter, _ depth: Int
  ) throws(LayoutFault) {
    let steps = program.pointee.steps
    guard var step = steps.baseAddress else { return }
    let end = step + steps.count
    while step < end {
      let field = row + step.pointee.offset
      switch step.pointee.kind {
      case .bits, .tag, .scalar:
        let size = step.pointee.size
        Memory.copy(try writer.take(size), field, size)
      case .bool: try writer.put(field.load(as: UInt8.self))
      case .string: try StringTransfer.writeWithLength(field, to: &writer)
      case .stringByInterface: try StringTransfer.writeWithLengthByInterface(field, to: &writer)
      case .array, .arrayByInterface: try encodeArray(step, field, &writer, depth)
      case .optionalBits:
        let size = step.pointee.size
        if field.load(fromByteOffset: size, as: UInt8.self) == 0 {
          let target = try writer.take(1 + size)
          target.storeBytes(of: 1, as: UInt8.self)
          Memory.copy(target + 1, field, size)
        } else {
          try writer.put(0 as UInt8)
        }
      case .optional, .optionalString:
        let traits = step.pointee.optional
        if traits.pointee.tag(field, 1, traits.pointee.payload) == 0 {
          try writer.put(1 as UInt8)
          try encode(step.pointee.element, field, &writer, depth)
        } else {
          try writer.put(0 as UInt8)
        }
      case .enumeration: try encodeEnumeration(step, field, &writer, depth)
      case .conversion: try encodeConversion(step, field, &writer, depth)
      case .nothing: try writer.put(0 as UInt8)
      }
      step += 1
    }
  }

  private static func encodeArray(
    _ step: UnsafePointer<Step>, _ field: UnsafeRawPointer, _ writer: inout ByteWriter, _ depth: Int
  ) throws(LayoutFault) {
    if depth >= Nesting.limit { throw .tooDeep }
    let (start, count) = step.elements(of: field)
    guard let length = UInt32(exactly: count) else { throw .tooLarge }
    try writer.put(length)
    if count > 0, let start { try encode(step.pointee.element, start, count: count, &writer, depth + 1) }
  }

  private static func encodeEnumeration(
    _ step: UnsafePointer<Step>, _ field: UnsafeRawPointer, _ writer: inout ByteWriter, _ depth: Int
  ) throws(LayoutFault) {
    let traits = step.pointee.enumeration
    let tag = Int(traits.pointee.tag(field, traits.pointee.metadata))
    try writer.put(UInt8(truncatingIfNeeded: tag))
    guard tag < traits.pointee.payloadCases else { return }
    let payload = traits.pointee.payloads[tag]
    try Enumeration.withPayload(of: step, payload, at: field) { (place) throws(LayoutFault) in
      if payload.isIndirect, depth >= Nesting.limit { throw .tooDeep }
      try encode(payload.program, place, &writer, payload.isIndirect ? depth + 1 : depth)
    }
  }

  private static func encodeConversion(
    _ step: UnsafePointer<Step>, _ field: UnsafeRawPointer, _ writer: inout ByteWriter, _ depth: Int
  ) throws(LayoutFault) {
    if depth >= Nesting.limit { throw .tooDeep }
    let program = step.pointee.element!
    try Memory.withScratch(program) { (wire) throws(LayoutFault) in
      do { try step.pointee.conversion.pointee.conversion.write(field, to: wire) } catch {
        writer.cause = error
        throw LayoutFault.conversion
      }
      defer { Memory.destroy(wire, program.pointee.metadata) }
      try encode(program, wire, &writer, depth + 1)
    }
  }
}
