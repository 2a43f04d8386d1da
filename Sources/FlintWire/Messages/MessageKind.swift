/// The kinds of message, with the numbers that stand for them on the wire. A number is never used for a second thing.
///
/// 100 to 199 are kept for masters, workers and submitters.
public enum MessageKind: UInt16, CaseIterable, Hashable, Sendable {
  /// Please send these bytes back: to see whether a peer answers, and how fast.
  case echo = 1
  /// The bytes of an echo.
  case echoed = 2
  /// An executor offers its service.
  case registerExecutor = 10
  /// It is accepted.
  case executorRegistered = 11
  /// An executor is alive and well.
  case reportExecutor = 12
  /// An executor shall end.
  case stopExecutor = 13
  /// An executor shall run a try at a task.
  case launchTask = 20
  /// An executor shall end a try at a task.
  case killTask = 21
  /// What became of a try at a task.
  case updateStatus = 22
  /// The driver has noted a status.
  case statusNoted = 23
  /// May a try at a task commit?
  case askCommit = 24
  /// Whether it may.
  case answerCommit = 25
  /// This is what the tasks of a stage compute.
  case describeStage = 26
  /// No more tasks of these stages will come.
  case forgetStages = 27
  /// An executor shall give back what it has not begun.
  case recallTasks = 28
  /// Where is a reader's part of a shuffle?
  case askMapOutputs = 30
  /// There it is.
  case answerMapOutputs = 31
  /// A block can be had.
  case blockStored = 40
  /// A block can no longer be had from somebody.
  case blockDropped = 41
  /// Who has a block?
  case askBlock = 42
  /// They have it.
  case answerBlock = 43
  /// These blocks are needed no longer.
  case removeBlocks = 44
  /// Who could keep a copy of a block?
  case askPeers = 45
  /// They could.
  case answerPeers = 46
  /// Send a part of a block.
  case fetchBlock = 50
  /// That part follows.
  case sendBlock = 51
  /// Keep a copy of a block, too.
  case copyBlock = 52
  /// Whether it is kept.
  case blockCopied = 53
  /// What does a node have?
  case inspect = 60
  /// It has that.
  case inspected = 61
}
