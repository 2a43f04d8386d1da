internal import FlintCore

/// A value of JSON, to be written. Members of an object keep their order.
public enum JSONValue: Hashable, Sendable {
  case null
  case truth(Bool)
  case integer(Int64)
  /// A finite number; others are written as null, since JSON has none.
  case number(Double)
  case text(String)
  case array([JSONValue])
  case object([Member])

  /// A name with its value.
  public struct Member: Hashable, Sendable {
    /// What it is called.
    public let name: String
    /// What it is.
    public let value: JSONValue

    /// A member of an object.
    public init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// The value as JSON, on one line.
  public var text: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func append(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes += "null".utf8
    case .truth(let value): bytes += (value ? "true" : "false").utf8
    case .integer(let value): bytes += "\(value)".utf8
    case .number(let value): bytes += (value.isFinite ? "\(value)" : "null").utf8
    case .text(let value): bytes.append(json: value)
    case .array(let values):
      JSONValue.append(values, between: "[]", to: &bytes) { $0.append(to: &$1) }
    case .object(let members):
      JSONValue.append(members, between: "{}", to: &bytes) { member, bytes in
        bytes.append(json: member.name)
        bytes.append(UInt8(ascii: ":"))
        member.value.append(to: &bytes)
      }
    }
  }

  private static func append<Item>(
    _ items: [Item], between brackets: String, to bytes: inout [UInt8], _ write: (Item, inout [UInt8]) -> Void
  ) {
    bytes += brackets.utf8.prefix(1)
    for (index, item) in items.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      write(item, &bytes)
    }
    bytes += brackets.utf8.suffix(1)
  }
}

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral
{
  /// An object, in the order of the literal.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }
  /// An array.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// A text.
  public init(stringLiteral value: String) { self = .text(value) }
  /// An integer.
  public init(integerLiteral value: Int64) { self = .integer(value) }
  /// A truth value.
  public init(booleanLiteral value: Bool) { self = .truth(value) }
}
