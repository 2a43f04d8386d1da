/// One harm that is done to a cluster.
///
/// Those that last end after their time, counted from the moment at which they struck, or with ``Fault/heal``. Where a case
/// speaks of a link between two targets, all streams between them in both directions are meant, of messages and of blocks.
public enum Fault: Hashable, Sendable {
  // MARK: Processes.

  /// Ends the process at once: SIGKILL.
  case kill(FaultTarget)
  /// Ends it, and its next lives at their start, so many in all.
  case killRepeatedly(FaultTarget, times: Int)
  /// Whichever process of the target makes the given call on a file of the shared folder, counted from the strike, dies at it:
  /// just before the call is done or just after.
  case killAtCall(FaultTarget, DiskCall, atCall: Int, isAfter: Bool)
  /// Asks it to end: SIGTERM.
  case terminate(FaultTarget)
  /// Lets it stand still for a time: SIGSTOP, SIGCONT.
  case pause(FaultTarget, for: Duration)
  /// Cuts the power of its machine, executor and block service with it. What was not synced is lost or torn. The machine
  /// comes back a second later.
  case losePower(FaultTarget)
  /// Ends the block service of its node; it comes back a second later.
  case killBlockService(FaultTarget)

  /// Ends the driver at once; another one begins the same job anew at the same address, while executors of the first may still
  /// live. It has other names for everything, and executors of its own. No other driver can be replaced.
  case replaceDriver

  // MARK: Network.

  /// Nothing passes between them, and no end is told.
  case partition(FaultTarget, from: FaultTarget, for: Duration)
  /// Nothing passes in this direction.
  case cut(from: FaultTarget, to: FaultTarget, for: Duration)
  /// Streams that are open swallow everything without a word; new ones are sound.
  case halfOpen(FaultTarget, FaultTarget)
  /// Breaks streams that are open, once so many more bytes have passed.
  case breakStreams(FaultTarget, FaultTarget, afterBytes: Int)
  /// Every link does this to so many of 1,000 frames.
  case harmFrames(FrameHarm, permille: Int, for: Duration)
  /// Nobody knows the names of its machines: they cannot be dialled, and streams that are open stay so.
  case loseNames(FaultTarget, for: Duration)
  /// Every byte arrives alone.
  case singleBytes(for: Duration)
  /// Every frame travels up to so much longer.
  case slowLinks(upTo: Duration, for: Duration)

  // MARK: Files of an executor's node.

  /// Writes fail as on a full disk, from the given one on, counted from the strike. With `stays` all later ones do.
  case fullDisk(FaultTarget, atWrite: Int, stays: Bool)
  /// A call of the file system fails with an error of the device.
  case failingDisk(FaultTarget, DiskCall, atCall: Int)
  /// Every call takes up to so long.
  case slowDisk(FaultTarget, upTo: Duration, for: Duration)
  /// Flips a bit of every map output file that is there.
  case flipBit(FaultTarget, FilePlace)
  /// Removes every file of the application that is there.
  case removeFiles(FaultTarget)
  /// Puts one block's file in the place of another of its kind, for each kind that has two.
  case misplaceFiles(FaultTarget)

  // MARK: Clocks.

  /// The wall clock of its machine jumps.
  case jumpWallClock(FaultTarget, by: Duration)
  /// Every timer of the process is late, by up to so much.
  case lateTimers(FaultTarget, upTo: Duration, for: Duration)

  // MARK: People and strangers.

  /// Whoever runs the job cancels it.
  case cancelJob
  /// A stranger dials the target and sends `byteCount` bytes that mean nothing.
  case strangeBytes(FaultTarget, byteCount: Int)
  /// A process that is let in as an executor speaks in the name of the target's, and asks everybody for blocks that nobody has.
  case impersonate(FaultTarget)
  /// Everything that was harmed and can be mended is.
  case heal

  /// What can be done to a frame on its way.
  public enum FrameHarm: String, CaseIterable, Hashable, Sendable {
    case lose, duplicate, reorder, corrupt, reset
  }

  /// A call of the file system.
  public enum DiskCall: String, CaseIterable, Hashable, Sendable {
    case open, read, write, rename, remove, synchronize
  }

  /// A place in a file.
  public enum FilePlace: String, CaseIterable, Hashable, Sendable {
    case header, middle, end
    /// Among the places and checksums of what is in it, which stand before its end.
    case index
  }
}
