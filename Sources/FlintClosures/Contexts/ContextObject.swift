internal import FlintLayout

/// A context as it lies in memory, on the side that ships it.
struct ContextObject {
  let address: UnsafeRawPointer
  let schema: ContextSchema
  /// Parameters of the closure itself; its captures follow as further parameters.
  let parameterCount: Int

  /// The words of the bindings.
  var words: [UInt] {
    schema.bindings.indices.map { (address + schema.start).word($0) }
  }

  /// The types that are found through captured values. Throws when one cannot be.
  func dependentTypes() throws(ClosureRefusal) -> [Metadata] {
    var types: [Metadata] = []
    for dependent in schema.dependents {
      guard let type = follow(dependent.path.root) else {
        throw ClosureRefusal(
          "has a generic type that is found in a way that is not supported",
          remedy: "pass the generic value as a parameter to a function that makes the closure")
      }
      types.append(type)
    }
    return types
  }

  private func follow(_ step: MetadataPath.Step) -> Metadata? {
    switch step {
    case .binding(let index):
      return schema.bindings.indices.contains(index) ? (address + schema.start).pointer(index).map(Metadata.init) : nil
    case .reference(let parameter):
      return capture(parameter).flatMap { $0.pointer(0) }.map(Metadata.init)
    case .metatype(let parameter):
      return capture(parameter).map(Metadata.init)
    case .argument(let number, let other):
      return follow(other)?.genericArgument(number)
    case .unknown:
      return nil
    }
  }

  /// The word in the capture that is the function's parameter with this number. What stands before it must be of known
  /// size without generic types.
  private func capture(_ parameter: Int) -> UnsafeRawPointer? {
    let index = parameter - parameterCount
    guard index >= 0, index < schema.descriptor.captureCount else { return nil }
    var end = schema.captureStart
    for other in 0...index {
      guard let name = schema.descriptor.captureType(other), let layout = Self.layout(of: name) else { return nil }
      let offset = end.aligned(to: layout.alignment)
      if other == index { return address.load(fromByteOffset: offset, as: UnsafeRawPointer?.self) }
      end = offset + layout.size
    }
    return nil
  }

  private static func layout(of name: MangledName) -> (size: Int, alignment: Int)? {
    if let kind = try? CaptureKind(name, in: GenericEnvironment()) { return kind.layout }
    // A class of a generic type, or a metatype: one word, whatever the type.
    let isWord = name.hasSuffix("G") || name.hasSuffix("XMT") || name.hasSuffix("m")
    return isWord ? (8, 8) : nil
  }
}

extension Metadata {
  /// The generic argument with this number, of the type or of the nearest generic superclass.
  func genericArgument(_ number: Int) -> Metadata? {
    var type = self
    while let nominal = type.nominal {
      if let signature = nominal.signature {
        guard number < signature.argumentCount, !nominal.hasResilientSuperclass else { return nil }
        return type.address.pointer(nominal.argumentsOffset + number).map(Metadata.init)
      }
      guard let superclass = type.superclass else { return nil }
      type = superclass
    }
    return nil
  }
}
