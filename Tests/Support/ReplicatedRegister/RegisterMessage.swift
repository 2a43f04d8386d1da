/// What clients and replicas say to each other. Every request may be repeated: a replica answers it again.
enum RegisterMessage: Equatable, Sendable {
  /// Client to replica: what do you hold?
  case query(phase: UInt64)
  /// Client to replica: hold this, unless you hold something newer.
  case store(phase: UInt64, TaggedValue)
  /// Replica to client: this is what I hold, safely on disk.
  case state(phase: UInt64, TaggedValue)
  /// Replica to client: I hold this or something newer, safely on disk.
  case stored(phase: UInt64)

  /// The client's phase that the message belongs to; answers to an older one are ignored.
  var phase: UInt64 {
    switch self {
    case .query(let phase), .store(let phase, _), .state(let phase, _), .stored(let phase): phase
    }
  }
}
