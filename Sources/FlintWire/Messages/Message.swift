/// Everything that processes of a cluster say to one another. What each kind means, who may send it, and whether it may be
/// repeated stands in ``MessageRule``.
///
/// The few long ones are boxed: every message is moved several times on its way, and short ones should not pay for them.
public enum Message: Hashable, Sendable {
  /// Please send these bytes back: to see whether a peer answers, and how fast.
  case echo([UInt8])
  /// The bytes of an echo.
  case echoed([UInt8])
  /// An executor offers its service.
  case registerExecutor(ExecutorRegistration)
  /// It is accepted.
  case executorRegistered(RegistrationAnswer)
  /// An executor is alive and well.
  case reportExecutor(ExecutorReport)
  /// An executor shall end.
  case stopExecutor(ExecutorStop)
  /// This is what the tasks of a stage compute.
  case describeStage(StageDescription)
  /// No more tasks of these stages will come.
  case forgetStages(StageRemoval)
  /// An executor shall run a try at a task.
  case launchTask(TaskDescription)
  /// An executor shall end a try at a task.
  case killTask(TaskKill)
  /// An executor shall give back the tries that it has not begun.
  case recallTasks(TaskRecall)
  /// What became of a try at a task.
  indirect case updateStatus(StatusUpdate)
  /// The driver has noted a status.
  case statusNoted
  /// May a try at a task commit?
  case askCommit(CommitQuestion)
  /// Whether it may.
  case answerCommit(CommitAnswer)
  /// Where is a reader's part of a shuffle?
  case askMapOutputs(MapOutputQuestion)
  /// There it is.
  case answerMapOutputs(MapOutputAnswer)
  /// A block can be had.
  indirect case blockStored(BlockStored)
  /// A block can no longer be had from somebody.
  case blockDropped(BlockDropped)
  /// Who has a block?
  case askBlock(BlockQuestion)
  /// They have it.
  case answerBlock(BlockAnswer)
  /// These blocks are needed no longer.
  case removeBlocks(BlockRemoval)
  /// Who could keep a copy of a block?
  case askPeers(BlockQuestion)
  /// They could.
  case answerPeers(BlockAnswer)
  /// Send a part of a block.
  case fetchBlock(BlockRequest)
  /// That part follows.
  case sendBlock(BlockHeader)
  /// Keep a copy of a block, too.
  indirect case copyBlock(BlockCopy)
  /// Whether it is kept.
  case blockCopied(BlockCopied)
  /// What does a node have?
  case inspect
  /// It has that.
  indirect case inspected(Inspection)

  /// Which kind it is of.
  public var kind: MessageKind {
    switch self {
    case .echo: .echo
    case .echoed: .echoed
    case .registerExecutor: .registerExecutor
    case .executorRegistered: .executorRegistered
    case .reportExecutor: .reportExecutor
    case .stopExecutor: .stopExecutor
    case .describeStage: .describeStage
    case .forgetStages: .forgetStages
    case .launchTask: .launchTask
    case .killTask: .killTask
    case .recallTasks: .recallTasks
    case .updateStatus: .updateStatus
    case .statusNoted: .statusNoted
    case .askCommit: .askCommit
    case .answerCommit: .answerCommit
    case .askMapOutputs: .askMapOutputs
    case .answerMapOutputs: .answerMapOutputs
    case .blockStored: .blockStored
    case .blockDropped: .blockDropped
    case .askBlock: .askBlock
    case .answerBlock: .answerBlock
    case .removeBlocks: .removeBlocks
    case .askPeers: .askPeers
    case .answerPeers: .answerPeers
    case .fetchBlock: .fetchBlock
    case .sendBlock: .sendBlock
    case .copyBlock: .copyBlock
    case .blockCopied: .blockCopied
    case .inspect: .inspect
    case .inspected: .inspected
    }
  }
}
