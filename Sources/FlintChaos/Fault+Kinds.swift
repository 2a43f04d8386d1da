extension Fault {
  /// The fault's kind without what it is done to, such as `kill` or `harmFrames.lose`.
  public var name: String {
    switch self {
    case .kill: "kill"
    case .killRepeatedly: "killRepeatedly"
    case .killAtCall(_, let call, _, _): "killAtCall.\(call.rawValue)"
    case .terminate: "terminate"
    case .pause: "pause"
    case .losePower: "losePower"
    case .killBlockService: "killBlockService"
    case .replaceDriver: "replaceDriver"
    case .partition: "partition"
    case .cut: "cut"
    case .halfOpen: "halfOpen"
    case .breakStreams: "breakStreams"
    case .harmFrames(let harm, _, _): "harmFrames.\(harm.rawValue)"
    case .loseNames: "loseNames"
    case .singleBytes: "singleBytes"
    case .slowLinks: "slowLinks"
    case .fullDisk: "fullDisk"
    case .failingDisk(_, let call, _): "failingDisk.\(call.rawValue)"
    case .slowDisk: "slowDisk"
    case .flipBit(_, let place): "flipBit.\(place.rawValue)"
    case .removeFiles: "removeFiles"
    case .misplaceFiles: "misplaceFiles"
    case .jumpWallClock: "jumpWallClock"
    case .lateTimers: "lateTimers"
    case .cancelJob: "cancelJob"
    case .strangeBytes: "strangeBytes"
    case .impersonate: "impersonate"
    case .heal: "heal"
    }
  }

  /// Whether files may be left because of it that nobody can remove any more.
  package var harmsFiles: Bool {
    switch self {
    case .losePower, .replaceDriver, .failingDisk, .removeFiles: true
    case .kill, .killRepeatedly, .killAtCall, .terminate, .pause, .killBlockService, .partition, .cut, .halfOpen,
      .breakStreams, .harmFrames, .loseNames, .singleBytes, .slowLinks, .fullDisk, .slowDisk, .flipBit, .misplaceFiles,
      .jumpWallClock, .lateTimers, .cancelJob, .strangeBytes, .impersonate, .heal:
      false
    }
  }

  /// Whether a job must give its answer in spite of it: it neither takes anything away nor lets anybody seem dead.
  package var isHarmless: Bool {
    switch self {
    case .singleBytes, .jumpWallClock, .strangeBytes, .impersonate, .heal: true
    case .kill, .killRepeatedly, .killAtCall, .terminate, .pause, .losePower, .killBlockService, .replaceDriver,
      .partition, .cut, .halfOpen, .breakStreams, .harmFrames, .loseNames, .slowLinks, .fullDisk, .failingDisk,
      .slowDisk, .flipBit, .removeFiles, .misplaceFiles, .lateTimers, .cancelJob:
      false
    }
  }

  /// Whether whoever waits for a file may wait for long.
  package var delaysFiles: Bool {
    switch self {
    case .losePower, .fullDisk, .failingDisk, .slowDisk, .lateTimers: true
    case .kill, .killRepeatedly, .killAtCall, .terminate, .pause, .killBlockService, .replaceDriver, .partition, .cut,
      .halfOpen, .breakStreams, .harmFrames, .loseNames, .singleBytes, .slowLinks, .flipBit, .removeFiles,
      .misplaceFiles, .jumpWallClock, .cancelJob, .strangeBytes, .impersonate, .heal:
      false
    }
  }
}
