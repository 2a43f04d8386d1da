/// The moment at which a fault strikes: an event of the driver's log.
public struct Trigger: Hashable, Sendable {
  /// A field that an event must have; a number stands in decimal digits.
  public struct Field: Hashable, Sendable {
    /// The field's name in the log.
    public let name: String
    /// Its value.
    public let value: String
  }

  /// The event's name, such as `taskStarted`.
  public let event: String
  /// What the event must say.
  public let fields: [Field]
  /// Which of the events that fit it is, counted from 1.
  public let count: Int

  /// After the `count`th `event` that has all of `fields`.
  public static func after(_ event: String, _ fields: KeyValuePairs<String, String> = [:], count: Int = 1) -> Trigger {
    Trigger(event: event, fields: fields.map { Field(name: $0.key, value: $0.value) }, count: count)
  }

  /// After the first `event` that has all of `fields`.
  package static func after(_ event: String, having fields: [(name: String, value: String)]) -> Trigger {
    Trigger(event: event, fields: fields.map { Field(name: $0.name, value: $0.value) }, count: 1)
  }

  /// Whether an event fits, counting aside. `field` gives the value of a field of it.
  public func fits(_ event: String, field: (String) -> String?) -> Bool {
    event == self.event && fields.allSatisfy { field($0.name) == $0.value }
  }
}

extension Trigger: CustomStringConvertible {
  /// Such as `taskStarted stage=0 #2`.
  public var description: String {
    event + fields.map { " \($0.name)=\($0.value)" }.joined() + (count > 1 ? " #\(count)" : "")
  }
}
