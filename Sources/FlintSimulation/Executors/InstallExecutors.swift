@_spi(ExperimentalCustomExecutors) internal import _Concurrency

/// The only use of the runtime's interface for replacing Swift's executors, which is not public: a new toolchain that
/// changes it breaks here, and `simulation-canary` says whether the replacement still captures everything.
private struct SimulatedExecutorFactory: ExecutorFactory {
  static var mainExecutor: any MainExecutor { SimulatedMainExecutor.shared }
  static var defaultExecutor: any TaskExecutor { SimulatedGlobalExecutor.shared }
}

/// Replaces this process's main and global executor for good. Must happen before the first task.
func installSimulatedExecutors() {
  _createExecutors(factory: SimulatedExecutorFactory.self)
}
