public import FlintCore
public import FlintLineage

/// One dataset of a stage, as it travels: what it is computed from, and its operator's factory as a shipped closure.
public struct ProgramNode: Hashable, Sendable {
  /// What a dataset of a stage is computed from.
  public enum Input: Hashable, Sendable {
    /// Some partitions of the dataset at this place of the program, which stands before it.
    case narrow(Int, NarrowMapping)
    /// An exchange.
    case wide(ShuffleID)
  }

  /// Which dataset it is.
  public var id: DatasetID
  /// The operation's name as users write it.
  public var name: String
  /// Where the user wrote it.
  public var location: SourceLocation
  /// How many partitions it has.
  public var partitionCount: Int
  /// Where its partitions are kept; nil when they are not.
  public var storageLevel: StorageLevel?
  /// What it is computed from, in the order of its dependencies.
  public var inputs: [Input]
  /// The shipped ``FlintTasks/NodeFactory``.
  public var factory: [UInt8]
}

extension ProgramNode {
  /// Such as `map at Jobs/WordCount.swift:8`: for whoever has to say where something happened.
  public var place: String { "\(name) at \(location)" }
}
