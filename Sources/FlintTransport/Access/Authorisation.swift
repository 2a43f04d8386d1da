internal import FlintCore
internal import FlintWire

/// What one peer may send on one connection, out of ``MessageRule``: made once when it opens, asked for every message.
struct Authorisation: Sendable {
  /// What becomes of a message.
  enum Verdict: UInt8, Sendable {
    /// No message has this number.
    case unknown
    /// This peer may not send it here.
    case denied
    case request
    case answer
    case oneWay
  }

  private let inbound: [Verdict]
  private let outbound: [Verdict]
  /// By the number of a request, the number of its answer; 0 for what is no request.
  private let answers: [UInt16]

  /// Nothing is known of the peer, so nothing is allowed.
  static let nothing = Authorisation(inbound: [], outbound: [], answers: [])

  private init(inbound: [Verdict], outbound: [Verdict], answers: [UInt16]) {
    (self.inbound, self.outbound, self.answers) = (inbound, outbound, answers)
  }

  /// The rules between `local` and `peer` on a connection for `channel`.
  init(local: PeerRole, peer: PeerRole, channel: Introduction.Channel) {
    let size = Int(MessageKind.allCases.map(\.rawValue).max() ?? 0) + 1
    var inbound = [Verdict](repeating: .unknown, count: size)
    var outbound = inbound
    var answers = [UInt16](repeating: 0, count: size)
    for kind in MessageKind.allCases {
      let number = Int(kind.rawValue)
      inbound[number] = Authorisation.verdict(on: kind, from: peer, to: local, channel)
      outbound[number] = Authorisation.verdict(on: kind, from: local, to: peer, channel)
      if case .request(let answer) = MessageRule.rule(of: kind).form { answers[number] = answer.rawValue }
    }
    (self.inbound, self.outbound, self.answers) = (inbound, outbound, answers)
  }

  /// Whether `kind` may go from one role to another on a connection for `channel`, and as what.
  static func verdict(
    on kind: MessageKind, from sender: PeerRole, to receiver: PeerRole, _ channel: Introduction.Channel
  ) -> Verdict {
    let rule = MessageRule.rule(of: kind)
    // Echoes measure connections of both sorts.
    guard rule.channel == channel || kind == .echo || kind == .echoed else { return .denied }
    guard rule.routes.contains(MessageRule.Route(sender, receiver)) else { return .denied }
    switch rule.form {
    case .request: return .request
    case .answer: return .answer
    case .oneWay: return .oneWay
    }
  }

  /// What becomes of a message with this number from the peer.
  func received(_ number: UInt16) -> Verdict {
    number < inbound.count ? inbound[Int(number)] : .unknown
  }

  /// As what a message may be sent to the peer.
  func sending(_ kind: MessageKind) -> Verdict {
    kind.rawValue < outbound.count ? outbound[Int(kind.rawValue)] : .unknown
  }

  /// The number of the answer to a request of `kind`.
  func answer(to kind: MessageKind) -> UInt16 { answers[Int(kind.rawValue)] }
}
