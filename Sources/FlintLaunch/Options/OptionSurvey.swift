internal import FlintCore

/// Notes which properties a type of options asks for, and answers each with an example.
final class OptionSurvey: OptionSource {
  private(set) var specifications: [OptionSpecification] = []
  private let initialValues: [String: Any]
  private var optionalKeys: Set<String> = []

  init(initialValues: [String: Any]) {
    self.initialValues = initialValues
  }

  func contains(_ key: String) -> Bool { true }

  func noteOptional(_ key: String) { optionalKeys.insert(key) }

  func value<Value: Decodable>(for key: String, as type: Value.Type) throws -> Value {
    let initial = initialValues[key]
    specifications.append(
      OptionSpecification(key: key, type: type, isOptional: optionalKeys.contains(key), initial: initial))
    if let value = initial as? Value ?? Self.example(type) { return value }
    throw FlintError(
      .invalidArgument, "the property \(key) cannot be an option", why: "\(Value.self) is not read from one text",
      remedy: "use a text, a number, a size, a duration, a list of these, or an enum that is CaseIterable")
  }

  /// Some value of `type`; which one does not matter.
  private static func example<Value: Decodable>(_ type: Value.Type) -> Value? {
    if let list = type as? any OptionList.Type { return list.empty as? Value }
    if let choice = type as? any CaseIterable.Type { return firstCase(of: choice) as? Value }
    for text in ["1", "a", "true", "1s", "1k", "/", ""] {
      if let value = try? OptionText.value(text, as: type) { return value }
    }
    return nil
  }

  private static func firstCase<Value: CaseIterable>(of type: Value.Type) -> Value? { Value.allCases.first }
}
