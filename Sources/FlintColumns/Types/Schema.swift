/// The columns of a batch, in their order.
public struct Schema: Hashable, Sendable {
  /// The columns.
  public let fields: [Field]

  /// The columns `fields`. Names need not differ: a join may bring the same one twice.
  public init(_ fields: [Field]) {
    self.fields = fields
  }

  /// The number of the only column with this name; nil when there is none or more than one.
  public func index(of name: String) -> Int? {
    guard let first = fields.firstIndex(where: { $0.name == name }) else { return nil }
    return fields[(first + 1)...].contains { $0.name == name } ? nil : first
  }

  /// Some of the columns, in the order in which they are named.
  public func selecting(_ columns: [Int]) -> Schema { Schema(columns.map { fields[$0] }) }
}

extension Schema: CustomStringConvertible {
  /// Such as `zone int not null, fare decimal(12,2)`.
  public var description: String { fields.map(\.description).joined(separator: ", ") }
}
