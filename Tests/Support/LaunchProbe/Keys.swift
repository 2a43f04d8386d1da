/// Keys in two spellings that are equal to Swift.
enum Keys {
  /// A text whose `==` does not look at upper and lower case.
  struct CaseInsensitive: Hashable {
    let text: String

    static func == (left: CaseInsensitive, right: CaseInsensitive) -> Bool {
      left.text.lowercased() == right.text.lowercased()
    }

    func hash(into hasher: inout Hasher) { hasher.combine(text.lowercased()) }
  }

  enum Shape: Hashable {
    case point
    case circle(radius: Double)
  }

  static let drivers: [any Hashable & Sendable] = [
    "caf\u{E9}", 0.0, Float(0), CaseInsensitive(text: "Z\u{FC}rich"), .some(.some(3)) as Int??, .some(nil) as Int??,
    nil as Int??, 42, "ascii", [1, 2, 3], Set([3, 1, 2]), ["a": 1, "b": 2], Shape.circle(radius: 0.0), Shape.point,
  ]

  static let executors: [any Hashable & Sendable] = [
    "cafe\u{301}", -0.0, -Float(0), CaseInsensitive(text: "ZU\u{308}RICH"), .some(.some(3)) as Int??,
    .some(nil) as Int??, nil as Int??, 42, "ascii", [1, 2, 3], Set([1, 2, 3]), ["b": 2, "a": 1],
    Shape.circle(radius: -0.0), Shape.point,
  ]

  /// The keys' hash values in hexadecimal, one after the other.
  static func hashes(of keys: [any Hashable & Sendable]) -> String {
    keys.map { String(UInt64(bitPattern: Int64($0.hashValue)), radix: 16) }.joined(separator: " ")
  }
}
