internal import FlintLayout

/// A captured function's type, as the compiler's middle end sees it: the runtime has no metadata for such types, so it is
/// read off the name, which ends in `I`, attributes and conventions, `_`.
struct LoweredFunction {
  let isOptional: Bool
  /// The function's own parameters.
  let parameterCount: Int

  /// The letters of the conventions by which parameters are passed; those for results are others.
  private static let parameterConventions = Set("iclbnXxygevpm".utf8)
  /// Attributes that stand before the convention of the function itself.
  private static let leadingAttributes = Set("sPeA".utf8)
  /// Conventions of functions that carry a context.
  private static let thickConventions = Set("gyx".utf8)

  /// Nil when `name` is no function's. Throws for functions without a context, such as C's.
  init?(_ name: MangledName) throws(ClosureRefusal) {
    var text = name.skeleton[...]
    isOptional = name.hasSuffix("_Sg")
    if isOptional { text.removeLast(2) }
    guard text.popLast() == UInt8(ascii: "_"), let mark = Self.mark(in: text) else { return nil }
    let attributes = text[(mark + 1)...]
    guard !attributes.isEmpty, attributes.allSatisfy(Self.isLetter) else { return nil }
    let conventions = attributes.drop { Self.leadingAttributes.contains($0) }
    guard let own = conventions.first, Self.thickConventions.contains(own) else {
      throw ClosureRefusal("is a function without a context (\(name.printed))", remedy: "wrap it in a closure")
    }
    parameterCount = conventions.dropFirst().count { Self.parameterConventions.contains($0) }
  }

  /// The `I` before the attributes. One before an `L` marks a parameter that the compiler added.
  private static func mark(in text: ArraySlice<UInt8>) -> Int? {
    text.indices.last { index in
      text[index] == UInt8(ascii: "I") && index + 1 < text.endIndex && text[index + 1] != UInt8(ascii: "L")
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }
}
