import FlintCore
import FlintWire
import Testing

@testable import FlintTransport

@Suite("Who may say what")
struct AuthorisationTests {
  /// The whole table once more, written by hand: a cell that is not here is denied.
  private static let allowed: [(kinds: [MessageKind], from: PeerRole, to: PeerRole, channel: Introduction.Channel)] = [
    (
      [
        .registerExecutor, .reportExecutor, .updateStatus, .askCommit, .askMapOutputs, .blockStored, .blockDropped,
        .askBlock, .askPeers,
      ], .executor, .driver, .control
    ),
    (
      [
        .executorRegistered, .stopExecutor, .describeStage, .forgetStages, .launchTask, .killTask, .recallTasks,
        .statusNoted, .answerCommit, .answerMapOutputs, .answerBlock, .removeBlocks, .answerPeers,
      ], .driver, .executor, .control
    ),
    ([.fetchBlock, .sendBlock, .copyBlock, .blockCopied], .executor, .executor, .blocks),
    ([.inspect], .observer, .driver, .control), ([.inspected], .driver, .observer, .control),
    ([.inspect], .observer, .executor, .control), ([.inspected], .executor, .observer, .control),
    ([.inspect], .observer, .worker, .control), ([.inspected], .worker, .observer, .control),
    ([.fetchBlock, .sendBlock], .executor, .driver, .blocks),
    ([.fetchBlock, .sendBlock], .driver, .executor, .blocks),
    ([.fetchBlock], .executor, .worker, .blocks),
    ([.sendBlock], .worker, .executor, .blocks),
    ([.fetchBlock], .driver, .worker, .blocks),
    ([.sendBlock], .worker, .driver, .blocks),
  ]

  @Test("each kind of message, from each role to each, on each channel", arguments: MessageKind.allCases)
  func cells(kind: MessageKind) {
    for from in PeerRole.allCases {
      for to in PeerRole.allCases {
        for channel in Introduction.Channel.allCases {
          let isAllowed =
            kind == .echo || kind == .echoed
            || Self.allowed.contains {
              $0.kinds.contains(kind) && $0.from == from && $0.to == to && $0.channel == channel
            }
          let verdict = Authorisation.verdict(on: kind, from: from, to: to, channel)
          #expect((verdict != .denied) == isAllowed, "\(kind) from \(from) to \(to) on \(channel)")
          let rules = Authorisation(local: to, peer: from, channel: channel)
          #expect(rules.received(kind.rawValue) == verdict)
          #expect(Authorisation(local: from, peer: to, channel: channel).sending(kind) == verdict)
        }
      }
    }
  }

  @Test("a number that no message has is unknown to everybody")
  func unknown() {
    let known = Set(MessageKind.allCases.map(\.rawValue))
    let rules = Authorisation(local: .driver, peer: .executor, channel: .control)
    for number in UInt16.min...UInt16.max where !known.contains(number) {
      #expect(rules.received(number) == .unknown)
    }
  }
}
