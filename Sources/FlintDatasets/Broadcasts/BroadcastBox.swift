internal import FlintCore
internal import FlintLayout
internal import FlintTasks
internal import Synchronization

/// Where the value of a broadcast is, once it is there. Codable, since closures that capture a struct of one property may be
/// compiled to capture the property.
final class BroadcastBox<Value: Sendable>: PendingBroadcast, Codable {
  let id: BroadcastID
  private let state: Mutex<Value?>
  private let lease: BroadcastLease?

  init(_ id: BroadcastID, value: Value?, lease: BroadcastLease?) {
    self.id = id
    self.lease = lease
    state = Mutex(value)
  }

  init(from decoder: any Decoder) throws {
    id = BroadcastID(rawValue: try decoder.singleValueContainer().decode(UInt64.self))
    lease = nil
    state = Mutex(nil)
    BroadcastCollector.found?(self)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(id.rawValue)
  }

  var value: Value {
    guard let value = state.withLock({ $0 }) else {
      preconditionFailure("the value of \(id) is read before it came, outside of a task")
    }
    return value
  }

  func decode(_ content: [UInt8]) throws -> any Sendable {
    guard let value = try RowBlock.decode(content, as: Value.self, budget: .max / 2).first else {
      throw FlintError(.corruptData, "\(id) came without its value")
    }
    return value
  }

  func fill(_ value: any Sendable) {
    guard let value = value as? Value else { preconditionFailure("\(id) is a \(type(of: value)) elsewhere") }
    state.withLock { $0 = value }
  }
}
