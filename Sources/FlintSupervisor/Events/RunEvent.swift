public import FlintCore
internal import FoundationEssentials

/// One line of an application's event log, read by code that shares nothing with whoever wrote it.
public struct RunEvent: Hashable, Sendable, CustomStringConvertible {
  /// What happened: `taskStarted`.
  public let name: String
  /// Everything that the line says.
  public let fields: [String: EventField]

  /// Nil for a line that is no event.
  public init?(line: some Collection<UInt8>) {
    guard let fields = try? JSONDecoder().decode([String: EventField].self, from: Data(line)),
      case .text(let name)? = fields["event"]
    else { return nil }
    self.name = name
    self.fields = fields
  }

  /// A number that the line says.
  public func number(_ field: String) -> Int? {
    if case .number(let number)? = fields[field] { number } else { nil }
  }

  /// A text that the line says.
  public func text(_ field: String) -> String? {
    if case .text(let text)? = fields[field] { text } else { nil }
  }

  /// The executor's life that it is about.
  public var executor: ExecutorIncarnation? {
    guard let executor = number("executor"), let number = number("incarnation") else { return nil }
    return ExecutorIncarnation(executor: ExecutorID(rawValue: UInt64(executor)), number: UInt64(number))
  }

  /// The try at a task that it is about: stage, attempt of the stage, partition, attempt.
  public var attempt: [Int]? {
    let numbers = ["stage", "stageAttempt", "partition", "attempt"].compactMap { number($0) }
    return numbers.count == 4 ? numbers : nil
  }

  /// The task that it is about: stage and partition.
  public var task: [Int]? { attempt.map { [$0[0], $0[2]] } }

  /// The line as people read it.
  public var description: String {
    let others = fields.filter { $0.key != "event" && $0.key != "wall" }
    return ([name] + others.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }).joined(separator: " ")
  }
}
