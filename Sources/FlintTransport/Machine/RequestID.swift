/// A request of one connection: its slot in the asker's table, and how often the slot was used before.
public struct RequestID: Hashable, Sendable, CustomStringConvertible {
  let correlation: UInt64

  init(correlation: UInt64) { self.correlation = correlation }

  init(slot: Int, generation: UInt32) {
    correlation = UInt64(generation) << 32 | UInt64(UInt32(truncatingIfNeeded: slot))
  }

  var slot: Int { Int(UInt32(truncatingIfNeeded: correlation)) }
  var generation: UInt32 { UInt32(truncatingIfNeeded: correlation >> 32) }

  /// Such as `request 3.17`: slot and generation.
  public var description: String { "request \(slot).\(generation)" }
}
