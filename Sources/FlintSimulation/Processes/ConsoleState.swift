/// The three pipes of a simulated process: what its launcher wrote, and what it printed.
final class ConsoleState {
  let input: AsyncStream<[UInt8]>
  let output: AsyncThrowingStream<[UInt8], any Error>
  let errorOutput: AsyncThrowingStream<[UInt8], any Error>
  private(set) var isInputClosed = false
  private let inputWriter: AsyncStream<[UInt8]>.Continuation
  private let outputWriter: AsyncThrowingStream<[UInt8], any Error>.Continuation
  private let errorWriter: AsyncThrowingStream<[UInt8], any Error>.Continuation

  init() {
    (input, inputWriter) = AsyncStream.makeStream()
    (output, outputWriter) = AsyncThrowingStream.makeStream()
    (errorOutput, errorWriter) = AsyncThrowingStream.makeStream()
  }

  func writeInput(_ bytes: [UInt8]) { inputWriter.yield(bytes) }

  func finishInput() {
    isInputClosed = true
    inputWriter.finish()
  }

  func print(_ bytes: [UInt8]) { outputWriter.yield(bytes) }
  func printError(_ bytes: [UInt8]) { errorWriter.yield(bytes) }

  func close() {
    finishInput()
    outputWriter.finish()
    errorWriter.finish()
  }
}
