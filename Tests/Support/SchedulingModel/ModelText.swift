import FlintCore

/// Short lines for the trace.
enum ModelText {
  static func line(_ command: ExecutorCommand) -> String {
    switch command {
    case .launch(let description): "to run \(description.attempt)"
    case .kill(let attempt): "to end \(attempt)"
    case .recall: "to give back what waits"
    case .authorise(let attempt): "that \(attempt) may commit"
    case .deny(let attempt): "that \(attempt) may not commit"
    case .drop(let dataset, let partition): "to drop \(partition) of \(dataset)"
    case .end: "to end"
    }
  }
}
