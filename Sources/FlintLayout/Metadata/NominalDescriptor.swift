/// What the compiler wrote about a struct, enum or class: its name and module, its fields or cases.
package struct NominalDescriptor: Equatable {
  package enum Kind: UInt32 {
    case `class` = 16
    case `struct` = 17
    case `enum` = 18
  }

  package let address: UnsafeRawPointer

  package init(_ address: UnsafeRawPointer) { self.address = address }

  package var flags: UInt32 { address.load(as: UInt32.self) }

  /// Nil for descriptions of anything else.
  package var kind: Kind? { Kind(rawValue: flags & 0x1F) }

  package var isGeneric: Bool { flags & 0x80 != 0 }

  /// The type's own name, without its module and what it is nested in.
  package var name: String { (address + 8).relativeTarget?.text ?? "" }

  /// The name of the module that declares the type.
  package var module: String {
    var context = self
    // The low five bits are the kind of the context; 0 is a module, whose name stands where a type's does.
    while context.flags & 0x1F != 0 {
      guard let parent = (context.address + 4).relativeIndirectableTarget else { return "" }
      context = NominalDescriptor(parent)
    }
    return context.name
  }

  /// Nil when the optimiser removed the metadata and left the description.
  package var accessor: UnsafeRawPointer? { (address + 12).relativeTarget }

  /// The stored properties or the cases; nil when the module was built without reflection metadata.
  package var fields: [FieldRecord]? {
    guard let table = (address + 16).relativeTarget else { return nil }
    let size = Int((table + 10).load(as: UInt16.self))
    let count = Int((table + 12).load(as: UInt32.self))
    return (0..<count).map { FieldRecord(table + 16 + $0 * size) }
  }

  /// How many cases of an enum have a payload; those come first among ``fields``.
  package var payloadCases: Int { Int((address + 20).load(as: UInt32.self) & 0xFF_FFFF) }

  /// How many cases of an enum have none.
  package var emptyCases: Int { Int((address + 24).load(as: UInt32.self)) }
}
