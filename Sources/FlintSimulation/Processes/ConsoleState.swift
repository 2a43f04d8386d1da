internal import FlintCore

/// The three standard streams of a simulated process: what its launcher wrote, and where its output goes.
final class ConsoleState {
  /// Where one output goes.
  enum Sink {
    case nowhere
    case launcher
    case file(FileNode)

    /// What a command asks for. Throws what opening a file to append to throws.
    init(_ output: ProcessCommand.Output, on disk: DiskState) throws {
      switch output {
      // What a real child would write to its parent's own outputs is of no use to a simulation.
      case .inherited, .discarded: self = .nowhere
      case .appended(let path): self = .file(try disk.open(try path.resolved(), .update))
      case .piped: self = .launcher
      }
    }
  }

  let input: AsyncStream<[UInt8]>
  let output: AsyncThrowingStream<[UInt8], any Error>
  let errorOutput: AsyncThrowingStream<[UInt8], any Error>
  /// Whether the launcher may write the input; otherwise it has ended from the start.
  let hasInputPipe: Bool
  /// Whether the launcher has ended the input.
  private(set) var isInputFinished = false
  private let sink: Sink
  private let errorSink: Sink
  private let inputWriter: AsyncStream<[UInt8]>.Continuation
  private let outputWriter: AsyncThrowingStream<[UInt8], any Error>.Continuation
  private let errorWriter: AsyncThrowingStream<[UInt8], any Error>.Continuation

  init(hasInputPipe: Bool = false, output sink: Sink = .nowhere, errorOutput errorSink: Sink = .nowhere) {
    self.hasInputPipe = hasInputPipe
    self.sink = sink
    self.errorSink = errorSink
    (input, inputWriter) = AsyncStream.makeStream()
    (output, outputWriter) = AsyncThrowingStream.makeStream()
    (errorOutput, errorWriter) = AsyncThrowingStream.makeStream()
    if !hasInputPipe { inputWriter.finish() }
  }

  func writeInput(_ bytes: [UInt8]) { inputWriter.yield(bytes) }

  func finishInput() {
    isInputFinished = true
    inputWriter.finish()
  }

  func print(_ bytes: [UInt8]) { write(bytes, to: sink, outputWriter) }
  func printError(_ bytes: [UInt8]) { write(bytes, to: errorSink, errorWriter) }

  private func write(
    _ bytes: [UInt8], to sink: Sink, _ writer: AsyncThrowingStream<[UInt8], any Error>.Continuation
  ) {
    switch sink {
    case .nowhere: break
    case .launcher: writer.yield(bytes)
    case .file(let node): node.apply(.write(offset: node.bytes.count, bytes: bytes))
    }
  }

  func close() {
    inputWriter.finish()
    outputWriter.finish()
    errorWriter.finish()
  }
}
