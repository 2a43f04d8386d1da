extension Bool: ConfigurationValue {
  public static var expectedForm: String { "true or false" }
  public static var exampleText: String { "true" }

  public init(configurationText text: String) throws(FlintError) {
    guard let value = Bool(text.lowercased()) else { throw Self.misunderstood(text) }
    self = value
  }

  public var configurationText: String { "\(self)" }
}

extension Int: ConfigurationValue {
  public static var expectedForm: String { "a whole number" }
  public static var exampleText: String { "4" }

  public init(configurationText text: String) throws(FlintError) {
    guard let value = Int(text) else { throw Self.misunderstood(text) }
    self = value
  }

  public var configurationText: String { "\(self)" }
}

extension Double: ConfigurationValue {
  public static var expectedForm: String { "a number" }
  public static var exampleText: String { "0.6" }

  public init(configurationText text: String) throws(FlintError) {
    guard let value = Double(text), value.isFinite else { throw Self.misunderstood(text) }
    self = value
  }

  public var configurationText: String { "\(self)" }
}

extension String: ConfigurationValue {
  public static var expectedForm: String { "a text" }
  public static var exampleText: String { "text" }

  public init(configurationText text: String) throws(FlintError) {
    self = text
  }

  public var configurationText: String { self }
}

extension ByteCount: ConfigurationValue {
  public static var expectedForm: String { "a size such as 512m or 2g" }
  public static var exampleText: String { "512m" }

  public init(configurationText text: String) throws(FlintError) {
    try self.init(parsing: text)
  }

  public var configurationText: String { exactText }
}

extension Duration: ConfigurationValue {
  public static var expectedForm: String { "a duration such as 500ms or 10s" }
  public static var exampleText: String { "10s" }

  public init(configurationText text: String) throws(FlintError) {
    try self.init(parsing: text)
  }

  public var configurationText: String { exactText }
}
