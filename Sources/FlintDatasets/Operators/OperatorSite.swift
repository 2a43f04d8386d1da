public import FlintCore
public import FlintShuffle
internal import FlintTasks

/// Which operation it is and where the user wrote it. It travels with the operator, so that a failure can name both.
@usableFromInline
package struct OperatorSite: Sendable {
  /// The operation's name as users write it.
  @usableFromInline package let name: String
  /// Where the user wrote it.
  @usableFromInline package let location: SourceLocation

  @inlinable
  package init(_ name: String, _ file: String, _ line: Int) {
    self.name = name
    location = SourceLocation(file: file, line: line)
  }

  /// The error for what the user's function threw. Errors of Flint's own pass as they are, also those of input that the function
  /// itself goes through: what is lost is computed again, whoever noticed.
  @usableFromInline
  package func failure(_ error: any Error) -> any Error {
    if error is FlintError || error is CancellationError || error is FetchFailure || error is RowsLost { return error }
    return FlintError(
      .userCode, "the function of \(name) threw \(type(of: error))", why: String(describing: error), at: location,
      cause: error)
  }

  /// The user's functions, as operators over keys know them.
  @usableFromInline var code: UserCode { UserCode(name, at: location) { failure($0) } }

  /// Says that the user's function begins to run.
  func enter(_ context: any TaskContext) { context.enter(name, at: location) }
}
