internal import FlintCore

/// Gives an application's options the values of the command line, and the defaults for the rest.
struct GivenValues: OptionSource {
  private let given: GivenOptions
  private let table: OptionTable

  /// Throws `invalid-argument` when required options are missing, with all their names.
  init(_ given: GivenOptions, _ table: OptionTable) throws(FlintError) {
    let missing = table.specifications.filter { $0.isRequired && given.texts[$0.key] == nil }
    guard missing.isEmpty else {
      let names = missing.map { "--\($0.name)" }.joined(separator: ", ")
      throw FlintError(
        .invalidArgument, "\(names) \(missing.count == 1 ? "is" : "are") missing",
        remedy: "add " + missing.map { "--\($0.name) \($0.form.placeholder)" }.joined(separator: " "))
    }
    self.given = given
    self.table = table
  }

  func contains(_ key: String) -> Bool { given.texts[key] != nil || table.initialValues[key] != nil }

  func noteOptional(_ key: String) {}

  func value<Value: Decodable>(for key: String, as type: Value.Type) throws -> Value {
    guard let texts = given.texts[key] else { return try standard(key, type) }
    do throws(OptionTextError) {
      if let list = type as? any OptionList.Type, let value = try list.read(texts) as? Value { return value }
      // Of several the last counts, so that a script's options can be overridden by what follows.
      return try OptionText.value(texts.last ?? "", as: type)
    } catch {
      throw invalid(key, error)
    }
  }

  private func standard<Value>(_ key: String, _ type: Value.Type) throws(FlintError) -> Value {
    if let value = table.initialValues[key] as? Value { return value }
    if let value = false as? Value { return value }
    if let list = type as? any OptionList.Type, let value = list.empty as? Value { return value }
    throw FlintError(
      .invalidArgument, "--\(OptionName.shown(key)) is missing",
      why: "the options' own init(from:) asks for it only sometimes")
  }

  private func invalid(_ key: String, _ error: OptionTextError) -> FlintError {
    let name = OptionName.shown(key)
    let expected = table.specifications.first { $0.key == key }?.form.expected ?? "a value"
    return FlintError(
      .invalidArgument, "\"\(error.text)\" is no value of --\(name)",
      why: "it is \(expected)" + (error.why.map { "; \($0)" } ?? ""))
  }
}
