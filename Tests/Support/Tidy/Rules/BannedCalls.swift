/// Calls that go past the seams: time, chance, threads, files, sockets, processes and the environment.
package struct BannedCalls: Rule {
  static let name = "banned-call"

  package init() {}

  package func findings(in repository: Repository) -> [Finding] {
    repository.swiftFiles(under: Places.all).flatMap { path, source in
      Self.table.filter { $0.holds(for: path) }.flatMap { call in
        call.lines(in: source).map { Finding(path, $0, Self.name, call.message) }
      }
    }
  }

  private static let table = modules + time + chance + threads + outside + unsafe

  private static let modules = [
    BannedCall(
      [.words(["import", "Foundation"])],
      "Foundation makes a static binary four times as large; write what is needed, or use FoundationEssentials",
      in: ["Sources/", "Jobs/"]),
    BannedCall(
      [.words(["import", "FoundationEssentials"])],
      "deciders are pure; pass in what is needed as a value", in: ["Sources/FlintScheduling/"]),
    BannedCall(
      [.words(["import", "Dispatch"]), .words(["DispatchQueue"]), .words(["DispatchSource"])],
      "Dispatch runs code where no seam sees it; use the node's Executors"),
  ]

  private static let time = [
    BannedCall(
      [.words(["Date", "("]), .words(["Date", ".", "now"])],
      "calendar time comes from the node's TimeSource", except: Places.system),
    BannedCall(
      [.words(["ContinuousClock"]), .words(["SuspendingClock"])], "time comes from the node's TimeSource",
      except: Places.system),
    BannedCall(
      ["clock_gettime", "gettimeofday", "time", "clock_nanosleep"].map(BannedCall.Shape.function),
      "time comes from the node's TimeSource", except: Places.systemAndLoop),
    BannedCall(
      [.words(["Task", ".", "sleep"]), .words(["Task", "<", "Never", ",", "Never", ">", ".", "sleep"])]
        + ["sleep", "usleep", "nanosleep"].map(BannedCall.Shape.function),
      "wait for a state, or sleep on the node's TimeSource", in: Places.all,
      except: Places.system + [Places.canary]),
  ]

  private static let chance = [
    BannedCall(
      [.words(["SystemRandomNumberGenerator"]), .words(["UUID", "("])]
        + ["arc4random", "arc4random_uniform", "getrandom", "random", "rand"].map(BannedCall.Shape.function),
      "chance comes from the node's Randomness", except: Places.system),
    BannedCall(
      [
        .withoutGenerator([".", "random", "("]), .withoutGenerator([".", "shuffled", "("]),
        .words([".", "shuffle", "(", ")"]), .withoutGenerator([".", "randomElement", "("]),
      ],
      "name the generator: using: &generator, from the node's Randomness", except: Places.system),
  ]

  private static let threads = [
    BannedCall(
      ["(", ".", "{"].map { .words(["Thread", $0]) } + ["pthread_create", "thrd_create"].map { .function($0) },
      "threads are started in FlintSystem and nowhere else; use the node's Executors", except: Places.system)
  ]

  private static let outside = [
    BannedCall(
      ["system", "popen", "fork", "vfork", "execv", "execve", "execvp", "posix_spawn", "posix_spawnp"]
        .map(BannedCall.Shape.function),
      "programs are started by the node's ProcessLauncher", except: Places.system),
    BannedCall(
      [.literal("/bin/sh"), .literal("/bin/bash")],
      "no shell between Flint and a program; pass the arguments one by one"),
    BannedCall(
      [
        "open", "openat", "fopen", "read", "pread", "write", "pwrite", "unlink", "rename", "mkdir", "opendir", "fsync",
        "ftruncate",
      ].map(BannedCall.Shape.function),
      "files are reached through the node's FileSystem", except: Places.systemAndLoop),
    BannedCall(
      ["socket", "bind", "listen", "connect", "accept", "accept4", "send", "recv", "sendmsg", "recvmsg", "getaddrinfo"]
        .map(BannedCall.Shape.function),
      "connections are made by the node's Network", except: Places.systemAndLoop),
    BannedCall(
      [.words(["ProcessInfo"]), .words(["CommandLine", "."])]
        + ["getenv", "secure_getenv", "setenv"].map(BannedCall.Shape.function),
      "the environment is read once at the start and handed in as a value",
      except: Places.entryPoints),
  ]

  private static let unsafe = [
    BannedCall(
      [.words(["@_silgen_name"])], "declare the entry point in a C header, where the compiler checks its type",
      in: Places.all),
    BannedCall(
      [.words(["try!"])], "an error of the world is thrown; a programmer's error is a precondition", in: Places.all),
  ]
}
