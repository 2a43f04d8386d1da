/// What the compiler wrote about a struct, enum or class: its name, its fields, how to get its metadata.
struct NominalDescriptor: Equatable {
  enum Kind: UInt32 {
    case `class` = 16
    case `struct` = 17
    case `enum` = 18
  }

  let address: UnsafeRawPointer

  init(_ address: UnsafeRawPointer) { self.address = address }

  private var flags: UInt32 { address.load(as: UInt32.self) }

  /// Nil for descriptions of anything else.
  var kind: Kind? { Kind(rawValue: flags & 0x1F) }

  var isGeneric: Bool { flags & 0x80 != 0 }

  var name: String {
    (address + 8).relativeTarget.map { String(cString: $0.assumingMemoryBound(to: CChar.self)) } ?? "?"
  }

  /// Nil when the optimiser removed the metadata and left the description.
  var accessor: UnsafeRawPointer? { (address + 12).relativeTarget }

  /// Whether the class stands below one whose size this program does not know: then the place of its generic arguments
  /// is not written in the description.
  var hasResilientSuperclass: Bool { kind == .class && flags & (1 << 29) != 0 }

  /// The type of the only stored property as a mangled name; nil when there is not exactly one.
  var onlyField: MangledName? {
    guard let fields = (address + 16).relativeTarget, fields.load(fromByteOffset: 12, as: UInt32.self) == 1 else {
      return nil
    }
    return (fields + 16 + 4).relativeTarget.map(MangledName.init)
  }

  /// The parameters and requirements of a generic type.
  var signature: GenericSignature? {
    guard isGeneric, let kind else { return nil }
    let fixed = kind == .class ? 44 : 28
    return GenericSignature(address + fixed + 8)
  }

  /// Where the generic arguments stand in the metadata, as words from its start.
  var argumentsOffset: Int {
    guard kind == .class else { return 2 }
    let positiveSize = Int(address.load(fromByteOffset: 28, as: UInt32.self))
    let immediate = Int(address.load(fromByteOffset: 32, as: UInt32.self))
    return positiveSize - immediate
  }
}
