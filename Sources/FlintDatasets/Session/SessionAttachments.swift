internal import Synchronization

/// What libraries above keep with a session, one value of each type: such as the views of data frames.
public final class SessionAttachments: Sendable {
  private let values = Mutex<[ObjectIdentifier: any Sendable]>([:])

  /// Nothing yet.
  public init() {}

  /// Lets go of all of it, when the session is over: a view knows its session, and each would hold the other for ever.
  package func forget() {
    let forgotten = values.withLock { values in
      defer { values = [:] }
      return values
    }
    withExtendedLifetime(forgotten) {}
  }

  /// The value of this type, made when it is asked for the first time. `make` may be called more than once; one result counts.
  public func value<Value: Sendable>(_: Value.Type = Value.self, _ make: () -> Value) -> Value {
    let key = ObjectIdentifier(Value.self)
    if let known = values.withLock({ $0[key] }) as? Value { return known }
    let made = make()
    let kept = values.withLock { values in
      if let known = values[key] { return known }
      values[key] = made
      return made as any Sendable
    }
    return kept as? Value ?? made
  }
}
