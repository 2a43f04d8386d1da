internal import FlintCore

/// All that a simulation holds: its engine, the network, the hosts, and the programs that can be started on them.
final class World {
  let engine: Engine
  let network: NetworkState
  private(set) var hosts: [HostState] = []
  /// What the processes' launchers can start, by path.
  var programs: [FilePath: SimulatedProgram] = [:]

  /// What the scenario has asked about leaving out.
  var parts: [String] = []
  /// What is shown of the run if it fails.
  var details: [String] = []
  /// The disk that all hosts see at one path, if there is one.
  private(set) var shared: (path: FilePath, disk: DiskState)?

  init(seed: UInt64) {
    engine = Engine(seed: seed)
    network = NetworkState(engine: engine)
  }

  func addHost(named name: String) -> HostState {
    precondition(!hosts.contains { $0.network.name == name }, "two hosts with the name \(name)")
    let host = HostState(network: network.addHost(named: name), engine: engine)
    hosts.append(host)
    return host
  }

  /// Lets all processes that start from now on see one disk at `path`.
  func share(_ path: FilePath) -> DiskState {
    precondition(shared == nil, "two shared disks")
    let disk = DiskState(engine: engine, host: "shared")
    disk.rename([DiskState.NameChange(path: path, node: FileNode(isDirectory: true))])
    shared = (path, disk)
    return disk
  }

  /// Every process that ever ran, host by host.
  var processes: [ProcessState] { hosts.flatMap(\.processes) }

  /// Starts a process that runs `program`.
  func start(
    _ command: ProcessCommand, named name: String, taskThreads: Int = 2, console: ConsoleState, on host: HostState,
    program: @escaping SimulatedProgram
  ) -> ProcessState {
    if !host.network.isUp {
      host.network.isUp = true
      network.links.retryHeld()
    }
    let process = ProcessState(
      named: "\(host.network.name)/\(name)", taskThreads: taskThreads, console: console, engine: engine,
      network: network)
    host.add(process)
    engine.note(.processStarted, UInt64(process.life.owner.index), 0, "\(process.life.name) starts")
    let context = makeContext(for: process, on: host)
    let start = ProgramStart(command: command, console: process.console)
    let confined = Confined(process)
    engine.act(for: process.life.owner) {
      process.mainTask = Task(executorPreference: process.executors.tasks) {
        let exit: ProcessExit
        do {
          exit = .exited(try await program(context, start))
        } catch {
          confined.value.mainError = "\(error)"
          context.log.log(.error, "main threw \(error)")
          exit = .exited(1)
        }
        confined.value.noteReturn()
        confined.value.end(exit)
      }
    }
    return process
  }

  /// Starts the program that is known by the command's path.
  private func launch(_ command: ProcessCommand, on host: HostState) throws -> ProcessState {
    guard let program = programs[command.executable] else {
      throw FlintError(
        .processLaunchFailed, "cannot start \(command.executable)", why: "the simulation knows no such program",
        remedy: "register it with Simulation.addProgram")
    }
    let console: ConsoleState
    do {
      console = ConsoleState(
        hasInputPipe: command.pipesInput, output: try ConsoleState.Sink(command.output, on: host.disk),
        errorOutput: try ConsoleState.Sink(command.errorOutput, on: host.disk))
    } catch {
      throw FlintError(.processLaunchFailed, "cannot start \(command.executable)", cause: error)
    }
    return start(command, named: command.executable.name, console: console, on: host, program: program)
  }

  /// A process sees its host's disk and, below its path, the disk that all hosts share.
  private func files(of process: ProcessState, on host: HostState) -> any FileSystem {
    let own = SimulatedFileSystem(disk: host.disk, process: process)
    guard let shared else { return own }
    return SharedFileSystem(
      own: own, shared: SimulatedFileSystem(disk: shared.disk, process: process), path: shared.path)
  }

  private func makeContext(for process: ProcessState, on host: HostState) -> NodeContext {
    NodeContext(
      name: process.life.name,
      network: SimulatedNetworkSeam(
        network: network, peer: NetworkPeer(life: process.life, host: host.network), clock: process.clock),
      files: files(of: process, on: host),
      time: SimulatedTime(process: process, host: host, engine: engine),
      randomness: SimulatedRandomness(seed: engine.chances.next()),
      executors: process.executors,
      processes: SimulatedProcessLauncher(process: process, engine: engine) { [unowned self, unowned host] command in
        try launch(command, on: host)
      },
      log: Logger(
        label: process.life.name, level: engine.trace.record == nil ? .critical : .debug,
        handler: SimulatedLogHandler(engine: engine)))
  }
}
