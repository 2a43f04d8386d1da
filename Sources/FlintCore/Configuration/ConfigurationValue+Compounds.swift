/// An enum whose raw values are the texts is a setting's type by naming this protocol; it has nothing to implement.
extension ConfigurationValue where Self: RawRepresentable & CaseIterable, RawValue == String {
  public static var expectedForm: String { "one of " + allCases.map(\.rawValue).joined(separator: ", ") }
  public static var exampleText: String { allCases.first?.rawValue ?? "" }

  public init(configurationText text: String) throws(FlintError) {
    guard let value = Self(rawValue: text.lowercased()) ?? Self(rawValue: text) else {
      throw Self.misunderstood(text)
    }
    self = value
  }

  public var configurationText: String { rawValue }
}

/// A list is its elements with commas between them; the empty text is the empty list. No element contains a comma.
extension Array: ConfigurationValue where Element: ConfigurationValue {
  public static var expectedForm: String { "a list with commas, each element \(Element.expectedForm)" }
  public static var exampleText: String { "\(Element.exampleText),\(Element.exampleText)" }
  public static var isSecret: Bool { Element.isSecret }

  public init(configurationText text: String) throws(FlintError) {
    self = []
    guard !text.isEmpty else { return }
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      append(try Element(configurationText: part.trimmed))
    }
  }

  public var configurationText: String { map(\.configurationText).joined(separator: ",") }
}

/// A setting that may be absent; the empty text is nil.
extension Optional: ConfigurationValue where Wrapped: ConfigurationValue {
  public static var expectedForm: String { Wrapped.expectedForm }
  public static var exampleText: String { Wrapped.exampleText }
  public static var isSecret: Bool { Wrapped.isSecret }

  public init(configurationText text: String) throws(FlintError) {
    self = text.isEmpty ? nil : try Wrapped(configurationText: text)
  }

  public var configurationText: String { self?.configurationText ?? "" }
}
