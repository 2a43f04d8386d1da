public import FlintCore

/// The simulated network, in the hands of a scenario.
public struct SimulatedNetwork: Sendable {
  private let state: Confined<NetworkState>

  init(_ state: NetworkState) {
    self.state = Confined(state)
  }

  /// The behaviour of every link that has none of its own. Setting it heals what it no longer cuts.
  public var conditions: LinkConditions {
    get { links.usual }
    nonmutating set {
      links.usual = newValue
      links.retryHeld()
    }
  }

  /// What happened so far.
  public var statistics: NetworkStatistics { links.statistics }

  /// Tells where one message of the protocol under test ends, so that faults hit whole messages however they were
  /// batched: the length of the first message in the bytes, or nil while it is incomplete. Without it each
  /// `send` counts as one message.
  public func setFraming(_ framing: @escaping @Sendable ([UInt8]) -> Int?) {
    links.framing = framing
  }

  /// What streams say of their peers; by default that they hold the cluster's secret, in any role.
  public var identity: PeerIdentity {
    get { links.identity }
    nonmutating set { links.identity = newValue }
  }

  /// Gives the link in one direction a behaviour of its own.
  public func setConditions(_ conditions: LinkConditions, from: SimulatedHost, to: SimulatedHost) {
    links.own[link(from, to)] = conditions
    links.retryHeld()
  }

  /// Cuts the link in one direction: an asymmetric partition.
  public func cut(from: SimulatedHost, to: SimulatedHost) {
    let (near, far) = (from.networkHost, to.networkHost)
    links.engine.note(
      .note, UInt64(near.number), UInt64(far.number), "the link from \(near.name) to \(far.name) is cut")
    var conditions = links.conditions(from: near, to: far)
    conditions.isCut = true
    links.own[link(from, to)] = conditions
  }

  /// Cuts both directions between every host of `side` and every one of `others`: a symmetric partition.
  public func partition(_ side: [SimulatedHost], from others: [SimulatedHost]) {
    for near in side {
      for far in others {
        cut(from: near, to: far)
        cut(from: far, to: near)
      }
    }
  }

  /// Lets nothing pass in one direction for `duration`; then all of it arrives.
  public func clog(from: SimulatedHost, to: SimulatedHost, for duration: Duration) {
    cut(from: from, to: to)
    let (links, link) = (links, link(from, to))
    links.engine.schedule(at: links.engine.now + duration.nanoseconds, owner: .world) {
      links.own[link] = nil
      links.retryHeld()
    }
  }

  /// Takes a host's name away, or gives it back: whoever dials it by that name meanwhile finds no address.
  public func setNamed(_ host: SimulatedHost, _ isNamed: Bool) {
    host.networkHost.isNamed = isNamed
    links.engine.note(
      .note, UInt64(host.networkHost.number), 0, "\(host.name) is \(isNamed ? "known" : "unknown") by name")
  }

  /// Gives the link in one direction the usual behaviour again.
  public func mend(from: SimulatedHost, to: SimulatedHost) {
    links.own[link(from, to)] = nil
    links.retryHeld()
  }

  /// Gives every link the usual behaviour again, and makes the usual behaviour whole.
  public func heal() {
    links.engine.note(.note, 0, 0, "the network is healed")
    links.own = [:]
    links.usual.isCut = false
    links.retryHeld()
  }

  /// Lets every stream between two hosts swallow what is sent, without a word to either end: half-open connections.
  /// New streams are sound.
  public func swallowStreams(between first: SimulatedHost, and second: SimulatedHost) {
    for stream in streams(between: first, and: second) {
      stream.isBlackHole = true
      links.engine.probe("network.half-open")
    }
  }

  /// Breaks every stream between two hosts once `count` more bytes have arrived at one end: a cut at any byte.
  public func breakStreams(between first: SimulatedHost, and second: SimulatedHost, afterBytes count: Int) {
    for stream in streams(between: first, and: second) {
      if count == 0 { stream.breakBothEnds() } else { stream.bytesUntilBreak = count }
    }
  }

  private func streams(between first: SimulatedHost, and second: SimulatedHost) -> [StreamState] {
    let ends = Set([first.networkHost.number, second.networkHost.number])
    return state.value.streamsInOrder.filter { stream in
      guard let peer = stream.peer else { return false }
      return Set([stream.owner.host.number, peer.owner.host.number]) == ends
    }
  }

  private func link(_ from: SimulatedHost, _ to: SimulatedHost) -> Links.Link {
    Links.Link(from.networkHost, to.networkHost)
  }

  private var links: Links { state.value.links }
}
