internal import FlintCore

/// Values from texts of the command line, and back.
enum OptionText {
  /// The value of `type` that `text` says.
  ///
  /// Settings' types and numbers read their own form; every other type decodes itself from a single text.
  static func value<Value: Decodable>(_ text: String, as type: Value.Type) throws(OptionTextError) -> Value {
    if let setting = Value.self as? any ConfigurationValue.Type {
      return try settingValue(text, setting)
    }
    if let plain = Value.self as? any LosslessStringConvertible.Type {
      guard let value = plain.init(text) as? Value else { throw OptionTextError(text: text, why: nil) }
      return value
    }
    do {
      return try Value(from: OptionTextDecoder(text))
    } catch let DecodingError.dataCorrupted(context) where !(Value.self is any CaseIterable.Type) {
      throw OptionTextError(text: text, why: context.debugDescription)
    } catch let error as OptionTextError {
      throw OptionTextError(text: text, why: error.why)
    } catch is DecodingError {
      throw OptionTextError(text: text, why: nil)
    } catch {
      throw OptionTextError(text: text, why: "\(error)")
    }
  }

  /// `value` as it would be written.
  static func text(of value: Any) -> String {
    if let list = value as? any OptionList { return list.texts.joined(separator: ",") }
    if let setting = value as? any ConfigurationValue { return setting.configurationText }
    if let choice = value as? any RawRepresentable { return "\(choice.rawValue)" }
    return "\(value)"
  }

  private static func settingValue<Value>(
    _ text: String, _ type: any ConfigurationValue.Type
  ) throws(OptionTextError) -> Value {
    do throws(FlintError) {
      if let value = try type.init(configurationText: text) as? Value { return value }
    } catch {
      throw OptionTextError(text: text, why: error.why)
    }
    preconditionFailure("\(type) read another type than \(Value.self)")
  }
}
