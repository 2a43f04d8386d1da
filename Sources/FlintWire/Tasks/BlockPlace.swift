public import FlintCore

/// Where blocks can be fetched.
public struct BlockPlace: Hashable, Sendable {
  /// The machine that has them.
  public var node: NodeID
  /// The executor in whose memory they are, and with which they are lost; nil for files, which belong to the node.
  public var executor: ExecutorIncarnation?
  /// Where they are served.
  public var endpoint: Endpoint

  /// A place on `node`, served at `endpoint`.
  public init(node: NodeID, executor: ExecutorIncarnation? = nil, endpoint: Endpoint) {
    self.node = node
    self.executor = executor
    self.endpoint = endpoint
  }
}

extension BlockPlace: WireCodable {
  static var leastSize: Int { 14 }

  @inline(__always)
  func encode(to writer: inout WireWriter) {
    writer.put(node)
    writer.put(executor)
    writer.put(endpoint)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(node: try reader.getID(), executor: try reader.getOptional(), endpoint: try reader.get())
  }
}
