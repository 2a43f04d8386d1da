// Leaves, arrays, optionals and conversions.
extension Deriver {
  func emit(_ leaf: Leaves.Leaf, _ metadata: Metadata, _ offset: Int, _ steps: inout [Step]) -> ColumnType {
    var kind = leaf.kind
    if kind == .string, usesInterfaces || !StringWords.isKnown { kind = .stringByInterface }
    steps.append(Step(kind, offset: offset, size: metadata.witnesses.size, owner: metadata.owner))
    return .scalar(leaf.scalar)
  }

  /// A decimal's scale is held to its bound, like the tag of an enum.
  func emitDecimal(_ offset: Int, _ steps: inout [Step]) -> ColumnType {
    steps.append(Step(.bits, offset: offset, size: 16))
    steps.append(Step(.tag, offset: offset + 16, size: 1, count: Decimal.maximumScale + 1))
    return .scalar(.decimal)
  }

  mutating func emit(
    _ array: any ArrayInterface.Type, _ metadata: Metadata, _ offset: Int, _ path: String, _ steps: inout [Step]
  ) throws(Refusal) -> ColumnType {
    let (program, column) = try program(array.elementType, path + "[]")
    let storage = array.storage
    let traits = ArrayTraits(
      interface: array, storageClass: storage.class, emptyStorage: storage.empty,
      head: ArrayStorage.head(alignmentMask: program.pointee.alignmentMask),
      alignmentMask: program.pointee.alignmentMask)
    let kind: Step.Kind = usesInterfaces || !ArrayStorage.isKnown ? .arrayByInterface : .array
    steps.append(
      Step(kind, offset: offset, size: 8, element: program, owner: metadata.address, traits: arena.store(traits)))
    return .list(column)
  }

  mutating func emitOptional(
    _ wrapped: Any.Type, _ metadata: Metadata, _ offset: Int, _ path: String, _ steps: inout [Step]
  ) throws(Refusal) -> ColumnType {
    let (program, column) = try program(wrapped, path + "?")
    let payload = Metadata(wrapped)
    let traits = OptionalTraits(
      payload: payload.address, tag: payload.witnesses.singlePayloadTag,
      storeTag: payload.witnesses.storeSinglePayloadTag)
    let (size, payloadSize) = (metadata.witnesses.size, payload.witnesses.size)
    let isBits =
      payload.witnesses.extraInhabitants == 0 && payloadSize > 0 && size == payloadSize + 1
      && program.pointee.steps.count == 1 && program.pointee.steps[0].kind == .bits
      && program.pointee.steps[0].size == payloadSize
    steps.append(
      Step(
        isBits ? .optionalBits : .optional, offset: offset, size: isBits ? payloadSize : size, element: program,
        owner: metadata.owner, traits: arena.store(traits)))
    return .optional(column)
  }

  mutating func emit(
    _ conversion: any Conversion.Type, _ metadata: Metadata, _ offset: Int, _ path: String, _ steps: inout [Step]
  ) throws(Refusal) -> ColumnType {
    let (program, column) = try program(conversion.wireType, path)
    steps.append(
      Step(
        .conversion, offset: offset, size: metadata.witnesses.size, element: program, owner: metadata.owner,
        traits: arena.store(ConversionTraits(conversion: conversion))))
    return conversion.columnType(wire: column)
  }
}

extension Metadata {
  /// The type itself, where destroying a value takes more than forgetting it.
  var owner: UnsafeRawPointer? { witnesses.isTrivial ? nil : address }
}
