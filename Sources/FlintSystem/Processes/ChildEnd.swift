internal import CFlint
internal import FlintCore
internal import Glibc

/// What the system said when a child's end was taken.
enum ChildEnd: Hashable {
  case exited(Int32)
  case signalled(Int32)
  /// Somebody else's `wait` took it, and how the child ended with it.
  case lost

  /// Takes the end of the child behind a process descriptor that is readable; nil when it still lives.
  static func take(_ descriptor: CInt) -> ChildEnd? {
    var code: CInt = 0
    var status: CInt = 0
    switch flint_process_reap(descriptor, &code, &status) {
    case 0: return nil
    case 1: return code == CInt(CLD_EXITED) ? .exited(status) : .signalled(status)
    default: return .lost
    }
  }

  /// Why the process is gone. `memoryEvidence` is asked only for a SIGKILL that we did not send.
  func cause(weKilled: Bool, memoryEvidence: () -> String?) -> ProcessExit {
    switch self {
    case .exited(let code): return .exited(code)
    case .signalled(SIGKILL) where !weKilled:
      return memoryEvidence().map { .killedForMemory(evidence: $0) } ?? .killedByUnknown
    case .signalled(let number): return .signalled(number)
    // No end is known, so no better answer is honest.
    case .lost: return .killedByUnknown
    }
  }
}
