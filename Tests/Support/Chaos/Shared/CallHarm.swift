import FlintChaos
import FlintCore
import Glibc

/// A fault of a scenario that the library before the C library does. It is there from the start: the files that it harms are
/// made only after the event at which it is to strike.
struct CallHarm: Sendable {
  let call: String
  /// What the paths of the harmed files contain.
  let part: String
  let act: String
  let times: Int?
  let skip: Int

  /// Nil for a fault that is done otherwise.
  init?(_ fault: Fault) {
    switch fault {
    case .killAtCall(_, let call, let number, let isAfter):
      (self.call, part, act) = (Self.name(call), "part-", isAfter ? "after-kill" : "kill")
      (times, skip) = (1, number - 1)
    case .fullDisk(let target, let number, let stays):
      (call, part, act) = ("write", Self.part(of: target), "errno:\(ENOSPC)")
      (times, skip) = (stays ? nil : 1, number - 1)
    case .failingDisk(let target, let call, let number):
      (self.call, act) = (Self.name(call), "errno:\(EIO)")
      part = call == .read ? "shuffle-data" : Self.part(of: target)
      (times, skip) = (1, number - 1)
    case .slowDisk(let target, let bound, _):
      (call, part, act) = ("write", Self.part(of: target), "delay:\(bound.nanoseconds / 2_000_000)")
      (times, skip) = (nil, 0)
    default: return nil
    }
  }

  /// Files of blocks, of all nodes or of one.
  private static func part(of target: FaultTarget) -> String {
    if case .executor(let number) = target { "/n\(number)/" } else { ".unfinished" }
  }

  private static func name(_ call: Fault.DiskCall) -> String { call == .synchronize ? "sync" : call.rawValue }
}
