package import FlintCore

/// What every implementation of the six seams must do, real or simulated. Both sides run the same checks; where they
/// differ, the simulation proves nothing about the product.
package struct SeamContract: Sendable {
  /// One promise of a seam.
  package struct Check: Sendable, CustomStringConvertible {
    package let name: String
    package let run: @Sendable (SeamContract) async throws -> Void

    package var description: String { name }
  }

  /// A promise that was not kept.
  package struct Violation: Error, CustomStringConvertible {
    package let description: String
  }

  package let context: NodeContext
  /// An existing directory that the check may fill.
  package let directory: FilePath

  package init(context: NodeContext, directory: FilePath) {
    self.context = context
    self.directory = directory
  }

  package static let checks =
    files + directories + refusals + globs + network + clocks + cancellation + execution + processes + consoles

  /// The promises of the Network seam alone.
  package static let network = streams + uncopied + dialling

  // MARK: For the checks

  func require(
    _ condition: Bool, _ what: @autoclosure () -> String, file: String = #fileID, line: Int = #line
  ) throws {
    guard condition else { throw Violation(description: "\(what()) (\(file):\(line))") }
  }

  /// Requires that `body` throws a FlintError with `code`.
  func requireError(
    _ code: FlintError.Code, _ what: String, file: String = #fileID, line: Int = #line,
    _ body: () async throws -> Void
  ) async throws {
    do {
      try await body()
    } catch let error as FlintError where error.code == code {
      return
    } catch {
      throw Violation(description: "\(what): \(error) instead of \(code) (\(file):\(line))")
    }
    throw Violation(description: "\(what): no error instead of \(code) (\(file):\(line))")
  }

  /// Waits until `condition` holds.
  func wait(
    for what: String, file: String = #fileID, line: Int = #line, until condition: () async -> Bool
  ) async throws {
    let deadline = context.time.now.advanced(by: .seconds(20))
    while await !condition() {
      try require(context.time.now < deadline, "not within 20 s: \(what)", file: file, line: line)
      try await context.time.sleep(for: .milliseconds(1))
    }
  }
}
