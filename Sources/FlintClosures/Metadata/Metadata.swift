/// A type, seen as the record that the runtime keeps of it.
struct Metadata: Equatable {
  let address: UnsafeRawPointer

  /// What the first word of a record says about the rest.
  enum Kind: Equatable {
    case `class`, `struct`, `enum`, optional, tuple, function, existential, metatype, existentialMetatype
    /// Not a type: the head of a closure's context.
    case context
    /// Not a type: the head of a box for a value of generic type.
    case genericBox
    case other(UInt)
  }

  init(_ address: UnsafeRawPointer) { self.address = address }

  init(_ type: Any.Type) { address = unsafeBitCast(type, to: UnsafeRawPointer.self) }

  var swiftType: Any.Type { unsafeBitCast(address, to: Any.Type.self) }

  var bits: UInt { UInt(bitPattern: address) }

  var kind: Kind {
    switch address.word(0) {
    // Classes have a pointer or nothing in place of a kind.
    case 0, 0x800...: .class
    case 0x200: .struct
    case 0x201: .enum
    case 0x202: .optional
    case 0x301: .tuple
    case 0x302: .function
    case 0x303: .existential
    case 0x304: .metatype
    case 0x306: .existentialMetatype
    case 0x400: .context
    case 0x500: .genericBox
    case let number: .other(number)
    }
  }

  /// Size and alignment of a value, by the type's table of value operations.
  var valueLayout: (size: Int, alignment: Int) {
    guard let table = address.pointer(-1) else { return (0, 1) }
    return (
      table.load(fromByteOffset: 64, as: Int.self),
      Int(table.load(fromByteOffset: 80, as: UInt32.self) & 0xFF) + 1
    )
  }

  /// The description of a struct, enum or class; nil for other types.
  var nominal: NominalDescriptor? {
    switch kind {
    case .struct, .enum, .optional: address.pointer(1).map(NominalDescriptor.init)
    case .class: address.pointer(5).map(NominalDescriptor.init)
    default: nil
    }
  }

  /// The superclass of a class.
  var superclass: Metadata? { kind == .class ? address.pointer(1).map(Metadata.init) : nil }

  /// The name for messages, without the addresses that the runtime writes into names of private types.
  var name: String {
    var name = _typeName(swiftType, qualified: true)
    while let start = name.range(of: "(unknown context at $") {
      guard let end = name[start...].firstIndex(of: ")") else { break }
      var after = name.index(after: end)
      if after < name.endIndex, name[after] == "." { after = name.index(after: after) }
      name.removeSubrange(start..<after)
    }
    return name
  }
}

extension String {
  /// Where `text` begins for the first time.
  fileprivate func range(of text: String) -> String.Index? {
    indices.first { self[$0...].hasPrefix(text) }
  }
}
