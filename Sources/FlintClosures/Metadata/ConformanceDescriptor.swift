internal import CFlint
internal import FlintLayout

/// What the compiler wrote about one type's conformance to one protocol.
struct ConformanceDescriptor {
  let address: UnsafeRawPointer

  init(_ address: UnsafeRawPointer) { self.address = address }

  private var flags: UInt32 { address.load(fromByteOffset: 12, as: UInt32.self) }

  /// The description of the protocol.
  var protocolDescription: UnsafeRawPointer? { address.relativeIndirectableTarget }

  /// Conditional requirements, resilient witnesses or a generic table: then tables are made at run time.
  private var isInstantiated: Bool { flags & 0x3_FF00 != 0 }

  /// The one table of the conformance, part of the image; nil when tables are made at run time.
  var fixedTable: UnsafeRawPointer? { isInstantiated ? nil : (address + 8).relativeTarget }

  /// The table by which `type` conforms, if it does so by this very conformance.
  func table(of type: Metadata) -> UnsafeRawPointer? {
    guard let protocolDescription, let table = swift_conformsToProtocol(type.address, protocolDescription),
      table.pointer(0) == address
    else { return nil }
    return table
  }

  /// The type of which `table` is the conformance: one of the candidates, or the type that the conformance itself names.
  func conformingType(of table: UnsafeRawPointer, among candidates: [Metadata]) -> Metadata? {
    (candidates + [namedType].compactMap { $0 }).first { self.table(of: $0) == table }
  }

  /// The type that was declared to conform, where it is not generic.
  private var namedType: Metadata? {
    guard var description = (address + 4).relativeTarget else { return nil }
    switch (flags >> 3) & 7 {
    case 0: break
    case 1:
      guard let target = description.load(as: UnsafeRawPointer?.self) else { return nil }
      description = target
    default: return nil
    }
    let nominal = NominalDescriptor(description)
    guard nominal.kind != nil, !nominal.isGeneric, let accessor = nominal.accessor else { return nil }
    return Metadata(flint_metadata_of_nominal(accessor, nil, 0))
  }
}
