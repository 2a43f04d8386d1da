internal import FlintCore

/// The simulated network, in the hands of a scenario.
public struct SimulatedNetwork: Sendable {
  private let state: Confined<NetworkState>

  init(_ state: NetworkState) {
    self.state = Confined(state)
  }

  /// The behaviour of every link that has none of its own. Setting it heals what it no longer cuts.
  public var conditions: LinkConditions {
    get { state.value.usual }
    nonmutating set {
      state.value.usual = newValue
      state.value.retryStalled()
    }
  }

  /// What happened so far.
  public var statistics: NetworkStatistics { state.value.statistics }

  /// Tells where one message of the protocol under test ends, so that faults hit whole messages however they were
  /// batched: the length of the first message in the bytes, or nil while it is incomplete. Without it each
  /// `send` counts as one message.
  public func setFraming(_ framing: @escaping @Sendable ([UInt8]) -> Int?) {
    state.value.framing = framing
  }

  /// Gives the link in one direction a behaviour of its own.
  public func setConditions(_ conditions: LinkConditions, from: SimulatedHost, to: SimulatedHost) {
    state.value.own[link(from, to)] = conditions
    state.value.retryStalled()
  }

  /// Cuts the link in one direction: an asymmetric partition.
  public func cut(from: SimulatedHost, to: SimulatedHost) {
    state.value.world.note(.note, UInt64(from.state.value.number), UInt64(to.state.value.number),
      "the link from \(from.name) to \(to.name) is cut")
    var conditions = state.value.conditions(from: from.state.value, to: to.state.value)
    conditions.isCut = true
    state.value.own[link(from, to)] = conditions
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
    let network = state.value
    let link = link(from, to)
    network.world.engine.schedule(at: network.world.engine.now + duration.nanoseconds, owner: .world) {
      network.own[link] = nil
      network.retryStalled()
    }
  }

  /// Gives every link the usual behaviour again, and makes the usual behaviour whole.
  public func heal() {
    state.value.world.note(.note, 0, 0, "the network is healed")
    state.value.own = [:]
    state.value.usual.isCut = false
    state.value.retryStalled()
  }

  /// Lets every stream between two hosts swallow what is sent, without a word to either end: half-open connections.
  /// New streams are sound.
  public func swallowStreams(between first: SimulatedHost, and second: SimulatedHost) {
    for stream in streams(between: first, and: second) {
      stream.isBlackHole = true
      state.value.world.probe("network.half-open")
    }
  }

  /// Breaks every stream between two hosts once `count` more bytes have arrived at one end: a cut at any byte.
  public func breakStreams(between first: SimulatedHost, and second: SimulatedHost, afterBytes count: Int) {
    for stream in streams(between: first, and: second) {
      if count == 0 { stream.breakBothEnds() } else { stream.bytesUntilBreak = count }
    }
  }

  private func streams(between first: SimulatedHost, and second: SimulatedHost) -> [StreamState] {
    let ends = Set([first.state.value.number, second.state.value.number])
    return state.value.streams.sorted { $0.key < $1.key }.map(\.value).filter { stream in
      guard let peer = stream.peer else { return false }
      return Set([stream.process.host.number, peer.process.host.number]) == ends
    }
  }

  private func link(_ from: SimulatedHost, _ to: SimulatedHost) -> NetworkState.Link {
    NetworkState.Link(from: from.state.value.number, to: to.state.value.number)
  }
}
