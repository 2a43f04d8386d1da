internal import FlintCore
internal import FlintSystem
internal import Glibc

/// An executor's side of the pipe to its driver: it runs a handler for each call, and ends when the driver is gone.
///
/// The handler runs on a task thread. Meanwhile the service listens on, so that an executor never outlives its driver,
/// whatever user code is doing.
package struct ExecutorService: Sendable {
  /// Turns a call's bytes into the answer's. What it throws reaches the driver as an error.
  package typealias Handler = @Sendable ([UInt8]) async throws -> [UInt8]

  /// The exit code of an executor that did not understand its driver.
  private static let misunderstanding: Int32 = 3

  private let pipe: ParentPipe
  private let frames: PipeFrames
  private let threads: TaskThreads
  private let handler: Handler

  /// Takes the pipe, blocks until the driver has said hello, and sets the hash seed. To be called before anything hashes.
  ///
  /// Throws `invalid-argument` without a pipe, `deadline-exceeded` when nobody speaks, `corrupt-data` when it is no driver
  /// who does.
  static func begin(_ handler: @escaping Handler) throws(FlintError) -> ExecutorService {
    let pipe = try ParentPipe()
    var frames = PipeFrames()
    let deadline = Limits().handshakeDeadline
    while true {
      switch try frames.next() {
      case .hello(let seed):
        seed.install()
        return ExecutorService(
          pipe: pipe, frames: frames, threads: try TaskThreads(count: 1), handler: handler)
      case nil:
        let chunk = try pipe.readBlocking(for: deadline)
        guard !chunk.isEmpty else { throw FlintError(.connectionLost, "the driver was gone before its first word") }
        frames.append(chunk)
      case .ready, .call, .answer, .failure, .trapped: throw PipeMessage.corrupt("a driver says hello first")
      }
    }
  }

  /// Answers calls until the driver closes the pipe or is gone; then the process ends.
  func run() async -> Never {
    var frames = frames
    do {
      try pipe.reportTraps()
      try await send(.ready(proof: HashSeed.proof))
      while true {
        while let message = try frames.next() {
          guard case .call(let bytes) = message else { throw PipeMessage.corrupt("a driver sends nothing but calls") }
          Task(executorPreference: threads) { await answer(bytes) }
        }
        guard let chunk = try await pipe.next() else { leave(0) }
        frames.append(chunk)
      }
    } catch let error as FlintError where error.code == .connectionLost {
      leave(0)
    } catch {
      StandardError.say("flint executor: \(error)")
      leave(ExecutorService.misunderstanding)
    }
  }

  private func answer(_ bytes: [UInt8]) async {
    let message: PipeMessage
    do {
      message = .answer(try await handler(bytes))
    } catch {
      message = .failure(error as? FlintError ?? FlintError(.userCode, "user code threw \(error)"))
    }
    do {
      try await send(message)
    } catch let error as FlintError where error.code == .resourceExhausted {
      try? await send(.failure(error))
    } catch {
      // The driver is gone, which the reading side sees too.
    }
  }

  private func send(_ message: PipeMessage) async throws { try await pipe.write(try message.frame()) }

  /// Ends the process though user code may still be running: what the program registered for its exit must not run
  /// beside it.
  private func leave(_ code: Int32) -> Never {
    fflush(nil)
    _exit(code)
  }
}
