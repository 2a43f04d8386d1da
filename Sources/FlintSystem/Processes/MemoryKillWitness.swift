internal import FlintCore
internal import Glibc

/// What the kernel's counters said before a child was started, to be compared with what they say after its death.
///
/// The counter of the child's own memory cgroup is the better witness: it knows every kind of memory kill, and only those
/// of the child and of what runs beside it. Where the cgroup in which the child died is not known (version 1 does not
/// tell, and the root does not count), the machine's counter in `/proc/vmstat` is asked too. It may mean a stranger that
/// was killed during the child's life.
struct MemoryKillWitness: Sendable {
  /// The cgroup in which the child was seen last.
  private var group: MemoryGroup?
  private var groupKills: Int?
  private let machineKills: Int?
  /// Whether the child is known to have died in `group`.
  private var diedInGroup = false

  init(group: MemoryGroup?, machineKills: Int?) {
    self.group = group
    groupKills = group?.kills
    self.machineKills = machineKills
  }

  /// Looks at the machine and at this process's cgroup, in which a child begins its life.
  static func beforeLaunch() -> MemoryKillWitness {
    MemoryKillWitness(group: MemoryGroup(of: getpid()), machineKills: machineKillsNow)
  }

  /// Notes the cgroup of the child now that it has one.
  func afterLaunch(of identifier: pid_t) -> MemoryKillWitness {
    moved(to: MemoryGroup(of: identifier))
  }

  /// Notes the last cgroup of a child that has ended and whose end has not been taken. Only cgroup v2 still tells it.
  func afterDeath(of identifier: pid_t) -> MemoryKillWitness {
    afterDeath(in: MemoryGroup(of: identifier))
  }

  func afterDeath(in last: MemoryGroup?) -> MemoryKillWitness {
    guard let last, !last.isRoot else { return self }
    var witness = moved(to: last)
    witness.diedInGroup = true
    return witness
  }

  /// How a memory kill since the launch is known; nil when nothing tells of one.
  func evidence() -> String? {
    if let group, let before = groupKills, let now = group.kills {
      if now > before { return "oom_kill in \(group.file) rose from \(before) to \(now)" }
      if diedInGroup { return nil }
    }
    if let before = machineKills, let now = Self.machineKillsNow, now > before {
      return "oom_kill in /proc/vmstat rose from \(before) to \(now)"
    }
    return nil
  }

  private func moved(to other: MemoryGroup?) -> MemoryKillWitness {
    guard let other, other != group else { return self }
    // What the new cgroup had counted before the child came is not known; the machine's counter decides then.
    var witness = self
    witness.group = other
    witness.groupKills = nil
    return witness
  }

  private static var machineKillsNow: Int? {
    PseudoFile.text("/proc/vmstat").flatMap { PseudoFile.number(named: "oom_kill", in: $0) }
  }
}
