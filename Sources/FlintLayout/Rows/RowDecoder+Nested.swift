// What holds other values. The payload of an optional or an enum is read straight into its place, and gets its tag when
// it is whole.
extension RowDecoder {
  @inline(__always)
  static func decodeOptional(
    _ step: UnsafePointer<Step>, _ field: UnsafeMutableRawPointer, _ reader: inout ByteReader, _ depth: Int
  ) throws(LayoutFault) {
    let traits = step.pointee.optional
    switch try reader.get(UInt8.self) {
    case 0: traits.pointee.storeTag(field, 1, 1, traits.pointee.payload)
    case 1:
      try decode(step.pointee.element, field, &reader, depth)
      traits.pointee.storeTag(field, 0, 1, traits.pointee.payload)
    default: throw .badTag
    }
  }

  static func decodeEnumeration(
    _ step: UnsafePointer<Step>, _ field: UnsafeMutableRawPointer, _ reader: inout ByteReader, _ depth: Int
  ) throws(LayoutFault) {
    let traits = step.pointee.enumeration
    let tag = Int(try reader.get(UInt8.self))
    if tag >= traits.pointee.cases { throw .badTag }
    if tag < traits.pointee.payloadCases {
      let payload = traits.pointee.payloads[tag]
      if payload.isIndirect {
        if depth >= Nesting.limit { throw .tooDeep }
        try reader.charge(payload.program.pointee.stride + 16)
        let value = Box.makeUninitialized(field, for: payload.program)
        do throws(LayoutFault) { try decode(payload.program, value, &reader, depth + 1) } catch {
          Box.discard(field, for: payload.program)
          throw error
        }
      } else {
        try decode(payload.program, field, &reader, depth)
      }
    }
    traits.pointee.inject(field, UInt32(tag), traits.pointee.metadata)
  }

  static func decodeArray(
    _ step: UnsafePointer<Step>, _ field: UnsafeMutableRawPointer, _ reader: inout ByteReader, _ depth: Int
  ) throws(LayoutFault) {
    let count = try arrayCount(step, &reader, depth)
    let traits = step.pointee.array
    if count == 0 {
      ArrayStorage.makeEmpty(field, traits)
      return
    }
    let program = step.pointee.element!
    let elements = ArrayStorage.make(field, traits, count: count, stride: program.pointee.stride)
    do throws(LayoutFault) { try decode(program, elements, count: count, &reader, depth + 1) } catch {
      ArrayStorage.discard(field, traits)
      throw error
    }
  }

  static func decodeArrayByInterface(
    _ step: UnsafePointer<Step>, _ field: UnsafeMutableRawPointer, _ reader: inout ByteReader, _ depth: Int
  ) throws(LayoutFault) {
    let count = try arrayCount(step, &reader, depth)
    let program = step.pointee.element!
    try Memory.withScratch(program, count: count) { (elements) throws(LayoutFault) in
      try decode(program, elements, count: count, &reader, depth + 1)
      step.pointee.array.pointee.interface.adopt(elements, count: count, at: field)
    }
  }

  /// Reads an array's count, which what is left of bytes and budget must have room for.
  @inline(__always)
  private static func arrayCount(
    _ step: UnsafePointer<Step>, _ reader: inout ByteReader, _ depth: Int
  ) throws(LayoutFault) -> Int {
    if depth >= Nesting.limit { throw .tooDeep }
    let count = Int(try reader.get(UInt32.self))
    // 32 bits times a size in memory cannot overflow 64, sizes being below 2^31.
    if count * step.pointee.element.pointee.minimumBytes > reader.remaining { throw .truncated }
    try reader.charge(step.pointee.array.pointee.head + count * step.pointee.element.pointee.stride)
    return count
  }

  static func decodeConversion(
    _ step: UnsafePointer<Step>, _ field: UnsafeMutableRawPointer, _ reader: inout ByteReader, _ depth: Int
  ) throws(LayoutFault) {
    if depth >= Nesting.limit { throw .tooDeep }
    let program = step.pointee.element!
    try Memory.withScratch(program) { (wire) throws(LayoutFault) in
      try decode(program, wire, &reader, depth + 1)
      defer { Memory.destroy(wire, program.pointee.metadata) }
      try restore(step, wire, field, &reader)
    }
  }

  /// Makes the value at `field` from the whole `wire`, which stays initialised.
  static func restore(
    _ step: UnsafePointer<Step>, _ wire: UnsafeRawPointer, _ field: UnsafeMutableRawPointer, _ reader: inout ByteReader
  ) throws(LayoutFault) {
    let conversion = step.pointee.conversion.pointee.conversion
    try reader.charge(conversion.cost(wire))
    do { try conversion.read(wire, to: field) } catch {
      reader.cause = error
      throw .conversion
    }
  }
}
