internal import FlintClosures
internal import FlintCore
internal import FlintDatasets
internal import FlintLineage
internal import FlintTasks

/// A job as it would travel: every factory through its form as bytes and back.
struct DirectPlan: Sendable {
  let request: JobRequest
  /// The exchanges, parents before children.
  let shuffles: [ShuffleDependency]
  let nodes: [DatasetID: NodeFactory]
  let writers: [ShuffleID: ShuffleWriterFactory]
  let result: ResultFactory
  let broadcasts: [any PendingBroadcast]

  init(_ request: JobRequest) throws {
    self.request = request
    let found = Found()
    var nodes: [DatasetID: NodeFactory] = [:]
    var writers: [ShuffleID: ShuffleWriterFactory] = [:]
    var shuffles: [ShuffleDependency] = []
    result = try BroadcastCollector.$found.withValue(BroadcastCollector.Receiver(found.append)) {
      for node in request.node.ancestry() {
        guard let operation = node.operation as? any NodeOperation else {
          preconditionFailure("\(node.name) cannot be computed by executors")
        }
        nodes[node.id] = try Self.shipped(operation.factory, node.location)
        for shuffle in node.shuffles where writers[shuffle.id] == nil {
          guard let operation = shuffle.operation as? any ShuffleOperation else {
            preconditionFailure("\(shuffle.id) cannot be written by executors")
          }
          writers[shuffle.id] = try Self.shipped(operation.factory, node.location)
          shuffles.append(shuffle)
        }
      }
      guard let operation = request.operation as? any ResultOperation else {
        preconditionFailure("an action that executors cannot run")
      }
      return try Self.shipped(operation.factory, request.location)
    }
    self.nodes = nodes
    self.writers = writers
    self.shuffles = shuffles
    broadcasts = found.all
  }

  private static func shipped<Factory: Sendable>(_ factory: Factory, _ location: SourceLocation) throws -> Factory {
    // Loops that were not folded are never sent, and some could not be.
    if FusedCode.isForced { return factory }
    return try ShippedClosure.decode(ShippedClosure.encode(factory, at: location))
  }
}
