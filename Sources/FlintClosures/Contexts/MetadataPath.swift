/// The way to the metadata of a closure's generic type: from a binding, or through a captured value.
struct MetadataPath {
  indirect enum Step {
    /// The binding with this number.
    case binding(Int)
    /// The class of the object in the function parameter with this number; captures are the last parameters.
    case reference(Int)
    /// The type in the function parameter with this number.
    case metatype(Int)
    /// The generic argument with this number of the type that the other step leads to.
    case argument(Int, Step)
    case unknown
  }

  let root: Step
  /// Whether it leads to a number and not to a type.
  let isNumber: Bool

  init(_ text: [UInt8]) {
    var rest = text[...]
    isNumber = rest.first == UInt8(ascii: "s") || rest.first == UInt8(ascii: "v")
    if isNumber { rest.removeFirst() }
    root = Self.step(&rest)
  }

  private static func step(_ rest: inout ArraySlice<UInt8>) -> Step {
    guard let letter = rest.popFirst() else { return .unknown }
    let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    rest = rest.dropFirst(digits.count)
    guard let number = Int(String(decoding: digits, as: UTF8.self)) else { return .unknown }
    switch letter {
    case UInt8(ascii: "B"): return .binding(number)
    case UInt8(ascii: "R"): return .reference(number)
    case UInt8(ascii: "M"): return .metatype(number)
    case UInt8(ascii: "G"): return .argument(number, step(&rest))
    default: return .unknown
    }
  }
}
