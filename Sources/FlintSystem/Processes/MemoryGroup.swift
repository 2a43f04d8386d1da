internal import FlintCore
internal import Glibc

/// The cgroup that bounds a process's memory, of version 1 or 2.
struct MemoryGroup: Hashable, Sendable {
  /// The file whose line `oom_kill` counts the processes of the group that were killed for memory.
  let file: String
  /// Whether the process is in the hierarchy's root, which has no bound; a dead one is always seen there in version 1.
  let isRoot: Bool

  /// The group of a process that lives or has not been reaped; nil when the system has no such groups.
  init?(of identifier: pid_t) {
    guard let groups = PseudoFile.text("/proc/\(identifier)/cgroup"),
      let mounts = PseudoFile.text("/proc/self/mountinfo")
    else { return nil }
    self.init(groups: groups, mounts: mounts)
  }

  /// Reads `/proc/<pid>/cgroup` and `/proc/self/mountinfo`. A version 1 controller for memory goes before version 2,
  /// which has none then.
  init?(groups: String, mounts: String) {
    let memberships = groups.split(separator: "\n").map { line in
      line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    }
    let first = memberships.first { $0.count == 3 && $0[1].split(separator: ",").contains("memory") }
    let second = memberships.first { $0.count == 3 && $0[0] == "0" }
    if let first, let mount = Mount(in: mounts, where: { $0.kind == "cgroup" && $0.options.contains("memory") }) {
      self.init(file: mount.directory(of: first[2]) + "/memory.oom_control", isRoot: first[2] == "/")
    } else if let second, let mount = Mount(in: mounts, where: { $0.kind == "cgroup2" }) {
      self.init(file: mount.directory(of: second[2]) + "/memory.events", isRoot: second[2] == "/")
    } else {
      return nil
    }
  }

  private init(file: String, isRoot: Bool) {
    self.file = file
    self.isRoot = isRoot
  }

  /// How many processes of the group were killed for memory; nil when the group does not say, as the root does not.
  var kills: Int? {
    PseudoFile.text(file).flatMap { PseudoFile.number(named: "oom_kill", in: $0) }
  }
}

/// A line of `/proc/self/mountinfo`.
private struct Mount {
  let kind: Substring
  let options: [Substring]
  /// The part of the file system that is mounted: not `/` where a container sees only its own part.
  let root: Substring
  let point: Substring

  /// The first mount that fits.
  init?(in mounts: String, where fits: (Mount) -> Bool) {
    guard let mount = mounts.split(separator: "\n").lazy.compactMap({ Mount(line: $0) }).first(where: fits) else {
      return nil
    }
    self = mount
  }

  /// `36 35 98:0 /root /point rw,noatime shared:1 - kind source options`
  private init?(line: Substring) {
    let fields = line.split(separator: " ")
    guard let dash = fields.firstIndex(of: "-"), dash >= 6, fields.count > dash + 3 else { return nil }
    root = fields[3]
    point = fields[4]
    kind = fields[dash + 1]
    options = fields[dash + 3].split(separator: ",")
  }

  func directory(of group: Substring) -> String {
    let inside = root != "/" && group.hasPrefix(root) ? group.dropFirst(root.count) : group
    return inside == "/" ? String(point) : "\(point)\(inside)"
  }
}
