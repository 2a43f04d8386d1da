/// A value in a line of an event log.
public enum EventField: Hashable, Sendable, Decodable, CustomStringConvertible {
  case number(Int)
  case text(String)
  case truth(Bool)
  case list([EventField])
  case other

  /// Reads any value that JSON has.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let truth = try? container.decode(Bool.self) {
      self = .truth(truth)
    } else if let number = try? container.decode(Int.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([EventField].self) {
      self = .list(list)
    } else {
      self = .other
    }
  }

  /// The value as people read it.
  public var description: String {
    switch self {
    case .number(let number): "\(number)"
    case .text(let text): text
    case .truth(let truth): "\(truth)"
    case .list(let list): "\(list)"
    case .other: "…"
    }
  }
}
