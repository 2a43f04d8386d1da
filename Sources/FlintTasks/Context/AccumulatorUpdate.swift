/// What one try at a task adds to an accumulator.
public protocol AccumulatorUpdate: Sendable {
  /// Takes in a later update of the same try.
  func merging(_ other: any AccumulatorUpdate) -> any AccumulatorUpdate

  /// The update on its way to the driver.
  func encoded() throws -> [UInt8]
}
