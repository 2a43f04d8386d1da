/// A type, seen as the record that the runtime keeps of it.
///
/// All that reads type metadata stands in this folder, for rows and for closures; offsets are those of the stable ABI.
package struct Metadata: Equatable {
  package let address: UnsafeRawPointer

  /// What the first word of a record says about the rest.
  package enum Kind: Equatable {
    case `class`, `struct`, `enum`, optional, tuple, function, metatype, existentialMetatype, fixedArray
    /// A value of any type that conforms; the second kind is that of protocols with arguments.
    case existential, extendedExistential
    /// Known to the compiler alone.
    case opaque
    /// Not a type: the head of a closure's context.
    case context
    /// Not a type: the head of a box for a value of generic type.
    case genericBox
    case other(UInt)
  }

  package init(_ address: UnsafeRawPointer) { self.address = address }

  package init(_ type: Any.Type) { address = unsafeBitCast(type, to: UnsafeRawPointer.self) }

  package var swiftType: Any.Type { unsafeBitCast(address, to: Any.Type.self) }

  package var bits: UInt { UInt(bitPattern: address) }

  package var kind: Kind {
    switch address.word(0) {
    // Classes have a pointer or nothing in place of a kind.
    case 0, 0x800...: .class
    case 0x200: .struct
    case 0x201: .enum
    case 0x202: .optional
    case 0x300: .opaque
    case 0x301: .tuple
    case 0x302: .function
    case 0x303: .existential
    case 0x304: .metatype
    case 0x306: .existentialMetatype
    case 0x307: .extendedExistential
    case 0x308: .fixedArray
    case 0x400: .context
    case 0x500: .genericBox
    case let number: .other(number)
    }
  }

  /// How the runtime handles values of the type. Heads of contexts and boxes have no such table.
  package var witnesses: ValueWitnesses { ValueWitnesses(address) }

  /// Size and alignment of a value.
  package var valueLayout: (size: Int, alignment: Int) {
    if address.word(-1) == 0 { return (0, 1) }
    let witnesses = witnesses
    return (witnesses.size, witnesses.alignmentMask + 1)
  }

  /// The description of a struct, enum or class; nil for other types.
  package var nominal: NominalDescriptor? {
    switch kind {
    case .struct, .enum, .optional: address.pointer(1).map(NominalDescriptor.init)
    case .class: address.pointer(5).map(NominalDescriptor.init)
    default: nil
    }
  }

  /// Where the arguments of a generic struct or enum begin.
  package var genericArguments: UnsafeRawPointer { address + 16 }

  /// The superclass of a class.
  package var superclass: Metadata? { kind == .class ? address.pointer(1).map(Metadata.init) : nil }

  /// The name for messages, without the addresses that the runtime writes into names of private types.
  package var name: String {
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
