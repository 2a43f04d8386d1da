import FlintCore
@testable import FlintSystem
import Glibc
import Testing

// One after another: under cgroup version 1 the memory kill of one test would look like evidence to another.
@Suite("How a process ended", .serialized)
struct ProcessDeathTests {
  @Test("exit codes", arguments: [0, 3, 255])
  func exitCode(code: Int32) async throws {
    #expect(try await Programs.run(Programs.shell("exit \(code)")).exit == .exited(code))
  }

  @Test("each signal that we send does what it says")
  func signals() async throws {
    let launcher = try Programs.launcher()
    for (signal, number) in [(ProcessSignal.kill, SIGKILL), (.terminate, SIGTERM), (.interrupt, SIGINT)] {
      let process = try await launcher.launch(ProcessCommand("/bin/sleep", ["1000"]))
      process.send(signal)
      #expect(try await process.exit() == .signalled(number))
      process.send(signal)
    }
    let process = try await launcher.launch(ProcessCommand("/bin/sleep", ["1000"]))
    process.send(.stop)
    #expect(await eventually { state(process.identifier) == "T" })
    process.send(.resume)
    #expect(await eventually { state(process.identifier) == "S" })
    process.send(.kill)
    _ = try await process.exit()
  }

  @Test("a crash is told by its signal")
  func crash() async throws {
    #expect(try await Programs.run(Programs.shell("kill -SEGV $$")).exit == .signalled(SIGSEGV))
  }

  @Test("a SIGKILL from somebody else is told as that")
  func killedByStranger() async throws {
    let process = try await Programs.launcher().launch(ProcessCommand("/bin/sleep", ["1000"]))
    #expect(try await Programs.run(Programs.shell("kill -9 $1", ["\(process.identifier)"])).exit == .exited(0))
    #expect(try await process.exit() == .killedByUnknown)
  }

  @Test("a child that dies in a debugger's hands ends when the debugger lets go", .timeLimit(.minutes(1)))
  func tracedChild() async throws {
    let launcher = try Programs.launcher()
    let child = try await launcher.launch(ProcessCommand("/bin/sleep", ["1000"]))
    // 0x4206 is PTRACE_SEIZE: the end of a traced child goes to its tracer first, which here does not take it.
    let script = """
      import ctypes, sys
      refused = ctypes.CDLL(None).ptrace(0x4206, int(sys.argv[1]), 0, 0)
      print("refused" if refused else "traced", flush=True)
      sys.stdin.read()
      """
    var command = Programs.shell("exec python3 -c \"$1\" $2", [script, "\(child.identifier)"])
    (command.output, command.pipesInput) = (.piped, true)
    let tracer = try await launcher.launch(command)
    var answers = tracer.output.makeAsyncIterator()
    let answer = String(decoding: try await answers.next() ?? [], as: UTF8.self)
    child.send(.kill)
    // Where the system lets nobody trace a stranger, there is nothing to see.
    if answer == "traced\n" { #expect(await eventually { state(child.identifier) == "Z" }) }
    await tracer.finishInput()
    #expect(try await child.exit() == .signalled(SIGKILL))
    #expect(try await tracer.exit() == .exited(0))
  }

  @Test("any number of callers learn the same end, before and after it")
  func manyWaiters() async throws {
    let process = try await Programs.launcher().launch(Programs.shell("read line; exit 3").piped)
    let exits = try await withThrowingTaskGroup(of: ProcessExit.self) { group in
      for _ in 0..<50 { group.addTask { try await process.exit() } }
      await process.finishInput()
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(exits == Array(repeating: .exited(3), count: 50))
    #expect(try await process.exit() == .exited(3))
  }

  @Test(
    "a memory kill in a cgroup is told with its evidence",
    .enabled(if: SmallMemoryGroup.canMake, "skipped: no memory cgroup can be made here"), .timeLimit(.minutes(1)))
  func memoryKill() async throws {
    try await SmallMemoryGroup.use { group in
      // tail keeps the last line of its input, which has no end.
      let script = "echo $$ > \(group)/cgroup.procs && exec tail /dev/zero"
      let (exit, output) = try await Programs.run(Programs.shell(script))
      guard case .killedForMemory(let evidence) = exit else {
        Issue.record("\(exit) \(output)")
        return
      }
      #expect(evidence.contains("oom_kill"))
    }
  }

  @Test("the classification, row by row")
  func classification() {
    let evidence = "oom_kill rose"
    let rows: [(ChildEnd, Bool, String?, ProcessExit)] = [
      (.exited(0), false, evidence, .exited(0)),
      (.exited(137), true, nil, .exited(137)),
      (.signalled(SIGTERM), false, evidence, .signalled(SIGTERM)),
      (.signalled(SIGKILL), true, evidence, .signalled(SIGKILL)),
      (.signalled(SIGKILL), false, evidence, .killedForMemory(evidence: evidence)),
      (.signalled(SIGKILL), false, nil, .killedByUnknown),
      (.lost, false, nil, .killedByUnknown),
    ]
    for (end, weKilled, evidence, expected) in rows {
      #expect(end.cause(weKilled: weKilled) { evidence } == expected)
    }
  }

  @Test("the cgroup's counter decides where the child is known to have died; elsewhere the machine's does")
  func witnesses() async throws {
    try await Scratch.use { scratch in
      func count(_ kills: Int) async throws {
        try await scratch.files.createDirectory(scratch["box"])
        try await scratch.files.replaceDurably(scratch["box/memory.events"], with: Array("oom_kill \(kills)\n".utf8))
      }
      let mounts = "42 32 0:31 / \(scratch.directory) rw - cgroup2 cgroup2 rw\n"
      let group = try #require(MemoryGroup(groups: "0::/box\n", mounts: mounts))
      try await count(3)
      // The machine has always killed more than -1.
      let witness = MemoryKillWitness(group: group, machineKills: -1)
      #expect(witness.evidence()?.contains("/proc/vmstat") == true)
      #expect(witness.afterDeath(in: group).evidence() == nil)
      try await count(4)
      #expect(witness.afterDeath(in: group).evidence()?.contains("box/memory.events rose from 3 to 4") == true)
      #expect(MemoryKillWitness(group: nil, machineKills: nil).evidence() == nil)
    }
  }

  @Test("cgroups of version 1, version 2, both, and inside a container are found")
  func memoryGroups() {
    let first = "30 25 0:27 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory\n"
    let second = "42 32 0:31 / /sys/fs/cgroup rw,nosuid shared:10 - cgroup2 cgroup2 rw,nsdelegate\n"
    let inside = "42 32 0:31 /box/7 /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n"
    let rows: [(groups: String, mounts: String, file: String?, isRoot: Bool)] = [
      ("4:memory:/a/b\n1:cpu:/\n0::/\n", first, "/sys/fs/cgroup/memory/a/b/memory.oom_control", false),
      ("4:memory:/\n0::/user\n", first + second, "/sys/fs/cgroup/memory/memory.oom_control", true),
      ("0::/user/it:s\n", second, "/sys/fs/cgroup/user/it:s/memory.events", false),
      ("0::/box/7/x\n", inside, "/sys/fs/cgroup/x/memory.events", false),
      ("0::/\n", second, "/sys/fs/cgroup/memory.events", true),
      ("0::/x\n", "", nil, false),
    ]
    for row in rows {
      let group = MemoryGroup(groups: row.groups, mounts: row.mounts)
      #expect(group?.file == row.file)
      #expect(group?.isRoot ?? false == row.isRoot)
    }
    #expect(PseudoFile.number(named: "oom_kill", in: "oom_kill_disable 0\nunder_oom 0\noom_kill 7\n") == 7)
  }
}

/// A cgroup with 32 MiB of memory, of whichever version this machine has.
private enum SmallMemoryGroup {
  static let canMake: Bool = {
    guard let (path, _) = make("flint-probe") else { return false }
    return rmdir(path) == 0
  }()

  static func use(_ body: (String) async throws -> Void) async throws {
    let (path, _) = try #require(make("flint-test"))
    let outcome: Result<Void, any Error>
    do { outcome = .success(try await body(path)) } catch { outcome = .failure(error) }
    #expect(await eventually { rmdir(path) == 0 })
    try outcome.get()
  }

  private static func make(_ name: String) -> (path: String, limit: String)? {
    let candidates = [("/sys/fs/cgroup/memory", "memory.limit_in_bytes"), ("/sys/fs/cgroup", "memory.max")]
    for (root, limit) in candidates {
      let path = "\(root)/\(name)-\(getpid())"
      guard mkdir(path, 0o700) == 0 else { continue }
      if let file = fopen("\(path)/\(limit)", "r+") {
        let isWritten = fputs("33554432", file) >= 0
        if fclose(file) == 0 && isWritten { return (path, limit) }
      }
      rmdir(path)
    }
    return nil
  }
}

private func state(_ identifier: Int32) -> String? {
  OpenDescriptors.text("/proc/\(identifier)/stat")?.split(separator: ")").last?.split(separator: " ").first.map {
    String($0)
  }
}
