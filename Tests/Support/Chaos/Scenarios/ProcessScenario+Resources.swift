import FlintCore
import FlintSupervisor

extension ProcessScenario {
  static let resources = [
    ProcessScenario("spill", [45], "executors with little memory: they spill, the answer is right, memory is bounded") {
      arena in
      let sums = try await arena.sums(
        settings: [Arena.files], master: "local-cluster[2,1,2m]", rows: 400_000, keys: 400_000)
      let summary = try await arena.succeed(sums, rows: 400_000, keys: 400_000)
      arena.require(summary.spilledBytes > 0, .bounded, "nothing was spilled")
      if summary.spilledBytes > 0 { arena.fired("\(summary.spilledBytes) bytes were spilled") }
      for (process, peak) in sums.application.peakMemory.sorted(by: { $0.key < $1.key }) {
        arena.require(peak <= .mebibytes(2 + 192), .bounded, "process \(process) had \(peak)")
      }
    },
    ProcessScenario(
      "memory-kill", [45], "the kernel kills an executor for its memory: the cause is known, the task runs elsewhere",
      needs: [.memoryGroups]
    ) { arena in
      let gate = try arena.gate()
      let application = try await arena.probe(
        "hog", ["--map-gate", gate.path.string, "--failures", try await arena.tokens(1).string])
      let started = try await application.log.wait(for: "taskStarted", count: 2)
      let victim = try await application.executor(
        of: started.first { $0.number("partition") == 0 } ?? started[0])
      let group = "/sys/fs/cgroup/memory/\(arena.folder.name)"
      try await arena.shell(
        "mkdir $1 && echo 200m > $1/memory.limit_in_bytes && echo $2 > $1/cgroup.procs", [group, "\(victim.process)"])
      let summary = try await gate.opened { try await arena.succeed(application) }
      try await arena.shell("rmdir $1", [group])
      arena.check(summary, lost: 1, recomputed: nil)
      arena.require(summary.executorsLost[0].cause.contains("memory"), .told, "\(summary.executorsLost)")
      try await arena.expectPrinted("499500\n", by: application)
      arena.fired("the kernel killed \(victim.incarnation)")
    },
    ProcessScenario("evict", [38], "kept rows have no room in memory: they go to disk, and the counts are right") {
      arena in
      let gate = try arena.gate()
      let application = try await arena.probe(
        "kept", ["--rows", "4000000", "--driver-gate", gate.path.string], master: "local-cluster[2,1,8m]")
      try await application.log.wait(for: "jobEnded")
      let files = try await arena.shell("find nodes -name 'cached.*' | wc -l").filter(\.isNumber)
      arena.require((Int(files) ?? 0) > 0, .bounded, "32 MB of rows are kept in 16 MB of memory")
      try await gate.opened { _ = try await arena.succeed(application) }
      try await arena.expectPrinted("4000000\n4000000\n4000000\n", by: application)
      arena.fired("\(files) kept partitions went to disk")
    },
    ProcessScenario("few-descriptors", [29], "each process may open 64 files: the job ends well", needs: [.limits]) {
      arena in
      let sums = try await arena.sums(
        settings: [Arena.files], wrappers: [["/usr/bin/prlimit", "--nofile=64"]])
      try await arena.succeed(sums)
      arena.fired("64 descriptors a process")
    },
    ProcessScenario(
      "no-descriptors", [29], "each process may open 12 files: the application fails at its start and says why",
      needs: [.limits]
    ) { arena in
      let sums = try await arena.sums(settings: [Arena.files], wrappers: [["/usr/bin/prlimit", "--nofile=12"]])
      let exit = try await sums.application.exit()
      let said = try await sums.application.said()
      arena.require(!exit.isSuccess, .ends, "it ended with \(exit)")
      arena.require(said.contains("error[too-many-open-files]"), .told, "it said: \(said)")
      arena.fired("12 descriptors a process")
    },
    ProcessScenario("other-clock", [46], "the machine's monotonic clock is another one: nobody minds", needs: [.clocks])
    {
      arena in
      let sums = try await arena.sums(
        gate: "--map-gate", settings: [Arena.files],
        wrappers: [
          ["/usr/bin/unshare", "--time", "--fork", "--kill-child", "--monotonic", "9000000", "--boottime", "9000000"]
        ])
      try await sums.log.wait(for: "taskStarted", count: 2)
      try await arena.succeed(sums)
      arena.fired("clocks that began long ago")
    },
    ProcessScenario("wall-clock", [46], "the wall clocks of executors jump by an hour: nobody minds", needs: [.preload])
    {
      arena in
      let library = try await CallFault.library(in: arena)
      let firings = arena.folder / "fired"
      arena.expect("fired")
      let sums = try await arena.sums(
        settings: [Arena.files, "flint.log.level=debug"], rows: 100_000, keys: 1000,
        environment: ["LD_PRELOAD": library.string, "CHAOS_CLOCK": "3600", "CHAOS_FIRED": firings.string])
      try await arena.succeed(sums, rows: 100_000, keys: 1000)
      let size = try await arena.context.files.status(of: firings)?.size ?? 0
      if size > 0 { arena.fired("\(size) wall clocks jumped") }
    },
  ]
}
