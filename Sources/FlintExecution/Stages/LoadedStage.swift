internal import FlintClosures
public import FlintCore
internal import FlintLineage
public import FlintTasks
internal import Synchronization

/// A stage's program on an executor, with its closures rebuilt. Shared by all tasks of the stage.
public final class LoadedStage: Sendable {
  enum End: Sendable {
    case shuffle(ShuffleID, readers: Int, ShuffleWriterFactory)
    case result(ResultFactory)
  }

  struct Node: Sendable {
    let program: ProgramNode
    let factory: NodeFactory
  }

  let nodes: [Node]
  let end: End
  let location: SourceLocation
  /// The broadcasts that its closures captured, which are to be filled before the first task runs.
  public let broadcasts: [any PendingBroadcast]

  /// Rebuilds the closures of `program`.
  ///
  /// Throws `different-build` when they come from another build, and `corrupt-data` when they are none.
  public init(_ program: StageProgram) throws(FlintError) {
    let found = Found()
    let loaded = BroadcastCollector.$found.withValue(BroadcastCollector.Receiver { found.add($0) }) {
      LoadedStage.load(program)
    }
    (nodes, end) = try loaded.get()
    location = program.location
    broadcasts = found.all
  }

  private static func load(_ program: StageProgram) -> Result<([Node], End), FlintError> {
    Result { () throws(FlintError) in
      var nodes: [Node] = []
      nodes.reserveCapacity(program.nodes.count)
      for node in program.nodes {
        nodes.append(Node(program: node, factory: try ShippedClosure.decode(node.factory)))
      }
      return (nodes, try load(program.end))
    }
  }

  private static func load(_ end: StageProgram.End) throws(FlintError) -> End {
    switch end {
    case .shuffle(let shuffle, let readers, let factory):
      .shuffle(shuffle, readers: readers, try ShippedClosure.decode(factory))
    case .result(let factory): .result(try ShippedClosure.decode(factory))
    }
  }

  private final class Found: Sendable {
    private let broadcasts = Mutex<[any PendingBroadcast]>([])

    var all: [any PendingBroadcast] { broadcasts.withLock { $0 } }

    func add(_ broadcast: any PendingBroadcast) {
      broadcasts.withLock { $0.append(broadcast) }
    }
  }
}
