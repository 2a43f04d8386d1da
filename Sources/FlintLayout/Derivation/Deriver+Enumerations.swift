// Enums with and without payload.
extension Deriver {
  mutating func emitEnumeration(
    _ metadata: Metadata, _ offset: Int, _ path: String, _ steps: inout [Step]
  ) throws(Refusal) -> ColumnType {
    let type = metadata.swiftType
    guard let descriptor = metadata.nominal else { throw Refusal(at: path, "\(type) has no description") }
    try refuseLibraryType(metadata, descriptor, path)
    guard let records = descriptor.fields else { throw Self.withoutReflection(type, path) }
    let count = descriptor.payloadCases + descriptor.emptyCases
    guard count > 0 else { throw Refusal(at: path, "\(type) has no cases, so no values") }
    guard metadata.witnesses.hasEnumWitnesses, records.count == count else {
      throw Refusal(at: path, "\(type) is not described as an enum of \(count) cases")
    }
    if descriptor.payloadCases == 0 {
      try emitTag(metadata, count, offset, path, &steps)
      return .union(records.map { ColumnType.Case(name: $0.name, payload: nil) })
    }
    guard count <= 256 else { throw Refusal(at: path, "\(type) has payloads and more than 256 cases") }
    return try emitPayloads(metadata, descriptor, records, offset, path, &steps)
  }

  /// An enum without payload is its tag; whether the memory really is the tag is tried with every case.
  private func emitTag(
    _ metadata: Metadata, _ count: Int, _ offset: Int, _ path: String, _ steps: inout [Step]
  ) throws(Refusal) {
    let witnesses = metadata.witnesses
    if witnesses.size == 0 { return }
    guard witnesses.size <= 2 else { throw Refusal(at: path, "\(metadata.swiftType) has more than 65,536 cases") }
    var memory: UInt64 = 0
    for tag in 0..<count {
      memory = 0
      withUnsafeMutableBytes(of: &memory) { bytes in
        if let place = bytes.baseAddress { witnesses.injectTag(place, UInt32(tag), metadata.address) }
      }
      guard memory == UInt64(tag) else {
        throw Refusal(at: path, "\(metadata.swiftType) does not keep its cases as their numbers")
      }
    }
    steps.append(Step(.tag, offset: offset, size: witnesses.size, count: count))
  }

  private mutating func emitPayloads(
    _ metadata: Metadata, _ descriptor: NominalDescriptor, _ records: [FieldRecord], _ offset: Int, _ path: String,
    _ steps: inout [Step]
  ) throws(Refusal) -> ColumnType {
    var payloads: [EnumerationTraits.Payload] = []
    var cases: [ColumnType.Case] = []
    for (index, record) in records.enumerated() {
      guard index < descriptor.payloadCases else {
        cases.append(ColumnType.Case(name: record.name, payload: nil))
        continue
      }
      let place = "\(path).\(record.name)"
      guard let payload = record.type(in: descriptor, arguments: metadata.genericArguments) else {
        throw Refusal(at: place, "the type of this payload of \(metadata.swiftType) is not known at run time")
      }
      let (program, column) = try program(payload, place)
      payloads.append(EnumerationTraits.Payload(program: program, isIndirect: record.isIndirect))
      cases.append(ColumnType.Case(name: record.name, payload: column))
    }
    guard let start = arena.store(payloads).baseAddress else {
      throw Refusal(at: path, "\(metadata.swiftType) has no payloads")
    }
    let witnesses = metadata.witnesses
    let traits = EnumerationTraits(
      metadata: metadata.address, cases: records.count, payloads: start, payloadCases: payloads.count,
      tag: witnesses.enumTag, project: witnesses.projectPayload, inject: witnesses.injectTag)
    steps.append(
      Step(
        .enumeration, offset: offset, size: witnesses.size, element: nil, owner: metadata.owner,
        traits: arena.store(traits)))
    return .union(cases)
  }
}
