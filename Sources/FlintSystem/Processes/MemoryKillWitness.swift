internal import FlintCore
internal import Glibc

/// What the kernel's counters said before a child was started, to be compared with what they say after its death.
///
/// The counter of the child's own memory cgroup is the better witness: other programs do not count there, or only those
/// beside it. The machine's counter in `/proc/vmstat` is asked where the cgroup says nothing: it knows every memory kill,
/// also that of a stranger during the child's life.
struct MemoryKillWitness: Sendable {
  /// The cgroup in which the child was seen last.
  private var group: MemoryGroup?
  private var groupKills: Int?
  private let machineKills: Int?

  /// Looks at the machine and at this process's cgroup, in which a child begins its life.
  static func beforeLaunch() -> MemoryKillWitness {
    let group = MemoryGroup(of: getpid())
    return MemoryKillWitness(group: group, groupKills: group?.kills, machineKills: machineKillsNow)
  }

  /// Notes the cgroup of the child now that it has one.
  func afterLaunch(of identifier: pid_t) -> MemoryKillWitness {
    moved(to: MemoryGroup(of: identifier))
  }

  /// Notes the last cgroup of a child that has ended and whose end has not been taken. Only cgroup v2 still tells it.
  func afterDeath(of identifier: pid_t) -> MemoryKillWitness {
    let last = MemoryGroup(of: identifier)
    return last.map { $0.isRoot } == false ? moved(to: last) : self
  }

  /// How a memory kill since the launch is known; nil when nothing tells of one.
  func evidence() -> String? {
    if let group, let before = groupKills, let now = group.kills, now > before {
      return "oom_kill in \(group.file) rose from \(before) to \(now)"
    }
    if let before = machineKills, let now = Self.machineKillsNow, now > before {
      return "oom_kill in /proc/vmstat rose from \(before) to \(now)"
    }
    return nil
  }

  private func moved(to other: MemoryGroup?) -> MemoryKillWitness {
    guard let other, other != group else { return self }
    // What the new cgroup had counted before the child came is not known; the machine's counter decides then.
    return MemoryKillWitness(group: other, groupKills: nil, machineKills: machineKills)
  }

  private static var machineKillsNow: Int? {
    PseudoFile.text("/proc/vmstat").flatMap { PseudoFile.number(named: "oom_kill", in: $0) }
  }
}
