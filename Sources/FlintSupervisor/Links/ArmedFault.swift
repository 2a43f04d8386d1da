internal import FlintWire

/// A fault that waits for its frame.
public struct ArmedFault: Sendable {
  /// Which frames it strikes.
  public let pattern: FramePattern
  /// What it does to them.
  public let fault: LinkFault
  /// How many frames it lets pass first.
  public private(set) var skip: Int
  /// How many it strikes then.
  public private(set) var count: Int
  /// How many it has struck.
  public private(set) var fired = 0

  init(_ fault: LinkFault, on pattern: FramePattern, skip: Int, count: Int) {
    self.fault = fault
    self.pattern = pattern
    self.skip = skip
    self.count = count
  }

  /// Whether it strikes a frame with `header`; it is told of all of them.
  mutating func strikes(_ header: FrameHeader, of dialler: Introduction?, _ direction: LinkDirection) -> Bool {
    guard count > 0, pattern.picks(header, of: dialler, direction) else { return false }
    if skip > 0 {
      skip -= 1
      return false
    }
    count -= 1
    fired += 1
    return true
  }
}
