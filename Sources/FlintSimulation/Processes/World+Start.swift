internal import FlintCore

extension World {
  /// Starts a process that runs `program`.
  func start(
    _ command: ProcessCommand, named name: String, on host: HostState, program: @escaping SimulatedProgram
  ) -> ProcessState {
    if !host.isUp {
      host.isUp = true
      network.retryStalled()
    }
    let process = ProcessState(world: self, host: host, name: "\(host.name)/\(name)#\(processes.count)")
    processes.append(process)
    note(.processStarted, UInt64(process.owner.process), 0, "\(process.name) starts")
    let context = makeContext(for: process)
    let start = ProgramStart(command: command, console: process.console)
    let confined = Confined(process)
    engine.act(for: process.owner) {
      process.mainTask = Task(executorPreference: process.executors.tasks) {
        let exit: ProcessExit
        do {
          exit = .exited(try await program(context, start))
        } catch {
          confined.value.mainError = "\(error)"
          context.log.log(.error, "main threw \(error)")
          exit = .exited(1)
        }
        confined.value.mainHasReturned = true
        confined.value.end(exit)
      }
    }
    return process
  }

  private func makeContext(for process: ProcessState) -> NodeContext {
    NodeContext(
      name: process.name,
      network: SimulatedNetworkSeam(process: process),
      files: SimulatedFileSystem(process: process),
      time: SimulatedTime(process: process),
      randomness: SimulatedRandomness(seed: random.next()),
      executors: process.executors,
      processes: SimulatedProcessLauncher(process: process),
      log: Logger(
        label: process.name, level: engine.trace.record == nil ? .critical : .debug,
        handler: SimulatedLogHandler(world: self)))
  }
}
