internal import CFlint
internal import FlintCore
internal import FlintSystem
internal import Glibc

/// The first and the last steps of every process of an application.
///
/// Before any Swift task runs and before anything hashes, it finds out what the process is, and sets the hash seed. From
/// then on the first thread belongs to the main actor.
package enum ApplicationEntry {
  /// The exit code for a start that was wrong: a command line, a setting.
  package static let wrongStart: Int32 = 2

  /// Runs `driver` and exits with the code that it returns, or runs `executor` for each call of the driver until that is
  /// gone.
  package static func enter(
    driver: @escaping @Sendable (ProcessSurroundings) async -> Int32, executor: @escaping ExecutorService.Handler
  ) -> Never {
    if ProcessRole.takeExecutorMark() {
      enterExecutor(executor)
    } else {
      let seed = HashSeed.draw(from: SystemRandomness())
      seed.install()
      ProcessRole.enter(.driver(seed))
      Task { exit(await driver(ProcessSurroundings())) }
    }
    flint_run_main_queue()
  }

  /// Ends the driver's process, whatever its program is doing.
  package static func leave(_ code: Int32) -> Never { exit(code) }

  private static func enterExecutor(_ handler: @escaping ExecutorService.Handler) {
    do throws(FlintError) {
      let service = try ExecutorService.begin(handler)
      ProcessRole.enter(.executor)
      Task { await service.run() }
    } catch {
      StandardError.say(
        FlintError(
          .invalidArgument, "this process cannot be an executor",
          why: "\(ProcessRole.variable) says that it is one, but no driver of its application speaks to it",
          remedy: "start the program without \(ProcessRole.variable); drivers start executors themselves",
          cause: error
        ).rendered())
      exit(wrongStart)
    }
  }
}
