import FlintCore
import FlintSupervisor
import Glibc

extension ProcessScenario {
  static let files = damage + losses + errors + fullDisks

  /// One file of a map output is harmed while its readers wait: exactly that output is computed again.
  private static let damage: [ProcessScenario] = [
    ("header", 9), ("data", 100), ("index", -40), ("checksum", -2),
  ].map { place, offset in
    ProcessScenario(
      "flip-\(place)", [34, 37], "a bit flips in the \(place) of a map output's file: just that output is made again"
    ) { arena in
      let sums = try await arena.sumsBeforeReaders()
      let files = try await arena.outputFiles()
      arena.require(files.count == Sums.partitions - 1, .answer, "map outputs: \(files)")
      try await arena.flip(files[0], at: Int64(offset))
      try await arena.succeed(sums, lost: 0, recomputed: 1)
      // The damage stays, so each of its readers may meet it; whoever does names the map.
      let complaints = try await sums.log.events().filter { $0.name == "fetchFailed" }
      arena.require(!complaints.isEmpty, .told, "nobody has complained")
      arena.require(Set(complaints.compactMap { $0.number("map") }).count == 1, .told, "\(complaints)")
    }
  }

  private static let losses = [
    ProcessScenario("torn-output", [33], "an executor dies and the tail of an output is not there: it is made again") {
      arena in
      let sums = try await arena.sumsBetweenStages()
      let files = try await arena.outputFiles()
      // Nobody has read the second half; the index, which went too, somebody may have.
      try await arena.shell("truncate -s 500 \"$1\"", [files[0].string])
      arena.fired("\(files[0].name) lost its tail")
      let started = try await sums.log.wait(for: "taskStarted", count: Sums.partitions + 2)
      try await arena.kill(try await sums.application.executor(of: started[Sums.partitions]), of: sums.application)
      try await arena.succeed(sums, lost: 1, recomputed: 1)
    },
    ProcessScenario("swapped-outputs", [36], "two outputs have each other's names: neither is believed") { arena in
      let sums = try await arena.sumsBeforeReaders()
      let files = try await arena.outputFiles()
      try await arena.shell("mv \"$1\" x && mv \"$2\" \"$1\" && mv x \"$2\"", [files[0].string, files[1].string])
      arena.fired("two files were swapped")
      let summary = try await arena.succeed(sums, lost: 0, recomputed: nil)
      // Two complaints of one node are held against all that a reader could know of there.
      arena.require((2...4).contains(summary.partitionsRecomputed), .noStorm, "\(summary.partitionsRecomputed)")
    },
    ProcessScenario("output-gone", [35], "the file of an output is gone: just that output is made again") { arena in
      let sums = try await arena.sumsBeforeReaders()
      let files = try await arena.outputFiles()
      try await arena.shell("rm \"$1\"", [files[0].string])
      arena.fired("\(files[0].name) was removed")
      try await arena.succeed(sums, lost: 0, recomputed: 1)
    },
    ProcessScenario(
      "many-outputs-gone", [35, 41],
      "a node of forty outputs loses them all, and its executor: the job does not give up"
    ) { arena in
      let sums = try await arena.sums(
        gate: "--reduce-gate", settings: [Arena.files], more: ["--partitions", "40"])
      let outputs = try await sums.log.wait(for: "mapOutputRegistered", count: 40)
      let started = try await sums.log.wait(for: "taskStarted", count: 42)
      let victim = try await sums.application.executor(of: started[40])
      let lost = outputs.count { $0.number("node") == victim.node }
      try await arena.shell("rm -r \"$1\"", [victim.directory.string])
      try await arena.kill(victim, of: sums.application)
      try await arena.succeed(sums, partitions: 40, lost: 1, recomputed: lost)
    },
    ProcessScenario(
      "directory-gone", [35], "the directory of a living executor's node is gone: others do the work"
    ) { arena in
      let sums = try await arena.sumsBetweenStages()
      let outputs = try await sums.log.wait(for: "mapOutputRegistered", count: Sums.partitions)
      let started = try await sums.log.wait(for: "taskStarted", count: Sums.partitions + 2)
      let victim = try await sums.application.executor(of: started[Sums.partitions])
      let lost = outputs.count { $0.number("node") == victim.node }
      try await arena.shell("rm -r \"$1\"", [victim.directory.string])
      arena.fired("the directory was removed")
      try await arena.succeed(sums, lost: 0, recomputed: lost)
    },
    ProcessScenario(
      "read-only", [35], "the nodes' disk becomes read-only: the job fails and names the disk", needs: [.smallDisk]
    ) { arena in
      try await arena.smallDisk("64m")
      let sums = try await arena.sums(gate: "--map-gate", settings: [Arena.files])
      try await sums.log.wait(for: "taskStarted", count: 2)
      try await arena.shell("mount -o remount,ro $1", [arena.nodes.string])
      arena.fired("the disk is read-only")
      guard let gate = sums.gate else { return }
      _ = try await gate.opened { try await arena.fail(sums.application, .permissionDenied, "Read-only file system") }
      // What is left on such a disk nobody can remove.
      try await arena.shell("umount -l $1", [arena.nodes.string])
    },
  ]

  /// A call on a file fails once on an executor: its task is tried again, and the answer is right.
  private static let errors: [ProcessScenario] =
    [("open", EIO), ("write", EIO), ("rename", EIO), ("write", ENOSPC)].map { call, number in
      ProcessScenario(
        "\(call)-\(number == EIO ? "fails" : "finds-no-room")", [number == EIO ? 32 : 31],
        "one \(call) of an output's file fails with \(number == EIO ? "EIO" : "ENOSPC"): the task is tried again",
        needs: [.preload]
      ) { arena in
        // The names before they are final, too.
        let fault = try await CallFault(call, on: ".unfinished", "errno:\(number)", in: arena)
        let sums = try await arena.sums(settings: [Arena.files], environment: fault.environment)
        let summary = try await arena.succeed(sums, lost: 0, recomputed: 0)
        arena.require(summary.tasks.failed == 1, .noStorm, "\(summary.tasks)")
        try await fault.expectFired()
      }
    } + [
      ProcessScenario(
        "read-fails", [32], "one read of a map output fails with EIO: it is had in another way", needs: [.preload]
      ) {
        arena in
        let fault = try await CallFault("read", on: "shuffle-data", "errno:\(EIO)", role: "any", in: arena)
        let sums = try await arena.sums(settings: [Arena.files], environment: fault.environment)
        try await arena.succeed(sums, lost: 0, recomputed: nil)
        try await fault.expectFired()
      },
      ProcessScenario(
        "sync-fails", [32, 33], "one sync of a part of the output fails: the part is written again", needs: [.preload]
      ) { arena in
        let fault = try await CallFault("sync", on: "part-", "errno:\(EIO)", in: arena)
        let sums = try await arena.sums(settings: [Arena.files], environment: fault.environment)
        let summary = try await arena.succeed(sums, lost: 0, recomputed: 0)
        arena.require(summary.tasks.failed == 1, .noStorm, "\(summary.tasks)")
        try await fault.expectFired()
      },
      ProcessScenario(
        "publish-fails", [32], "the driver cannot publish: no part of the output is there", needs: [.preload]
      ) {
        arena in
        let fault = try await CallFault("sync", on: "_SUCCESS", "errno:\(EIO)", times: nil, role: "driver", in: arena)
        let sums = try await arena.sums(settings: [Arena.files], environment: fault.environment)
        try await arena.fail(sums.application, .inputOutput, "_SUCCESS")
        try await fault.expectFired()
      },
      ProcessScenario(
        "slow-writes", [18], "every write of an executor takes 100 ms: the job takes its time", needs: [.preload]
      ) {
        arena in
        let fault = try await CallFault("write", on: ".unfinished", "delay:100", times: nil, in: arena)
        let sums = try await arena.sums(settings: [Arena.files], environment: fault.environment)
        try await arena.succeed(sums, lost: 0, recomputed: 0)
        try await fault.expectFired()
      },
    ]

  private static let fullDisks = [
    ProcessScenario(
      "full-disk-map", [31], "the nodes' disk is too small for map outputs: the job fails and says so",
      needs: [.smallDisk]
    ) { arena in
      try await arena.smallDisk("1m")
      let sums = try await arena.sums(settings: [Arena.files], rows: 400_000, keys: 400_000)
      try await arena.fail(sums.application, .diskFull, "No space left")
      arena.fired("the disk was full")
    },
    ProcessScenario(
      "full-disk-output", [31], "the disk of the output is too small: the job fails, and no part of it is there",
      needs: [.smallDisk]
    ) { arena in
      try await arena.smallDisk("100k", at: arena.folder / "small")
      let sums = try await arena.sums(
        settings: [Arena.files], rows: 100_000, keys: 100_000, output: "small/output")
      try await arena.fail(sums.application, .diskFull, "No space left")
      let left = try await arena.context.files.list(arena.folder / "small")
      arena.require(left.isEmpty, .clean, "left beside the output: \(left)")
      arena.fired("the disk was full")
    },
    ProcessScenario(
      "full-disk-spill", [31, 45],
      "the nodes' disk is too small for what memory cannot hold: the job fails and says so",
      needs: [.smallDisk]
    ) { arena in
      try await arena.smallDisk("1m")
      let sums = try await arena.sums(
        settings: [Arena.files], master: "local-cluster[2,1,8m]", rows: 400_000, keys: 400_000)
      try await arena.fail(sums.application, .diskFull, "No space left")
      arena.fired("the disk was full")
    },
  ]
}
