internal import FlintLayout

/// What a context holds before its captures, and how its generic types are found. It needs no context of its own.
struct ContextSchema {
  /// What a word of the bindings is.
  enum Binding {
    case type(MangledName)
    case witnessTable
    /// A number, such as the length of a parameter pack.
    case number
  }

  let descriptor: CaptureDescriptor
  let start: Int
  private(set) var bindings: [Binding]
  /// Types that are found through a captured value, in the order in which they travel behind the bindings.
  private(set) var dependents: [(type: MangledName, path: MetadataPath)] = []

  init(_ context: ContextMetadata) throws(ClosureRefusal) {
    guard let descriptor = context.descriptor else {
      throw ClosureRefusal(
        "has captures that the compiler did not describe",
        remedy: "build without -disable-reflection-metadata, and do not capture an opened existential")
    }
    self.descriptor = descriptor
    start = context.start
    // Witness tables are the bindings that nobody describes.
    bindings = Array(repeating: .witnessTable, count: descriptor.bindingCount)
    for index in 0..<descriptor.sourceCount {
      guard let source = descriptor.source(index) else { continue }
      try add(source.type, MetadataPath(source.path))
    }
  }

  private mutating func add(_ type: MangledName, _ path: MetadataPath) throws(ClosureRefusal) {
    if type.hasSuffix("Qp") {
      throw ClosureRefusal(
        "captures a parameter pack", remedy: "capture the elements one by one, or as a tuple or an array")
    }
    switch path.root {
    case .binding(let index) where bindings.indices.contains(index):
      bindings[index] = path.isNumber ? .number : .type(type)
    default:
      if !path.isNumber { dependents.append((type, path)) }
    }
  }

  /// Where the captures begin, before the first one's alignment.
  var captureStart: Int { start + 8 * bindings.count }

  /// What the generic types stand for, by the bindings' words and the dependents' types. A variable's box has none of
  /// its own and uses those of the context that holds it, `outer`.
  func environment(
    words: [UInt], dependents types: [Metadata], in outer: GenericEnvironment
  ) throws(ClosureRefusal) -> GenericEnvironment {
    var environment = outer
    for (binding, word) in zip(bindings, words) {
      guard case .type(let name) = binding else { continue }
      // A pack's address is marked in its low bit.
      guard word & 7 == 0, let address = UnsafeRawPointer(bitPattern: word) else {
        throw ClosureRefusal(
          "captures a parameter pack", remedy: "capture the elements one by one, or as a tuple or an array")
      }
      environment.bind(name, to: Metadata(address))
    }
    for (dependent, type) in zip(dependents, types) { environment.bind(dependent.type, to: type) }
    return environment
  }
}
