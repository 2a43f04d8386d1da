internal import FlintLayout

/// How a capture lies in its context.
enum CaptureKind {
  /// A value of this type.
  case value(Metadata)
  /// A function: a word of code and a word of context. `parameterCount` counts its own parameters, without captures.
  case function(isOptional: Bool, parameterCount: Int)
  /// A counted reference to a context or a box.
  case object(isOptional: Bool)
  /// An address in an image.
  case codePointer

  var layout: (size: Int, alignment: Int) {
    switch self {
    case .value(let type): type.valueLayout
    case .function: (16, 8)
    case .object, .codePointer: (8, 8)
    }
  }

  /// The kind of a capture whose type is `name`. Throws a refusal when it cannot be shipped.
  init(_ name: MangledName, in environment: GenericEnvironment) throws(ClosureRefusal) {
    try Self.refuseReferences(name)
    switch name.printed {
    case "Bo": self = .object(isOptional: false)
    case "BoSg": self = .object(isOptional: true)
    case "Bp": self = .codePointer
    default:
      if name.hasSuffix("Xb") || name.hasSuffix("Xx") || name.hasSuffix("XX") {
        self = .object(isOptional: false)
      } else if let function = try LoweredFunction(name) {
        self = .function(isOptional: function.isOptional, parameterCount: function.parameterCount)
      } else if let type = environment.type(named: name) {
        self = .value(type)
      } else {
        throw Self.unresolved(name)
      }
    }
  }

  private static func refuseReferences(_ name: MangledName) throws(ClosureRefusal) {
    let kinds: [(StaticString, String)] = [("Xw", "weak"), ("Xo", "unowned"), ("Xu", "unowned(unsafe)")]
    for (suffix, kind) in kinds where name.hasSuffix(suffix) {
      throw ClosureRefusal(
        "is a reference marked \(kind), and means nothing in another process", remedy: ClosureRefusal.copyValue)
    }
  }

  private static func unresolved(_ name: MangledName) -> ClosureRefusal {
    guard let nominal = name.referencedNominals.first(where: { $0.accessor == nil }) else {
      return ClosureRefusal(
        "has a type that the runtime cannot find: \(name.printed)", remedy: ClosureRefusal.keepMetadata)
    }
    let relation = name.skeleton.count == 1 ? "is of" : "needs"
    return ClosureRefusal(
      "\(relation) type \(nominal.name), whose metadata the optimiser removed", remedy: ClosureRefusal.keepMetadata)
  }
}
