/// One setting: its name, type, default and meaning. Keys are declared in a ``ConfigurationKeys`` group.
public struct ConfigurationKey<Value: ConfigurationValue>: AnyConfigurationKey {
  public let name: String
  public let unit: String
  public let purpose: String
  /// The value where nobody sets one.
  public let standard: Value
  private let requirement: String?
  private let isAllowed: @Sendable (Value) -> Bool

  /// A key. `unit` names what a bare number counts, such as `tasks`; sizes and durations carry their own.
  public init(_ name: String, default standard: Value, unit: String = "", _ purpose: String) {
    self.init(name, standard, unit, purpose, requirement: nil) { _ in true }
  }

  /// A key whose values are bounded.
  public init(
    _ name: String, default standard: Value, in range: ClosedRange<Value>, unit: String = "", _ purpose: String
  ) where Value: Comparable {
    let (least, most) = (range.lowerBound.configurationText, range.upperBound.configurationText)
    self.init(name, standard, unit, purpose, requirement: "from \(least) to \(most)", range.contains)
  }

  private init(
    _ name: String, _ standard: Value, _ unit: String, _ purpose: String, requirement: String?,
    _ isAllowed: @escaping @Sendable (Value) -> Bool
  ) {
    precondition(ConfigurationName.isValid(name), "\(name) is not the name of a setting")
    precondition(isAllowed(standard), "the default of \(name) is not allowed")
    self.name = name
    self.standard = standard
    self.unit = unit
    self.purpose = purpose
    self.requirement = requirement
    self.isAllowed = isAllowed
  }

  /// A setting made in code, which comes before every other origin.
  public func set(to value: Value, file: String = #fileID, line: Int = #line) -> ConfigurationEntry {
    ConfigurationEntry(
      key: name, text: value.configurationText, origin: .code(SourceLocation(file: file, line: line)))
  }

  public var standardText: String { standard.configurationText }
  public var expectedForm: String { Value.expectedForm + (requirement.map { " \($0)" } ?? "") }
  public var exampleText: String { requirement == nil ? Value.exampleText : standardText }
  public var isSecret: Bool { Value.isSecret }

  public var standardValue: any ConfigurationValue { standard }

  public func parse(_ text: String) throws(FlintError) -> any ConfigurationValue {
    let value = try Value(configurationText: text)
    guard isAllowed(value) else { throw FlintError(.invalidArgument, "\"\(text)\" is not \(expectedForm)") }
    return value
  }
}
