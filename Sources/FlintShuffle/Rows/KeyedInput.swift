public import FlintCore
public import FlintTasks

/// Where an operator over keys finds one of its inputs: in a shuffle, or, when the parent's keys are already where they
/// belong, in the parent's partition.
public enum KeyedInput: Hashable, Sendable {
  /// In a shuffle.
  case shuffle(ShuffleID)
  /// In the narrow dependency with this number.
  case narrow(Int)

  /// Opens the input of one partition.
  public func open<Row>(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> RowSource<Row> {
    switch self {
    case .shuffle(let shuffle): try RowSource(try await context.shuffleInput(shuffle, partition))
    case .narrow(let index): RowSource(try await inputs[index][0].open())
    }
  }
}
