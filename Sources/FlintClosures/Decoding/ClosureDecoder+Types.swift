internal import CFlint
internal import FlintCore
internal import FlintLayout

extension ClosureDecoder {
  /// Reads a type.
  mutating func type() throws(FlintError) -> Metadata {
    try inside { (decoder) throws(FlintError) in
      switch try decoder.tag(ClosureFormat.TypeTag.self) {
      case .nominal: return try decoder.nominal()
      case .tuple: return try decoder.tuple()
      case .metatype:
        return Metadata(swift_getMetatypeMetadata(try decoder.type().address))
      case .existentialMetatype:
        let instance = try decoder.type()
        guard [.existential, .existentialMetatype].contains(instance.kind) else {
          throw decoder.corrupt("a type is no existential")
        }
        return Metadata(swift_getExistentialMetatypeMetadata(instance.address))
      case .named: return try decoder.named()
      }
    }
  }

  private mutating func nominal() throws(FlintError) -> Metadata {
    let nominal = NominalDescriptor(try place(listedIn: \.types))
    guard nominal.kind != nil, let accessor = nominal.accessor else { throw corrupt("a type has no metadata") }
    guard let signature = nominal.signature else {
      return Metadata(flint_metadata_of_nominal(accessor, nil, 0))
    }
    guard let count = signature.typeCount else { throw corrupt("a type has parameters of an unknown kind") }
    var arguments: [Metadata] = []
    for _ in 0..<count { arguments.append(try type()) }
    guard let witnesses = signature.witnesses(for: arguments) else {
      throw corrupt("arguments of a type do not fulfil its requirements")
    }
    let words: [UnsafeRawPointer?] = arguments.map(\.address) + witnesses
    return Metadata(
      words.withUnsafeBufferPointer { flint_metadata_of_nominal(accessor, $0.baseAddress, $0.count) })
  }

  private mutating func tuple() throws(FlintError) -> Metadata {
    let count = Int(try reader.read(UInt16.self))
    let labels = try reader.readText()
    guard count <= ClosureFormat.maximumTupleCount, labels.utf8.count <= ClosureFormat.maximumNameCount,
      labels.isEmpty || labels.utf8.count(where: { $0 == UInt8(ascii: " ") }) == count, !labels.utf8.contains(0)
    else { throw corrupt("a tuple is malformed") }
    var elements: [UnsafeRawPointer?] = []
    for _ in 0..<count { elements.append(try type().address) }
    // The labels are not a constant of the program, so the runtime has to copy them.
    let flags = labels.isEmpty ? count : count | 0x10000
    guard count > 0 else { return Metadata(Void.self) }
    return elements.withUnsafeBufferPointer { elements in
      labels.withCString { labels in
        guard let start = elements.baseAddress else { return Metadata(Void.self) }
        return Metadata(
          swift_getTupleTypeMetadata(0, flags, start, flags == count ? nil : labels, nil).metadata)
      }
    }
  }

  private mutating func named() throws(FlintError) -> Metadata {
    let name = try reader.readText()
    guard name.utf8.count <= ClosureFormat.maximumNameCount, let found = _typeByName(name) else {
      throw corrupt("a type's name is unknown")
    }
    return Metadata(found)
  }

  /// Reads a conformance and returns its table.
  mutating func witnessTable() throws(FlintError) -> UnsafeRawPointer {
    let tag = try tag(ClosureFormat.WitnessTag.self)
    let conformance = ConformanceDescriptor(try place(listedIn: \.conformances))
    let table =
      switch tag {
      case .fixed: conformance.fixedTable
      case .ofType: conformance.table(of: try type())
      }
    guard let table else { throw corrupt("a type does not conform by the named conformance") }
    return table
  }
}
