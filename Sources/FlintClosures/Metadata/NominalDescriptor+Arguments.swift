internal import FlintLayout

extension NominalDescriptor {
  /// Whether the class stands below one whose size this program does not know: then the place of its generic arguments
  /// is not written in the description.
  var hasResilientSuperclass: Bool { kind == .class && flags & (1 << 29) != 0 }

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
