internal import FlintLayout
internal import Synchronization

/// What all tasks came to, on the driver; on executors only its number. Codable for the same reason as ``BroadcastBox``.
final class AccumulatorTotal<Kind: Accumulation>: Sendable, Codable {
  private let state = Mutex((number: UInt64(0), value: Kind.zero))

  init() {}

  init(from decoder: any Decoder) throws {
    number = try decoder.singleValueContainer().decode(UInt64.self)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(number)
  }

  /// Which accumulator it is; set once, before anybody else has it.
  var number: UInt64 {
    get { state.withLock { $0.number } }
    set { state.withLock { $0.number = newValue } }
  }

  var value: Kind.Value { state.withLock { $0.value } }

  func merge(_ value: Kind.Value) {
    state.withLock { Kind.merge(value, into: &$0.value) }
  }

  /// Takes in a task's update. It comes over a connection that checks its bytes, from a program of the same build, so one that
  /// does not hold a value is a programmer's error.
  func merge(_ update: [UInt8]) {
    guard let value = try? RowBlock.decode(update, as: Kind.Value.self).first else {
      preconditionFailure("an update of an accumulator holds no \(Kind.Value.self)")
    }
    merge(value)
  }
}
