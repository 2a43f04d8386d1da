extension Message {
  /// Writes the message's fields, without its kind, which stands in the frame's header.
  public func write(to writer: inout WireWriter) {
    switch self {
    case .echo(let bytes): bytes.withUnsafeBytes { writer.put(raw: $0) }
    case .echoed(let bytes): bytes.withUnsafeBytes { writer.put(raw: $0) }
    case .registerExecutor(let fields): fields.encode(to: &writer)
    case .executorRegistered(let fields): fields.encode(to: &writer)
    case .reportExecutor(let fields): fields.encode(to: &writer)
    case .stopExecutor(let fields): fields.encode(to: &writer)
    case .describeStage(let fields): fields.encode(to: &writer)
    case .forgetStages(let fields): fields.encode(to: &writer)
    case .launchTask(let fields): fields.encode(to: &writer)
    case .killTask(let fields): fields.encode(to: &writer)
    case .recallTasks(let fields): fields.encode(to: &writer)
    case .updateStatus(let fields): fields.encode(to: &writer)
    case .statusNoted: break
    case .askCommit(let fields): fields.encode(to: &writer)
    case .answerCommit(let fields): fields.encode(to: &writer)
    case .askMapOutputs(let fields): fields.encode(to: &writer)
    case .answerMapOutputs(let fields): fields.encode(to: &writer)
    case .blockStored(let fields): fields.encode(to: &writer)
    case .blockDropped(let fields): fields.encode(to: &writer)
    case .askBlock(let fields): fields.encode(to: &writer)
    case .answerBlock(let fields): fields.encode(to: &writer)
    case .removeBlocks(let fields): fields.encode(to: &writer)
    case .askPeers(let fields): fields.encode(to: &writer)
    case .answerPeers(let fields): fields.encode(to: &writer)
    case .fetchBlock(let fields): fields.encode(to: &writer)
    case .sendBlock(let fields): fields.encode(to: &writer)
    case .copyBlock(let fields): fields.encode(to: &writer)
    case .blockCopied(let fields): fields.encode(to: &writer)
    case .inspect: break
    case .inspected(let fields): fields.encode(to: &writer)
    }
  }

  /// The message of `kind` whose fields `body` holds, all of it.
  public init(_ kind: MessageKind, body: UnsafeRawBufferPointer) throws(WireFault) {
    var reader = WireReader(body)
    switch kind {
    case .echo:
      self = .echo(Array(body))
      return
    case .echoed:
      self = .echoed(Array(body))
      return
    case .registerExecutor: self = .registerExecutor(try reader.get())
    case .executorRegistered: self = .executorRegistered(try reader.get())
    case .reportExecutor: self = .reportExecutor(try reader.get())
    case .stopExecutor: self = .stopExecutor(try reader.get())
    case .describeStage: self = .describeStage(try reader.get())
    case .forgetStages: self = .forgetStages(try reader.get())
    case .launchTask: self = .launchTask(try reader.get())
    case .killTask: self = .killTask(try reader.get())
    case .recallTasks: self = .recallTasks(try reader.get())
    case .updateStatus: self = .updateStatus(try reader.get())
    case .statusNoted: self = .statusNoted
    case .askCommit: self = .askCommit(try reader.get())
    case .answerCommit: self = .answerCommit(try reader.get())
    case .askMapOutputs: self = .askMapOutputs(try reader.get())
    case .answerMapOutputs: self = .answerMapOutputs(try reader.get())
    case .blockStored: self = .blockStored(try reader.get())
    case .blockDropped: self = .blockDropped(try reader.get())
    case .askBlock: self = .askBlock(try reader.get())
    case .answerBlock: self = .answerBlock(try reader.get())
    case .removeBlocks: self = .removeBlocks(try reader.get())
    case .askPeers: self = .askPeers(try reader.get())
    case .answerPeers: self = .answerPeers(try reader.get())
    case .fetchBlock: self = .fetchBlock(try reader.get())
    case .sendBlock: self = .sendBlock(try reader.get())
    case .copyBlock: self = .copyBlock(try reader.get())
    case .blockCopied: self = .blockCopied(try reader.get())
    case .inspect: self = .inspect
    case .inspected: self = .inspected(try reader.get())
    }
    try reader.finish()
  }
}
