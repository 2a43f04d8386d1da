package import FlintCore
internal import FlintWire

/// What an executor's process is told at its start, over its pipe: who it is, who its driver is, and what it has.
package struct ExecutorAssignment: Hashable, Sendable {
  var application: ApplicationID
  var incarnation: ExecutorIncarnation
  /// The machine that it is on, as the driver numbers machines.
  var node: NodeID
  /// The user whose processes are believed over Unix sockets.
  var user: UInt32
  /// A number that no other life of any process of the application has.
  var number: UInt64
  var driver: Endpoint
  /// Where it is to serve the blocks in its memory.
  var blocks: Endpoint
  /// Where its node serves its files, also after its death.
  var nodeBlocks: Endpoint
  /// The node's work directory.
  var directory: FilePath
  var taskThreads: UInt32
  var memory: ByteCount
  var logLevel: LogLevel
  var limits: Limits
  var links: LinkRoutes

  package static func == (left: ExecutorAssignment, right: ExecutorAssignment) -> Bool { left.bytes == right.bytes }

  package func hash(into hasher: inout Hasher) { hasher.combine(bytes) }

  var bytes: [UInt8] {
    var writer = WireWriter()
    writer.put(ExecutorAssignment.version)
    writer.put(application)
    writer.put(incarnation.executor)
    writer.put(incarnation.number)
    writer.put(node)
    writer.put(user)
    writer.put(number)
    for endpoint in [driver, blocks, nodeBlocks] { writer.put(endpoint: endpoint) }
    writer.put(text: directory.string)
    writer.put(taskThreads)
    writer.put(memory.bytes)
    writer.put(text: logLevel.rawValue)
    writer.put(numbers: limits.counts.map { UInt64(bitPattern: $0) })
    links.write(to: &writer)
    return writer.bytes
  }

  /// Throws `corrupt-data`.
  init(bytes: [UInt8]) throws(FlintError) {
    do throws(WireFault) {
      self = try bytes.withUnsafeBufferPointer { (bytes) throws(WireFault) in
        var reader = WireReader(UnsafeRawBufferPointer(bytes))
        let assignment = try ExecutorAssignment(from: &reader)
        try reader.finish()
        return assignment
      }
    } catch {
      throw FlintError(.corruptData, "these bytes are no assignment of an executor", why: "\(error)")
    }
  }

  package init(
    application: ApplicationID, incarnation: ExecutorIncarnation, node: NodeID, user: UInt32, number: UInt64,
    driver: Endpoint, blocks: Endpoint, nodeBlocks: Endpoint, directory: FilePath, taskThreads: UInt32,
    memory: ByteCount, logLevel: LogLevel, limits: Limits, links: LinkRoutes = LinkRoutes()
  ) {
    self.application = application
    self.incarnation = incarnation
    self.node = node
    self.user = user
    self.number = number
    self.driver = driver
    self.blocks = blocks
    self.nodeBlocks = nodeBlocks
    self.directory = directory
    self.taskThreads = taskThreads
    self.memory = memory
    self.logLevel = logLevel
    self.limits = limits
    self.links = links
  }

  private static let version: UInt8 = 1

  private init(from reader: inout WireReader) throws(WireFault) {
    guard try reader.get(UInt8.self) == ExecutorAssignment.version else { throw .badTag }
    application = try reader.getID()
    incarnation = ExecutorIncarnation(executor: try reader.getID(), number: try reader.get())
    node = try reader.getID()
    user = try reader.get()
    number = try reader.get()
    driver = try reader.getEndpoint()
    blocks = try reader.getEndpoint()
    nodeBlocks = try reader.getEndpoint()
    directory = FilePath(try reader.getText())
    taskThreads = try reader.get()
    memory = ByteCount(try reader.get(Int64.self))
    guard let level = LogLevel(rawValue: try reader.getText()) else { throw .badTag }
    logLevel = level
    guard let limits = Limits(counts: try reader.getNumbers().map { Int64(bitPattern: $0) }) else { throw .badCount }
    self.limits = limits
    links = try LinkRoutes(from: &reader)
    guard taskThreads > 0, memory.bytes > 0 else { throw .badNumber }
  }
}
