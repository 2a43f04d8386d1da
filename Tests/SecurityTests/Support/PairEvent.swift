import FlintCore

@testable import FlintLibuv

/// What one end of a ``MachinePair`` learnt.
enum PairEvent: Equatable {
  case opened(PeerIdentity)
  case finished
  case failed(TLSFailure)

  init(_ end: TLSMachine.End) {
    self =
      switch end {
      case .finished: .finished
      case .failed(let failure): .failed(failure)
      }
  }

  /// Why it failed; nil when it did not.
  var refusal: TLSRefusal? { if case .failed(let failure) = self { failure.refusal } else { nil } }
}
