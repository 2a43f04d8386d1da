/// Hashes rows by what travels of them, field by field. Sets and dictionaries are taken without the order of their elements,
/// which differs between equal ones.
enum RowHasher {
  /// Gives `body` the hash of each of `count` rows that lie one stride apart from `rows` on.
  @inline(__always)
  static func hash(
    _ program: UnsafePointer<Program>, _ rows: UnsafeRawPointer, count: Int, _ body: (Int, UInt64) -> Void
  ) throws(LayoutFault) {
    let stride = program.pointee.stride
    var row = rows
    for index in 0..<count {
      var hash = WordHash()
      if program.pointee.isImage {
        hash.add(row, count: stride)
      } else {
        try add(program, row, &hash, 0)
      }
      body(index, hash.finished)
      row += stride
    }
  }

  /// Takes in one row.
  private static func add(
    _ program: UnsafePointer<Program>, _ row: UnsafeRawPointer, _ hash: inout WordHash, _ depth: Int
  ) throws(LayoutFault) {
    let steps = program.pointee.steps
    guard var step = steps.baseAddress else { return }
    let end = step + steps.count
    while step < end {
      let field = row + step.pointee.offset
      switch step.pointee.kind {
      case .bits, .tag, .scalar: addBits(field, step.pointee.size, &hash)
      case .bool: hash.add(UInt64(field.load(as: UInt8.self) & 1))
      case .string: addText(field, &hash)
      case .stringByInterface: addTextByInterface(field, &hash)
      case .array, .arrayByInterface: try addArray(step, field, &hash, depth)
      case .optionalBits:
        let size = step.pointee.size
        let isNil = field.load(fromByteOffset: size, as: UInt8.self) != 0
        hash.add(isNil ? 0 : 1)
        if !isNil { addBits(field, size, &hash) }
      case .optional, .optionalString:
        let traits = step.pointee.optional
        let isNil = traits.pointee.tag(field, 1, traits.pointee.payload) != 0
        hash.add(isNil ? 0 : 1)
        if !isNil { try add(step.pointee.element, field, &hash, depth) }
      case .enumeration: try addEnumeration(step, field, &hash, depth)
      case .conversion: try addConversion(step, field, &hash, depth)
      case .nothing: break
      }
      step += 1
    }
  }

  @inline(__always)
  private static func addBits(_ field: UnsafeRawPointer, _ size: Int, _ hash: inout WordHash) {
    if size == 8 { hash.add(field.loadUnaligned(as: UInt64.self)) } else { hash.add(field, count: size) }
  }

  @inline(__always)
  private static func addText(_ field: UnsafeRawPointer, _ hash: inout WordHash) {
    guard let bytes = StringWords.bytes(field) else { return addTextByInterface(field, &hash) }
    let count = StringWords.count(field)
    hash.add(UInt64(truncatingIfNeeded: count))
    hash.add(bytes, count: count)
  }

  private static func addTextByInterface(_ field: UnsafeRawPointer, _ hash: inout WordHash) {
    var text = field.assumingMemoryBound(to: String.self).pointee
    text.withUTF8 { utf8 in
      hash.add(UInt64(truncatingIfNeeded: utf8.count))
      if let start = utf8.baseAddress { hash.add(UnsafeRawPointer(start), count: utf8.count) }
    }
  }

  private static func addArray(
    _ step: UnsafePointer<Step>, _ field: UnsafeRawPointer, _ hash: inout WordHash, _ depth: Int
  ) throws(LayoutFault) {
    if depth >= Nesting.limit { throw .tooDeep }
    let (start, count) = step.elements(of: field)
    hash.add(UInt64(truncatingIfNeeded: count))
    guard count > 0, var element = start, let program = step.pointee.element else { return }
    let stride = program.pointee.stride
    if program.pointee.isImage { return hash.add(element, count: count * stride) }
    for _ in 0..<count {
      try add(program, element, &hash, depth + 1)
      element += stride
    }
  }

  private static func addEnumeration(
    _ step: UnsafePointer<Step>, _ field: UnsafeRawPointer, _ hash: inout WordHash, _ depth: Int
  ) throws(LayoutFault) {
    let traits = step.pointee.enumeration
    let tag = Int(traits.pointee.tag(field, traits.pointee.metadata))
    hash.add(UInt64(truncatingIfNeeded: tag))
    guard tag < traits.pointee.payloadCases else { return }
    let payload = traits.pointee.payloads[tag]
    try Enumeration.withPayload(of: step, payload, at: field) { (place) throws(LayoutFault) in
      if payload.isIndirect, depth >= Nesting.limit { throw .tooDeep }
      try add(payload.program, place, &hash, payload.isIndirect ? depth + 1 : depth)
    }
  }

  private static func addConversion(
    _ step: UnsafePointer<Step>, _ field: UnsafeRawPointer, _ hash: inout WordHash, _ depth: Int
  ) throws(LayoutFault) {
    if depth >= Nesting.limit { throw .tooDeep }
    let program = step.pointee.element!
    let conversion = step.pointee.conversion.pointee.conversion
    try Memory.withScratch(program) { (wire) throws(LayoutFault) in
      do { try conversion.write(field, to: wire) } catch { throw LayoutFault.conversion }
      defer { Memory.destroy(wire, program.pointee.metadata) }
      if conversion.isUnordered {
        try addUnordered(program, wire, &hash, depth + 1)
      } else {
        try add(program, wire, &hash, depth + 1)
      }
    }
  }

  /// Takes in what travels of a set or a dictionary: arrays of one length, whose elements with one index belong together.
  private static func addUnordered(
    _ program: UnsafePointer<Program>, _ wire: UnsafeRawPointer, _ hash: inout WordHash, _ depth: Int
  ) throws(LayoutFault) {
    if depth >= Nesting.limit { throw .tooDeep }
    let arrays = program.pointee.steps
    guard let first = arrays.baseAddress else { return }
    let count = first.elements(of: wire + first.pointee.offset).count
    var sum: UInt64 = 0
    for index in 0..<count {
      var element = WordHash()
      for number in 0..<arrays.count {
        let array = first + number
        guard let start = array.elements(of: wire + array.pointee.offset).start, let program = array.pointee.element
        else { continue }
        try add(program, start + index * program.pointee.stride, &element, depth + 1)
      }
      sum &+= element.finished
    }
    hash.add(UInt64(truncatingIfNeeded: count), sum)
  }
}
