import FlintCore

#if FLINT_PLANTED_BUGS
  import PlantedScheduling
#else
  import FlintScheduling
#endif

/// What the driver's event log would say, under the same names, as far as the deciders know it.
package struct ModelEvent: CustomStringConvertible {
  /// The events that the model has.
  package static let names: Set<String> = [
    "executorAdded", "executorLost", "jobStarted", "jobEnded", "stageSubmitted", "taskStarted", "taskEnded",
    "taskCommitted", "mapOutputRegistered", "fetchFailed", "blockStored", "blockDropped",
  ]
  /// The fields that the model has, of whichever event.
  package static let fieldNames: Set<String> = [
    "executor", "incarnation", "job", "status", "stage", "stageAttempt", "partition", "attempt", "failure", "shuffle",
    "map", "tasks", "partitions", "stages", "dataset", "name",
  ]

  package let name: String
  /// The executor that it is about.
  let executor: ExecutorIncarnation?
  package private(set) var fields: [(name: String, value: String)] = []

  init(_ name: String, on executor: ExecutorIncarnation? = nil, of attempt: TaskAttempt? = nil) {
    precondition(ModelEvent.names.contains(name), "\(name) is no event of the model")
    self.name = name
    self.executor = executor
    if let executor {
      add("executor", executor.executor.rawValue)
      add("incarnation", executor.number)
    }
    guard let attempt else { return }
    add("stage", attempt.task.stage.stage.rawValue)
    add("stageAttempt", attempt.task.stage.number)
    add("partition", attempt.task.partition.rawValue)
    add("attempt", attempt.number)
  }

  private mutating func add(_ name: String, _ value: some CustomStringConvertible) {
    fields.append((name, value.description))
  }

  /// The same with one more field.
  func with(_ name: String, _ value: some CustomStringConvertible) -> ModelEvent {
    var event = self
    event.add(name, value)
    return event
  }

  package subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  package var description: String { name + fields.map { " \($0.name)=\($0.value)" }.joined() }
}

extension TaskFailure {
  /// What the log calls it.
  var word: String { "\(self)".prefix { $0 != "(" }.description }
}

extension TaskEnd {
  /// What the log says of how a try ended.
  var status: String {
    switch self {
    case .succeeded: "succeeded"
    case .failed(.killed): "killed"
    case .failed(.takenBack): "takenBack"
    case .failed: "failed"
    }
  }

  var failure: TaskFailure? {
    switch self {
    case .succeeded: nil
    case .failed(let failure): failure
    }
  }
}
