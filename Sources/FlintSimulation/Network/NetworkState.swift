internal import FlintCore

/// The simulated network: its hosts, who listens where, and the streams between them.
final class NetworkState {
  let links: Links
  private(set) var hosts: [NetworkHost] = []
  var listeners: [NetworkAddress: ListenerState] = [:]
  /// Streams that live, by number.
  private(set) var streams: [UInt64: StreamState] = [:]
  private var streamCount: UInt64 = 0
  /// Streams of lives that have ended, and who would have been told: the dead hear nothing before the simulation ends.
  private var orphans: [(stream: StreamState, receiver: any StreamReceiver)] = []
  /// How to end what waits for an answer, by number.
  private var openDials: [UInt64: () -> Void] = [:]
  private var dialCount: UInt64 = 0

  init(engine: Engine) {
    links = Links(engine: engine)
  }

  func addHost(named name: String) -> NetworkHost {
    let host = NetworkHost(number: hosts.count, name: name)
    hosts.append(host)
    return host
  }

  /// The streams that a process uses and has not closed. One whose dial was given up before its answer came was never its.
  func streamCount(of life: Life) -> Int {
    streams.values.count { $0.owner.life === life && $0.isStarted && !$0.isOver }
  }

  /// The endpoints at which a process listens.
  func listenerCount(of life: Life) -> Int { listeners.values.count { $0.owner.life === life } }

  /// Two ends of a new stream, the dialling one first.
  func connect(
    _ dialler: NetworkPeer, at remote: Endpoint, _ acceptor: NetworkPeer
  ) -> (StreamState, StreamState) {
    let near = makeStream(of: dialler, to: remote)
    let far = makeStream(of: acceptor, to: .tcp(host: dialler.host.name, port: 0))
    (near.peer, far.peer) = (far, near)
    links.engine.note(.streamOpened, near.number, 0, "\(dialler.life.name) reaches \(acceptor.life.name)")
    return (near, far)
  }

  private func makeStream(of peer: NetworkPeer, to remote: Endpoint) -> StreamState {
    streamCount += 1
    let number = streamCount
    let stream = StreamState(number: number, owner: peer, remote: remote, links: links) { [unowned self] in
      streams[number] = nil
    }
    streams[number] = stream
    let held = streams.values.count { $0.owner.life === peer.life && !$0.isOver }
    peer.life.mostStreams = max(peer.life.mostStreams, held)
    return stream
  }

  /// Remembers how to end a dial, should the simulation end first; call the result once it is answered.
  func registerDial(_ abandon: @escaping () -> Void) -> () -> Void {
    dialCount += 1
    let number = dialCount
    openDials[number] = abandon
    return { [unowned self] in openDials[number] = nil }
  }

  /// The system closes what a process leaves behind; a machine without power tells nobody.
  func lifeEnded(_ life: Life, saysGoodbye: Bool) {
    listeners = listeners.filter { $0.value.owner.life !== life }
    for stream in streamsInOrder where stream.owner.life === life {
      if let receiver = stream.receiver { orphans.append((stream, receiver)) }
      stream.close(how: !saysGoodbye ? .silently : links.random.chance(permille: 500) ? .byFinishing : .byReset)
    }
  }

  /// Ends every dial and stream with the simulation. Those of the dead, too: whoever holds a stream that is not over holds on to
  /// all that it has.
  func abandon() {
    for number in openDials.keys.sorted() { openDials[number]?() }
    links.abandon()
    for stream in streamsInOrder { stream.fail("the simulation is over") }
    for (stream, receiver) in orphans { stream.tellEnd(receiver, "the simulation is over") }
    orphans = []
    listeners = [:]
  }

  /// The streams that live, oldest first.
  var streamsInOrder: [StreamState] { streams.sorted { $0.key < $1.key }.map(\.value) }
}
