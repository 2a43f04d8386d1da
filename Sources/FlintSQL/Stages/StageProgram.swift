internal import FlintCore

/// What a task of a stage computes: a plan whose leaves are the stage's inputs. It travels to the executors.
struct StageProgram: Sendable {
  /// How its rows leave.
  enum Ending: Sendable {
    case rows
    /// As partial aggregates, for a stage that merges them.
    case partial(Aggregation)
  }

  /// The plan. A leaf is a scan of a table that is an input, or of files, of which each task gets its own.
  var plan: LogicalPlan
  var inputs: [StageInput] = []
  var ending = Ending.rows
  let settings: ComputingSettings
}
