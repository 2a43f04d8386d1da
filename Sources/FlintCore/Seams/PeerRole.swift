/// What a process is in the cluster. What a peer may say follows from its role.
public enum PeerRole: UInt8, CaseIterable, Hashable, Sendable, CustomStringConvertible {
  case master = 1
  case worker = 2
  case driver = 3
  case executor = 4
  /// Who hands applications in.
  case submitter = 5
  /// Who may look and change nothing.
  case observer = 6

  /// The role in a word, such as `driver`.
  public var description: String {
    switch self {
    case .master: "master"
    case .worker: "worker"
    case .driver: "driver"
    case .executor: "executor"
    case .submitter: "submitter"
    case .observer: "observer"
    }
  }
}
