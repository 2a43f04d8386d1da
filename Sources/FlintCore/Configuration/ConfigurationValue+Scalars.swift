extension Bool: ConfigurationValue {
  /// Either of two words.
  public static var configurationForm: ConfigurationForm { ConfigurationForm("true or false", example: "true") }

  /// Reads `true` or `false`, in either case.
  public init(configurationText text: String) throws(FlintError) {
    guard let value = Bool(text.lowercased()) else { throw Self.misunderstood(text) }
    self = value
  }
}

extension Int: ConfigurationValue {
  /// Decimal digits.
  public static var configurationForm: ConfigurationForm { ConfigurationForm("a whole number", example: "4") }
}

extension Double: ConfigurationValue {
  /// A number with or without a fraction.
  public static var configurationForm: ConfigurationForm { ConfigurationForm("a number", example: "0.6") }

  /// Reads a number that is neither infinite nor no number at all.
  public init(configurationText text: String) throws(FlintError) {
    guard let value = Double(text), value.isFinite else { throw Self.misunderstood(text) }
    self = value
  }
}

extension String: ConfigurationValue {
  /// Anything.
  public static var configurationForm: ConfigurationForm { ConfigurationForm("a text", example: "text") }
}

extension ByteCount: ConfigurationValue {
  /// A number and a unit.
  public static var configurationForm: ConfigurationForm {
    ConfigurationForm("a size such as 512m or 2g", example: "512m")
  }

  /// See ``init(parsing:)``.
  public init(configurationText text: String) throws(FlintError) {
    try self.init(parsing: text)
  }

  /// See ``exactText``.
  public var configurationText: String { exactText }
}

extension Duration: ConfigurationValue {
  /// A number and a unit.
  public static var configurationForm: ConfigurationForm {
    ConfigurationForm("a duration such as 500ms or 10s", example: "10s")
  }

  /// See ``init(parsing:)``.
  public init(configurationText text: String) throws(FlintError) {
    try self.init(parsing: text)
  }

  /// See ``exactText``.
  public var configurationText: String { exactText }
}
