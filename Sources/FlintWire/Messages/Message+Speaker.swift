public import FlintCore

extension Message {
  /// The executor in whose name the message speaks; nil for one that names none. It must be the one that the sender is.
  public var speaker: ExecutorIncarnation? {
    switch self {
    case .registerExecutor(let fields): fields.executor
    case .reportExecutor(let fields): fields.executor
    case .updateStatus(let fields): fields.executor
    case .askCommit(let fields): fields.executor
    case .blockStored(let fields): fields.place.executor
    case .blockDropped(let fields): fields.executor
    case .copyBlock(let fields): fields.source.executor
    case .echo, .echoed, .executorRegistered, .stopExecutor, .describeStage, .forgetStages, .launchTask, .killTask,
      .recallTasks, .statusNoted, .answerCommit, .askMapOutputs, .answerMapOutputs, .askBlock, .answerBlock,
      .removeBlocks, .askPeers, .answerPeers,
      .fetchBlock, .sendBlock, .blockCopied, .inspect, .inspected:
      nil
    }
  }
}
