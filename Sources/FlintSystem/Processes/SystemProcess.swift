internal import FlintCore

/// A child process as its launcher's caller holds it. When it is let go its pipes are closed; the child lives on.
final class SystemProcess: LaunchedProcess {
  let output: AsyncThrowingStream<[UInt8], any Error>
  let errorOutput: AsyncThrowingStream<[UInt8], any Error>
  private let child: Child
  private let input: PipeWriter?

  init(child: Child, input: PipeWriter?, output: PipeReader?, errorOutput: PipeReader?) {
    self.child = child
    self.input = input
    // The kernel's pipe is the buffer: who does not read holds the child back.
    self.output = AsyncThrowingStream { try await output?.next() }
    self.errorOutput = AsyncThrowingStream { try await errorOutput?.next() }
  }

  var identifier: Int32 { child.identifier }

  func write(_ bytes: [UInt8]) async throws {
    guard let input else {
      throw FlintError(.invalidArgument, "process \(identifier) was started without a pipe to its standard input")
    }
    try await input.write(bytes)
  }

  func finishInput() async { input?.finish() }
  func send(_ signal: ProcessSignal) { child.send(signal) }
  func exit() async throws -> ProcessExit { try await child.exit() }
}
