public import FlintCore
internal import FlintClosures
public import FlintLineage
internal import FlintTasks

/// What all tasks of a stage compute, as it travels: once to each executor, in a ``FlintWire/StageDescription``.
public struct StageProgram: Hashable, Sendable {
  /// What the rows of a stage's last dataset become. The bytes are a shipped factory.
  public enum End: Hashable, Sendable {
    /// Map outputs for so many readers, by a ``FlintTasks/ShuffleWriterFactory``.
    case shuffle(ShuffleID, readers: Int, [UInt8])
    /// A result, by a ``FlintTasks/ResultFactory``.
    case result([UInt8])
  }

  /// The datasets, each behind those that it is computed from; the last is the stage's own.
  public var nodes: [ProgramNode]
  /// What becomes of the last one's rows.
  public var end: End
  /// Where the user wrote what the end belongs to.
  public var location: SourceLocation

  init(nodes: [ProgramNode], end: End, location: SourceLocation) {
    self.nodes = nodes
    self.end = end
    self.location = location
  }

  /// The program of the stage that writes `shuffle`.
  ///
  /// Throws `unshippable-closure`, which names the transformation that captures what cannot travel.
  public init(of stage: Stage, writing shuffle: ShuffleDependency) throws(FlintError) {
    guard let operation = shuffle.operation as? any ShuffleOperation else {
      throw StageProgram.notComputable(stage.node)
    }
    // An exchange belongs to the transformation that reads it, which is not of this stage; its parent's place is near.
    let location = stage.node.location
    let factory = try ShippedClosure.encode(operation.factory, at: location)
    self.init(
      nodes: try StageProgram.nodes(of: stage),
      end: .shuffle(shuffle.id, readers: shuffle.partitioner.partitionCount, factory), location: location)
  }

  /// The program of the stage that makes the result of `request`. Throws as ``init(of:writing:)`` does.
  public init(of stage: Stage, answering request: JobRequest) throws(FlintError) {
    guard let operation = request.operation as? any ResultOperation else {
      throw StageProgram.notComputable(stage.node)
    }
    let factory = try ShippedClosure.encode(operation.factory, at: request.location)
    self.init(nodes: try StageProgram.nodes(of: stage), end: .result(factory), location: request.location)
  }

  private static func nodes(of stage: Stage) throws(FlintError) -> [ProgramNode] {
    let pipeline = stage.node.pipeline
    var places: [DatasetID: Int] = [:]
    var nodes: [ProgramNode] = []
    nodes.reserveCapacity(pipeline.count)
    for node in pipeline {
      guard let operation = node.operation as? any NodeOperation else { throw notComputable(node) }
      let inputs = node.dependencies.map { dependency -> ProgramNode.Input in
        switch dependency {
        case .narrow(let parent, let mapping):
          guard let place = places[parent.id] else { preconditionFailure("\(node.name) stands before its parent") }
          return .narrow(place, mapping)
        case .wide(let shuffle): return .wide(shuffle.id)
        }
      }
      places[node.id] = nodes.count
      nodes.append(
        ProgramNode(
          id: node.id, name: node.name, location: node.location, partitionCount: node.partitionCount,
          storageLevel: node.storageLevel, inputs: inputs,
          factory: try ShippedClosure.encode(operation.factory, at: node.location)))
    }
    return nodes
  }

  private static func notComputable(_ node: LineageNode) -> FlintError {
    FlintError(
      .invalidArgument, "executors cannot compute \(node.name)", why: "its graph was not built by a session",
      at: node.location)
  }
}
