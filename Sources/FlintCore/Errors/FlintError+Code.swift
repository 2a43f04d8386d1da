extension FlintError {
  /// Every kind of failure that Flint tells apart. The raw value is what logs, events and the command line show.
  public enum Code: String, CaseIterable, Hashable, Sendable {
    // Settings and arguments.
    case unknownSetting = "unknown-setting"
    case invalidSetting = "invalid-setting"
    case invalidArgument = "invalid-argument"
    case limitRelation = "limit-relation"

    // Types and values that cross process borders.
    case unsupportedType = "unsupported-type"
    case layoutMismatch = "layout-mismatch"

    // Computing with columns.
    case arithmeticOverflow = "arithmetic-overflow"
    case divisionByZero = "division-by-zero"
    case invalidCast = "invalid-cast"

    // Queries.
    case invalidQuery = "invalid-query"
    case unknownName = "unknown-name"
    case ambiguousName = "ambiguous-name"
    case typeMismatch = "type-mismatch"

    // Waiting.
    case deadlineExceeded = "deadline-exceeded"

    // Files.
    case fileNotFound = "file-not-found"
    case fileExists = "file-exists"
    case permissionDenied = "permission-denied"
    case diskFull = "disk-full"
    case inputOutput = "input-output"
    case corruptData = "corrupt-data"

    // Network.
    case addressInUse = "address-in-use"
    case connectionRefused = "connection-refused"
    case connectionLost = "connection-lost"
    case unreachable = "unreachable"
    case unauthenticated = "unauthenticated"

    // Processes and resources.
    case processLaunchFailed = "process-launch-failed"
    case executorsUnavailable = "executors-unavailable"
    case userCode = "user-code"
    case memoryBudgetExceeded = "memory-budget-exceeded"
    case tooManyOpenFiles = "too-many-open-files"
    case resourceExhausted = "resource-exhausted"
    case tooLarge = "too-large"
    case unsupportedPlatform = "unsupported-platform"

    // Jobs.
    case taskFailed = "task-failed"
    case stageFailed = "stage-failed"
    case releasedResult = "released-result"
    case jobCancelled = "job-cancelled"

    // Closures and programs.
    case unshippableClosure = "unshippable-closure"
    case differentBuild = "different-build"

    // Simulation.
    case simulationFailed = "simulation-failed"
  }
}
