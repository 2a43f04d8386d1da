internal import FlintCore
internal import FlintLayout

extension ClosureEncoder {
  /// Writes a key path: its class with root and value, and its steps.
  mutating func keyPath(_ object: UnsafeRawPointer, _ type: Metadata) throws(FlintError) {
    guard let shape = KeyPathShape(reading: object) else {
      throw refusal(
        "is a key path with a subscript, with types of a generic function, or of an unknown form",
        "use a closure, such as { $0.fare }, in its place")
    }
    try self.type(type)
    try body.append(UInt8(shape.hasReferencePrefix ? 1 : 0))
    try body.append(UInt16(shape.components.count))
    for (index, component) in shape.components.enumerated() {
      try step(component)
      if index < shape.types.count { try self.type(shape.types[index]) }
    }
  }

  private mutating func step(_ component: KeyPathComponent) throws(FlintError) {
    switch component {
    case .plain(let header):
      try body.append(ClosureFormat.ComponentTag.plain.rawValue)
      try body.append(header)
    case .outOfLine(let header, let offset):
      try body.append(ClosureFormat.ComponentTag.outOfLine.rawValue)
      try body.append(header)
      try body.append(offset)
    case .computed(let header, let identity, let getter, let setter):
      try body.append(ClosureFormat.ComponentTag.computed.rawValue)
      try body.append(header)
      // What two equal properties share: an address in an image, or a small number.
      let isPlace = images.index(of: identity) != nil
      try body.append(UInt8(isPlace ? 1 : 0))
      if isPlace { try place(identity, "a property") } else { try body.append(UInt64(identity)) }
      try place(getter, "a property's getter")
      if setter != 0 { try place(setter, "a property's setter") }
    }
  }
}
