import FlintCore

#if FLINT_PLANTED_BUGS
  import PlantedScheduling
#else
  import FlintScheduling
#endif

/// What was done to an executor's place: its link to the driver, its disk, its clock. Times are the model's, in nanoseconds.
struct ScriptedPlace {
  /// Something that takes up to so long until it is over.
  struct Slowness {
    let bound: Int64
    let until: Int64

    /// How much longer something takes now.
    func more(at now: Int64, _ chance: inout Chance) -> Int64 {
      now < until && bound > 0 ? Int64(chance.below(Int(bound))) : 0
    }
  }

  /// A disk that fails the next task that writes, or every one.
  struct Disk {
    let failure: TaskFailure
    let stays: Bool
    /// The fault that it is of.
    let fault: Int
  }

  /// Until when the driver does not hear it, and until when it does not hear the driver.
  var mutedUntil: Int64 = 0
  var deafUntil: Int64 = 0
  /// Until when nobody gets its machine's files.
  var darkUntil: Int64 = 0
  var disk: Disk?
  /// The fault by which somebody's next read of its outputs fails.
  var failingRead: Int?
  var slowDisk: Slowness?
  var lateTimers: Slowness?
  /// When its next sign of life is due, where its timers are late.
  var nextHeard: Int64 = 0
  /// How many of its lives are to end at their start.
  var doomedStarts = 0
  /// Lives that ended before they were in service, one after another.
  var failedStarts = 0
  /// Since when its life has looked for the driver and has not found it.
  var searchingSince: Int64?
}
