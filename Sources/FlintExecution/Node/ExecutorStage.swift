internal import FlintCore
internal import FlintTasks

/// A stage as an executor has it: bytes, until its first task wants the code.
final class ExecutorStage {
  private let program: [UInt8]
  private var loading: Task<LoadedStage, any Error>?
  private var launched: Set<TaskAttempt> = []

  init(_ program: [UInt8]) {
    self.program = program
  }

  /// Whether a try comes for the first time.
  func accepts(_ attempt: TaskAttempt) -> Bool { launched.insert(attempt).inserted }

  /// The stage's code with its broadcasts filled, made once, on a task thread.
  func loading(with services: TaskServices) -> Task<LoadedStage, any Error> {
    if let loading { return loading }
    let started = Task(executorPreference: services.context.executors.tasks) { [program] in
      let stage = try LoadedStage(try StageProgram(bytes: program))
      if !stage.broadcasts.isEmpty { try await services.stores.fill(stage.broadcasts) }
      return stage
    }
    loading = started
    return started
  }
}
