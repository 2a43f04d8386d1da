/// One setting with the type of its values. Keys are declared in a ``ConfigurationKeys`` group.
public struct ConfigurationKey<Value: ConfigurationValue>: Sendable {
  /// Name, meaning and form.
  public let setting: ConfigurationSetting
  /// The value where nobody sets one.
  public let standard: Value

  /// A key. `unit` names what a bare number counts, such as `tasks`; sizes and durations carry their own.
  public init(_ name: String, default standard: Value, unit: String = "", _ purpose: String) {
    self.init(name, standard, unit, purpose, form: Value.configurationForm) { _ in true }
  }

  /// A key whose values are bounded.
  public init(
    _ name: String, default standard: Value, in range: ClosedRange<Value>, unit: String = "", _ purpose: String
  ) where Value: Comparable {
    let (least, most) = (range.lowerBound.configurationText, range.upperBound.configurationText)
    let form = ConfigurationForm(
      "\(Value.configurationForm.expected) from \(least) to \(most)", example: standard.configurationText)
    self.init(name, standard, unit, purpose, form: form, range.contains)
  }

  private init(
    _ name: String, _ standard: Value, _ unit: String, _ purpose: String, form: ConfigurationForm,
    _ isAllowed: @escaping @Sendable (Value) -> Bool
  ) {
    precondition(ConfigurationName.isValid(name), "\(name) is not the name of a setting")
    precondition(isAllowed(standard), "the default of \(name) is not allowed")
    self.standard = standard
    setting = ConfigurationSetting(name: name, unit: unit, purpose: purpose, form: form, standard: standard) {
      (text) throws(FlintError) in
      let value = try Value(configurationText: text)
      guard isAllowed(value) else { throw FlintError(.invalidArgument, "\"\(text)\" is not \(form.expected)") }
      return value
    }
  }

  /// A setting made in code, which comes before every other origin.
  public func set(to value: Value, file: String = #fileID, line: Int = #line) -> ConfigurationEntry {
    let place = SourceLocation(file: file, line: line)
    return ConfigurationEntry(key: setting.name, text: value.configurationText, origin: .code(place))
  }
}
