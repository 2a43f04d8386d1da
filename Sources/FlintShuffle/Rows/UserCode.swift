public import FlintCore
internal import FlintTasks

/// Whose functions an operator calls: so that a crash in them names the operation, and what they throw becomes the task's error.
public struct UserCode: Sendable {
  private let name: String
  private let location: SourceLocation
  private let makeError: @Sendable (any Error) -> any Error

  /// The functions of the operation `name`; `failure` makes the task's error of what they throw.
  public init(_ name: String, at location: SourceLocation, failure: @escaping @Sendable (any Error) -> any Error) {
    self.name = name
    self.location = location
    makeError = failure
  }

  /// The functions of all of `codes` together, which are at least one. What each throws is its own's.
  init(of codes: [UserCode]) {
    name = codes.map(\.name).joined(separator: ", ")
    location = codes[0].location
    makeError = codes[codes.count - 1].makeError
  }

  /// Says that they begin to run.
  func enter(_ context: any TaskContext) { context.enter(name, at: location) }

  /// The task's error.
  func failure(_ error: any Error) -> any Error { makeError(error) }

  /// Runs them.
  func run<Result>(_ context: any TaskContext, _ body: () throws -> Result) throws -> Result {
    enter(context)
    do { return try body() } catch { throw makeError(error) }
  }
}
