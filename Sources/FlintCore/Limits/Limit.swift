/// One entry of the table of limits: what is bounded, where its value stands, and what a hostile value is.
public struct Limit: Sendable, CustomStringConvertible {
  /// The name that errors use: the property's name in ``Limits``.
  public let name: String
  /// What the limit bounds.
  public let purpose: String

  let hostile: ClosedRange<Int64>
  private let read: @Sendable (Limits) -> Int64
  private let write: @Sendable (inout Limits, Int64) -> Void
  private let format: @Sendable (Int64) -> String

  /// An entry for the property at `path`. In simulations it takes values from `hostile`: legal, but so small or odd
  /// that a careless loop, an off-by-one or a forgotten retry shows.
  init<Value: LimitValue>(
    _ name: String, _ path: any WritableKeyPath<Limits, Value> & Sendable, hostile: ClosedRange<Value>,
    _ purpose: String
  ) {
    self.name = name
    self.purpose = purpose
    self.hostile = hostile.lowerBound.limitCount...hostile.upperBound.limitCount
    read = { $0[keyPath: path].limitCount }
    write = { $0[keyPath: path] = Value(limitCount: $1) }
    format = { Value(limitCount: $0).limitText }
  }

  /// The value in `limits`, with its unit.
  public func text(in limits: Limits) -> String { format(read(limits)) }

  /// Name and default, such as `heartbeatInterval 1s`.
  public var description: String { "\(name) \(text(in: Limits()))" }

  func value(in limits: Limits) -> Int64 { read(limits) }

  func set(_ value: Int64, in limits: inout Limits) { write(&limits, value) }
}
