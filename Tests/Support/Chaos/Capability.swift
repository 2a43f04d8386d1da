import FlintCore
import FlintSystem

/// What a machine must allow for a scenario to mean something. A scenario that lacks one is skipped by name, never passed.
enum Capability: String, CaseIterable, Sendable {
  /// Mount, network and process namespaces of one's own.
  case namespaces = "namespaces of its own (unshare)"
  /// Small file systems in memory.
  case smallDisk = "mounting a small file system"
  /// A C compiler for the library that stands before the C library.
  case preload = "a C compiler (clang) for LD_PRELOAD"
  /// Limits on a process.
  case limits = "limits on a process (prlimit)"
  /// Another monotonic clock.
  case clocks = "clocks of its own (unshare --time)"
  /// A bound on the memory of a group of processes.
  case memoryGroups = "a memory group of its own (cgroup)"

  /// The command that succeeds where the machine allows it.
  private var probe: [String] {
    switch self {
    case .namespaces:
      ["/usr/bin/unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc", "/bin/true"]
    case .smallDisk:
      ["/usr/bin/unshare", "--mount", "/usr/bin/mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", "/tmp"]
    case .preload: ["/usr/bin/env", "clang", "--version"]
    case .limits: ["/usr/bin/prlimit", "--nofile=64", "/bin/true"]
    case .clocks: ["/usr/bin/unshare", "--time", "--fork", "--monotonic", "1000", "/bin/true"]
    case .memoryGroups: ["/usr/bin/test", "-w", "/sys/fs/cgroup/memory/cgroup.procs"]
    }
  }

  /// Those that this machine allows.
  static func allowed(_ context: NodeContext, _ environment: [String: String]) async -> Set<Capability> {
    var allowed: Set<Capability> = []
    for capability in allCases where await capability.isAllowed(context, environment) { allowed.insert(capability) }
    return allowed
  }

  private func isAllowed(_ context: NodeContext, _ environment: [String: String]) async -> Bool {
    let command = ProcessCommand(
      FilePath(probe[0]), Array(probe.dropFirst()), environment: environment, output: .discarded,
      errorOutput: .discarded)
    guard let process = try? await context.processes.launch(command) else { return false }
    return (try? await process.exit())?.isSuccess ?? false
  }
}
