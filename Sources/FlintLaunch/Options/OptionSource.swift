/// Where the properties of an application's options get their values from.
protocol OptionSource {
  /// Whether there is a value for a property that may be nil.
  func contains(_ key: String) -> Bool
  /// Learns that the property is optional; called after ``contains(_:)``, before ``value(for:as:)``.
  func noteOptional(_ key: String)
  /// The property's value.
  func value<Value: Decodable>(for key: String, as type: Value.Type) throws -> Value
}
