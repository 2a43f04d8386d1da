/// A named column, or a named part of a nested value: what it holds, and whether null may be among it.
public struct Field: Hashable, Sendable {
  /// As the user wrote it; upper and lower case are told apart.
  public let name: String
  /// What the values are.
  public let type: DataType
  /// Whether null may be among the values. A vector of a field that says no has no nulls.
  public let isNullable: Bool

  /// A field `name` of `type`.
  public init(_ name: String, _ type: DataType, isNullable: Bool = true) {
    self.name = name
    self.type = type
    self.isNullable = isNullable
  }
}

extension Field: CustomStringConvertible {
  /// Such as `fare decimal(12,2) not null`.
  public var description: String { "\(name) \(type)" + (isNullable ? "" : " not null") }
}
