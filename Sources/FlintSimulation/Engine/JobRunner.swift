/// An executor as the engine sees it: something on which a Swift job can be run.
protocol JobRunner: AnyObject {
  /// Runs `job` now, on this thread, as this executor's.
  func run(_ job: UnownedJob)
}
