internal import FlintCore
internal import FlintLayout

extension Session {
  /// Gives `value` to every executor that needs it, once. What can be a row can be a broadcast.
  ///
  /// Throws `unsupported-type` for a value that cannot travel.
  public func broadcast<Value: Sendable>(
    _ value: Value, file: String = #fileID, line: Int = #line
  ) async throws -> Broadcast<Value> {
    try RowLayout.check(
      Value.self, "the value cannot be broadcast", at: SourceLocation(file: file, line: line))
    let id = try await runtime.broadcast(RowBlock.encode([value], form: .rows))
    return Broadcast(BroadcastBox(id, value: value, lease: BroadcastLease(id, runtime)))
  }

  /// An accumulator of the kind `Kind`, which holds nothing yet.
  public func accumulator<Kind: Accumulation>(
    _ kind: Kind.Type, file: String = #fileID, line: Int = #line
  ) throws -> Accumulator<Kind> {
    try RowLayout.check(
      Kind.Value.self, "the accumulator's value cannot come back from an executor",
      at: SourceLocation(file: file, line: line))
    let total = AccumulatorTotal<Kind>()
    total.number = runtime.registerAccumulator { total.merge($0) }
    return Accumulator(total)
  }

  /// An accumulator that adds numbers, from zero on.
  public func sum<Number: AdditiveArithmetic & Sendable>(
    of _: Number.Type = Number.self, file: String = #fileID, line: Int = #line
  ) throws -> Accumulator<Sum<Number>> {
    try accumulator(Sum<Number>.self, file: file, line: line)
  }
}
