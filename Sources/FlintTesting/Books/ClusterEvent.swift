/// One line of a driver's event log, as whoever reads the log would take it: by its own parser, not the product's.
package struct ClusterEvent: Sendable {
  /// Such as `taskStarted`.
  package let name: String
  /// The line as it stands in the log.
  package let line: String
  /// Names and values in their order; numbers stand as they are written.
  private let fields: [(name: String, value: String)]

  /// Nil for a line that is no flat object of JSON with an `event`.
  package init?(line: [UInt8]) {
    var parser = LineParser(line)
    guard let fields = parser.parse(), let name = fields.first(where: { $0.name == "event" })?.value else { return nil }
    self.name = name
    self.fields = fields
    self.line = String(decoding: line, as: UTF8.self)
  }

  /// The value of a field.
  package subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  /// The value of a field that is a number.
  package func number(_ name: String) -> Int? { self[name].flatMap { Int($0) } }

  /// The executor that it names.
  package var executor: ExecutorKey? {
    guard let executor = number("executor"), let incarnation = number("incarnation") else { return nil }
    return ExecutorKey(executor: executor, incarnation: incarnation)
  }

  /// The try at a task that it names.
  package var attempt: AttemptKey? {
    guard let stage = number("stage"), let stageAttempt = number("stageAttempt"), let partition = number("partition"),
      let attempt = number("attempt")
    else { return nil }
    return AttemptKey(stage: stage, stageAttempt: stageAttempt, partition: partition, attempt: attempt)
  }
}
