import Foundation

/// One line of an event log.
struct JobEvent: CustomStringConvertible {
  enum Name: String {
    case applicationStarted, applicationEnded
    case executorAdded, executorSuspected, executorTrusted, executorLost, executorStopped
    case jobStarted, jobEnded, jobCommitted
    case stagesSkipped, stageSubmitted, stageCompleted
    case taskStarted, taskEnded, taskGettingResult, taskCommitted
    case mapOutputRegistered, fetchFailed, shuffleReleased
    case blockStored, blockDropped, blockLost, datasetReleased
  }

  /// A try at a task.
  struct Attempt: Hashable {
    var stage: Int
    var stageAttempt: Int
    var partition: Int
    var attempt: Int
  }

  let name: Name
  private let numbers: [String: Int]
  private let texts: [String: String]
  private let flags: [String: Bool]
  private let names: Set<String>

  /// Nil for a line that is no event; an event of an unknown name is a programmer's error.
  init?(json: Data) {
    guard let fields = try? JSONSerialization.jsonObject(with: json) as? [String: Any] else { return nil }
    numbers = fields.compactMapValues { $0 as? Int }
    texts = fields.compactMapValues { $0 as? String }
    flags = fields.compactMapValues { $0 as? Bool }
    names = Set(fields.keys)
    guard let event = texts["event"] else { return nil }
    guard let name = Name(rawValue: event) else { preconditionFailure("the tests know no event \(event)") }
    self.name = name
  }

  func number(_ field: String) -> Int? { numbers[field] }
  func text(_ field: String) -> String? { texts[field] }
  /// Whether the line has a field of this name.
  func has(_ field: String) -> Bool { names.contains(field) }
  func flag(_ field: String) -> Bool { flags[field] ?? false }

  var executor: ExecutorProcess.Key? {
    guard let executor = numbers["executor"], let incarnation = numbers["incarnation"] else { return nil }
    return ExecutorProcess.Key(executor: executor, incarnation: incarnation)
  }

  var attempt: Attempt? {
    guard let stage = numbers["stage"], let stageAttempt = numbers["stageAttempt"],
      let partition = numbers["partition"], let attempt = numbers["attempt"]
    else { return nil }
    return Attempt(stage: stage, stageAttempt: stageAttempt, partition: partition, attempt: attempt)
  }

  var description: String {
    let fields = numbers.map { "\($0.key)=\($0.value)" } + texts.map { "\($0.key)=\($0.value)" }
    return "\(name.rawValue) \(fields.sorted().joined(separator: " "))"
  }
}
