/// What the runtime knows of a type, read from its metadata record.
struct TypeMetadata {
  let type: Any.Type
  let pointer: UnsafeRawPointer

  init(_ type: Any.Type) {
    self.type = type
    pointer = unsafeBitCast(type, to: UnsafeRawPointer.self)
  }

  var witnesses: ValueWitnesses { ValueWitnesses(pointer) }

  enum Kind {
    case structure, enumeration, tuple
    case function, existential, metatype, opaque, fixedArray
    case `class`
  }

  var kind: Kind {
    switch pointer.load(as: Int.self) {
    case 0x200: .structure
    case 0x201, 0x202: .enumeration
    case 0x300: .opaque
    case 0x301: .tuple
    case 0x302: .function
    case 0x303, 0x307: .existential
    case 0x304, 0x306: .metatype
    case 0x308: .fixedArray
    // Every other word is the address of a class object, or one of the kinds that only foreign classes have.
    default: .class
    }
  }

  /// The compiler's description of a struct or an enum; nil for other kinds.
  var descriptor: NominalDescriptor? {
    switch kind {
    case .structure, .enumeration: NominalDescriptor((pointer + 8).load(as: UnsafeRawPointer.self))
    default: nil
    }
  }

  /// Where the arguments of a generic struct or enum begin.
  var genericArguments: UnsafeRawPointer { pointer + 16 }
}
