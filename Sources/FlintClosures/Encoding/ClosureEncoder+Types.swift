internal import CFlint
internal import FlintCore
internal import FlintLayout

extension ClosureEncoder {
  /// Writes which type this is: where its description stands and its arguments, or its name if it has no description.
  mutating func type(_ metadata: Metadata) throws(FlintError) {
    try inside("in type \(metadata.name):") { (encoder) throws(FlintError) in
      switch metadata.kind {
      case .struct, .enum, .optional, .class: try encoder.nominal(metadata)
      case .tuple: try encoder.tuple(metadata)
      case .metatype: try encoder.wrapped(.metatype, metadata)
      case .existentialMetatype: try encoder.wrapped(.existentialMetatype, metadata)
      default: try encoder.named(metadata)
      }
    }
  }

  private mutating func wrapped(_ tag: ClosureFormat.TypeTag, _ metadata: Metadata) throws(FlintError) {
    guard let instance = metadata.address.pointer(1) else { return try named(metadata) }
    try body.append(tag.rawValue)
    try type(Metadata(instance))
  }

  private mutating func nominal(_ metadata: Metadata) throws(FlintError) {
    guard let nominal = metadata.nominal, isListed(nominal) else { return try named(metadata) }
    var arguments: [Metadata] = []
    if let signature = nominal.signature {
      guard let count = signature.typeCount, !nominal.hasResilientSuperclass else { return try named(metadata) }
      arguments = (0..<count).compactMap { metadata.genericArgument($0) }
      guard arguments.count == count else { return try named(metadata) }
    }
    try body.append(ClosureFormat.TypeTag.nominal.rawValue)
    try place(UInt(bitPattern: nominal.address), "the description of the type")
    for argument in arguments { try type(argument) }
  }

  private func isListed(_ nominal: NominalDescriptor) -> Bool {
    let address = UInt(bitPattern: nominal.address)
    guard nominal.accessor != nil, let index = images.index(of: address) else { return false }
    return images.images[index].declarations.contains(address, in: \.types)
  }

  private mutating func tuple(_ metadata: Metadata) throws(FlintError) {
    let count = Int(metadata.address.word(1))
    guard count <= ClosureFormat.maximumTupleCount else { return try named(metadata) }
    try body.append(ClosureFormat.TypeTag.tuple.rawValue)
    try body.append(UInt16(count))
    let labels = metadata.address.pointer(2)
    try body.append(text: labels.map { String(cString: $0.assumingMemoryBound(to: CChar.self)) } ?? "")
    for index in 0..<count {
      guard let element = metadata.address.pointer(3 + 2 * index) else { return }
      try type(Metadata(element))
    }
  }

  /// Functions and existentials. Their names are found again unless something private is in them.
  private mutating func named(_ metadata: Metadata) throws(FlintError) {
    guard let name = _mangledTypeName(metadata.swiftType), name.utf8.count <= ClosureFormat.maximumNameCount,
      let found = _typeByName(name), Metadata(found) == metadata
    else {
      throw refusal("this type cannot be found by another process", ClosureRefusal.keepMetadata)
    }
    try body.append(ClosureFormat.TypeTag.named.rawValue)
    try body.append(text: name)
  }

  /// Writes which conformance this is the table of. `candidates` are the types that it may be a conformance of.
  mutating func witnessTable(_ table: UnsafeRawPointer, candidates: [Metadata]) throws(FlintError) {
    guard let address = table.pointer(0) else {
      throw refusal("has an unreadable conformance", ClosureRefusal.copyValue)
    }
    let conformance = ConformanceDescriptor(address)
    if conformance.fixedTable == table {
      try body.append(ClosureFormat.WitnessTag.fixed.rawValue)
      try place(UInt(bitPattern: address), "a conformance")
      return
    }
    guard let type = conformance.conformingType(of: table, among: candidates) else {
      throw refusal(
        "needs a conformance of a type that it does not capture",
        "pass a value of the type as a parameter to a function that makes the closure")
    }
    try body.append(ClosureFormat.WitnessTag.ofType.rawValue)
    try place(UInt(bitPattern: address), "a conformance")
    try self.type(type)
  }
}
