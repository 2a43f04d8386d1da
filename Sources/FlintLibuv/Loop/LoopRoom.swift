internal import FlintCore
internal import FlintSystem

/// Whether the process has room for a loop.
enum LoopRoom {
  /// Descriptors that libuv opens for a loop, the process's first one included: its poll, two pipes for signals, and
  /// an event.
  private static let descriptorCount = 6

  /// Throws `too-many-open-files` when there are too few descriptors left: libuv would end the process.
  static func check() throws(FlintError) {
    var taken: [WakeUp] = []
    while taken.count < descriptorCount { taken.append(try WakeUp()) }
  }
}
