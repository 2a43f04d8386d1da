internal import CFlint
public import FlintCore
internal import Glibc

/// Starts programs of the machine and learns how they end.
///
/// A child starts with the signals of a fresh login, no descriptors but its three standard ones, and exactly the
/// environment of its command. Nobody waits for other children of the process, and none of ours stays a zombie, awaited
/// or not. Two settings of the whole process are changed: SIGPIPE is ignored, so that writing to a child that is gone is
/// an error and not our end, and SIGCHLD is taken out of its ignored state, in which children's ends would be lost.
///
/// A SIGKILL that this process sent is told as a signal; another is a memory kill when the kernel's counters say so.
public struct SystemProcessLauncher: ProcessLauncher {
  private let threads: FileThreads
  private let watcher: SystemWatcher

  /// A launcher that starts programs on `threads`. Throws as ``SystemTime/init()`` does.
  public init(threads: FileThreads) throws(FlintError) {
    self.threads = threads
    watcher = try SystemWatcher.shared()
    _ = try systemCall("cannot ignore SIGPIPE") { flint_signal_ignore(SIGPIPE) }
    _ = try systemCall("cannot set SIGCHLD") { flint_process_keep_ends() }
  }

  /// Starts `command` on a file thread; cancelled before its turn, it starts nothing.
  public func launch(_ command: ProcessCommand) async throws -> any LaunchedProcess {
    // Once begun, starting ends with a child that somebody holds, so it is not given up half-way.
    try await threads.run { [watcher] in
      do throws(FlintError) {
        return try start(command, watcher)
      } catch {
        guard error.code != .processLaunchFailed else { throw error }
        throw FlintError(
          .processLaunchFailed, "cannot start \(command.executable)", why: error.why ?? error.what,
          remedy: error.remedy, cause: error)
      }
    }
  }

  /// SIGTERM and SIGINT, as ``SystemSignals`` gives them.
  public func endRequests() throws -> AsyncStream<ProcessSignal> { try SystemSignals.endRequests() }

  /// On a file thread: opens what the child gets, starts it, and hands it to the watcher.
  private func start(_ command: ProcessCommand, _ watcher: SystemWatcher) throws(FlintError) -> SystemProcess {
    let input = try ChildDescriptors.input(isPiped: command.pipesInput)
    let output = try ChildDescriptors.output(command.output)
    let errorOutput = try ChildDescriptors.output(command.errorOutput)
    let witness = MemoryKillWitness.beforeLaunch()
    let identifier = try withExtendedLifetime((input, output, errorOutput)) { () throws(FlintError) in
      try ProcessStart.spawn(command, input: input.child, output: output.child, errorOutput: errorOutput.child)
    }
    let child = try Child.adopt(identifier, witness: witness.afterLaunch(of: identifier))
    child.watch(with: watcher)
    return SystemProcess(
      child: child,
      input: input.parent.map { PipeWriter($0, watcher: watcher) },
      output: output.parent.map { PipeReader($0, watcher: watcher) },
      errorOutput: errorOutput.parent.map { PipeReader($0, watcher: watcher) })
  }
}
