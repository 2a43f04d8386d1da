internal import FlintCore

/// How the texts of an option's type are written.
struct OptionForm: Hashable {
  /// One word or two for the help page: `number`, `red|green`.
  let placeholder: String
  /// A whole phrase for errors: `a whole number from 0 to 255`.
  let expected: String

  init(_ placeholder: String, _ expected: String) {
    self.placeholder = placeholder
    self.expected = expected
  }

  init(of type: any Any.Type) {
    switch type {
    case is Bool.Type: self.init("true|false", "true or false")
    case is String.Type: self.init("text", "a text")
    case is Character.Type: self.init("character", "one character")
    case is ByteCount.Type: self.init("size", ByteCount.configurationForm.expected)
    case is Duration.Type: self.init("duration", Duration.configurationForm.expected)
    case let integer as any FixedWidthInteger.Type: self = OptionForm.integer(integer)
    case is any BinaryFloatingPoint.Type: self.init("number", "a number")
    case let choice as any (CaseIterable & RawRepresentable).Type: self = OptionForm.choice(choice)
    case let setting as any ConfigurationValue.Type: self.init("value", setting.configurationForm.expected)
    default: self.init("value", "a \(type)")
    }
  }

  private static func integer<Value: FixedWidthInteger>(_ type: Value.Type) -> OptionForm {
    guard Value.bitWidth < 64 else {
      return OptionForm("number", Value.isSigned ? "a whole number" : "a whole number that is not negative")
    }
    return OptionForm("number", "a whole number from \(Value.min) to \(Value.max)")
  }

  private static func choice<Value: CaseIterable & RawRepresentable>(_ type: Value.Type) -> OptionForm {
    let values = Value.allCases.map { "\($0.rawValue)" }
    return OptionForm(values.joined(separator: "|"), "one of " + values.joined(separator: ", "))
  }
}
