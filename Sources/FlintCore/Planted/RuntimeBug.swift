#if FLINT_PLANTED_RUNTIME
  internal import Synchronization

  /// The bugs that the runtime can be given, to prove that simulated clusters find them. Only a build of its own has them; no
  /// product has.
  package enum RuntimeBug: String, CaseIterable, Sendable {
    // Wire and transport.
    case bodyChecksumIgnored = "body-checksum-ignored"
    case frameNumbersIgnored = "frame-numbers-ignored"
    case silentPeerKept = "silent-peer-kept"
    // Storage.
    case misplacedBlockAccepted = "misplaced-block-accepted"
    case blockChecksumIgnored = "block-checksum-ignored"
    case unfinishedFileLeft = "unfinished-file-left"
    case spillFileLeft = "spill-file-left"
    case taskMemoryLeaked = "task-memory-leaked"
    // Shuffle.
    case missingOutputEmpty = "missing-output-empty"
    case removedOutputsLeft = "removed-outputs-left"
    // Execution.
    case endToldOnce = "end-told-once"
    case orphanGoesOn = "orphan-goes-on"
    case listenerLeft = "listener-left"
    case fetchFailureForgotten = "fetch-failure-forgotten"
    // Driver.
    case zombieRegistersBlocks = "zombie-registers-blocks"
    case resultsLeft = "results-left"
    case lostTasksForgotten = "lost-tasks-forgotten"
    case lateEndCounted = "late-end-counted"
    case jobEndUntold = "job-end-untold"
    case unwantedOutputLeft = "unwanted-output-left"
    case impostorBelieved = "impostor-believed"
    case accumulatorsCountedTwice = "accumulators-counted-twice"
    // Outputs.
    case partNotSynced = "part-not-synced"
    case manifestNotSynced = "manifest-not-synced"
    case stagingLeft = "staging-left"

    /// What it breaks, in one line.
    package var effect: String {
      switch self {
      case .bodyChecksumIgnored: "frames whose body was damaged on the way are taken as they come"
      case .frameNumbersIgnored: "frames that were lost, doubled or moved are not noticed"
      case .silentPeerKept: "a connection whose peer says nothing any more is kept"
      case .misplacedBlockAccepted: "a file is taken for the block that its name says"
      case .blockChecksumIgnored: "rows are used without the checksums of file, segment and transfer"
      case .unfinishedFileLeft: "a block that is given up leaves its file"
      case .spillFileLeft: "a spill file keeps its name"
      case .taskMemoryLeaked: "a task's memory stays taken after its end"
      case .missingOutputEmpty: "a map output that is missing counts as one without rows"
      case .removedOutputsLeft: "files of a shuffle stay when nobody can ask for it any more"
      case .endToldOnce: "a task's end that the driver did not note is not told again"
      case .orphanGoesOn: "an executor whose driver is gone goes on"
      case .listenerLeft: "an executor ends and goes on listening"
      case .fetchFailureForgotten: "a reader that cannot have its input says only that it failed"
      case .zombieRegistersBlocks: "a lost executor's blocks are entered again"
      case .resultsLeft: "results stay with the executors after the driver has them"
      case .lostTasksForgotten: "tasks of a lost executor do not run again"
      case .lateEndCounted: "the end of a try of a lost executor counts"
      case .unwantedOutputLeft: "a map output that came too late stays"
      case .impostorBelieved: "whoever says that he is an executor is believed, and taken for dead when he hangs up"
      case .jobEndUntold: "the end of a job is not written into the event log"
      case .accumulatorsCountedTwice: "a map task that runs again counts again"
      case .partNotSynced: "a part of an output is moved before it is synced"
      case .manifestNotSynced: "an output is published before its manifest is synced"
      case .stagingLeft: "an output that fails leaves its staging folder"
      }
    }

    private static let planted = Mutex<RuntimeBug?>(nil)

    /// Gives the runtime of this process `bug`; nil takes it away.
    package static func plant(_ bug: RuntimeBug?) { planted.withLock { $0 = bug } }

    /// Whether the runtime has `bug`.
    package static func has(_ bug: RuntimeBug) -> Bool { planted.withLock { $0 } == bug }
  }
#endif
