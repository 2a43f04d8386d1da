/// An enum whose raw values are the texts is a setting's type by naming this protocol; it has nothing to implement.
extension ConfigurationValue where Self: RawRepresentable & CaseIterable, RawValue == String {
  /// The raw values.
  public static var configurationForm: ConfigurationForm {
    ConfigurationForm(
      "one of " + allCases.map(\.rawValue).joined(separator: ", "), example: allCases.first?.rawValue ?? "")
  }

  /// Reads a raw value as it is or in upper case.
  public init(configurationText text: String) throws(FlintError) {
    guard let value = Self(rawValue: text) ?? Self(rawValue: text.lowercased()) else { throw Self.misunderstood(text) }
    self = value
  }

  /// The raw value.
  public var configurationText: String { rawValue }
}

extension Array: ConfigurationValue where Element: ConfigurationValue {
  /// The elements with commas between them.
  public static var configurationForm: ConfigurationForm {
    let form = Element.configurationForm
    return ConfigurationForm(
      "a list with commas, each element \(form.expected)", example: "\(form.example),\(form.example)",
      isSecret: form.isSecret)
  }

  /// Reads elements, none of which contains a comma; the empty text is the empty list.
  public init(configurationText text: String) throws(FlintError) {
    self = []
    guard !text.isEmpty else { return }
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      append(try Element(configurationText: part.trimmed))
    }
  }

  /// The elements' texts with commas between them.
  public var configurationText: String { map(\.configurationText).joined(separator: ",") }
}

extension Optional: ConfigurationValue where Wrapped: ConfigurationValue {
  /// As of the value that may be there.
  public static var configurationForm: ConfigurationForm { Wrapped.configurationForm }

  /// Reads the empty text as nil, and others as the value.
  public init(configurationText text: String) throws(FlintError) {
    self = text.isEmpty ? nil : try Wrapped(configurationText: text)
  }

  /// The value's text, or the empty one.
  public var configurationText: String { self?.configurationText ?? "" }
}
