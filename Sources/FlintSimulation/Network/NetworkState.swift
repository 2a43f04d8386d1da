internal import FlintCore

/// The simulated network: who listens where, and how each link behaves.
final class NetworkState {
  /// Where a process listens: on its host, at a TCP port or a Unix socket's path.
  struct Address: Hashable {
    let host: Int
    let port: UInt16
    let path: FilePath?
  }

  struct Link: Hashable {
    let from: Int
    let to: Int
  }

  unowned var world: World!
  var random: SplitMix64
  /// The behaviour of every link that has none of its own.
  var usual = LinkConditions()
  var own: [Link: LinkConditions] = [:]
  /// Cuts the bytes of a send into the messages that faults are done to; nil takes each send as one message.
  var framing: (@Sendable ([UInt8]) -> Int?)?
  var statistics = NetworkStatistics()
  var listeners: [Address: ListenerState] = [:]
  /// Dials that have no answer yet.
  var dials: [Dial] = []
  /// Streams that live, by number.
  var streams: [UInt64: StreamState] = [:]
  private var streamCount: UInt64 = 0
  /// What could not travel, in the order in which it was to arrive.
  private var stalled: [(link: Link, retry: () -> Void)] = []

  init(random: SplitMix64) {
    self.random = random
  }

  func conditions(from: HostState, to: HostState) -> LinkConditions {
    own[Link(from: from.number, to: to.number)] ?? usual
  }

  /// Whether bytes from one host reach the other now. A host always reaches itself while it has power.
  func canTravel(from: HostState, to: HostState) -> Bool {
    guard to.isUp else { return false }
    return from === to || !conditions(from: from, to: to).isCut
  }

  /// How long the next message travels.
  func travelTime(from: HostState, to: HostState) -> Int64 {
    guard from !== to else { return random.duration(in: .microseconds(10)...(.microseconds(50))).nanoseconds }
    let conditions = conditions(from: from, to: to)
    var time = random.duration(in: conditions.latency)
    if random.chance(permille: conditions.spikePermille) {
      time += random.duration(in: .zero...conditions.spike)
    }
    return time.nanoseconds
  }

  /// Keeps `retry` until something about the network gets better.
  func hold(from: HostState, to: HostState, _ retry: @escaping () -> Void) {
    statistics.held += 1
    stalled.append((Link(from: from.number, to: to.number), retry))
  }

  /// Tries again what was held; what still cannot travel is held again.
  func retryStalled() {
    let all = stalled
    stalled = []
    for (link, retry) in all {
      // A resend waits for its timer: up to a second after the link has healed.
      let delay = random.duration(in: .zero...(.seconds(1))).nanoseconds
      if canTravel(from: world.hosts[link.from], to: world.hosts[link.to]) {
        world.engine.schedule(at: world.engine.now + delay, owner: .world, retry)
      } else {
        stalled.append((link, retry))
      }
    }
  }

  /// Two ends of a new stream, the dialling one first.
  func connect(_ dialler: ProcessState, at remote: Endpoint, _ acceptor: ProcessState) -> (StreamState, StreamState) {
    streamCount += 2
    let near = StreamState(network: self, number: streamCount - 1, process: dialler, remote: remote)
    let far = StreamState(
      network: self, number: streamCount, process: acceptor, remote: .tcp(host: dialler.host.name, port: 0))
    (near.peer, far.peer) = (far, near)
    streams[near.number] = near
    streams[far.number] = far
    world.note(.streamOpened, near.number, 0, "\(dialler.name) reaches \(acceptor.name)")
    return (near, far)
  }

  /// The system closes what a process leaves behind.
  func processEnded(_ process: ProcessState, saysGoodbye: Bool) {
    listeners = listeners.filter { $0.value.process !== process }
    for number in streams.keys.sorted() {
      guard let stream = streams[number], stream.process === process else { continue }
      stream.close(how: !saysGoodbye ? .silently : random.chance(permille: 500) ? .byFinishing : .byReset)
    }
  }

  /// Ends every dial and stream with the simulation.
  func abandon() {
    for dial in dials { dial.abandon() }
    stalled = []
    for number in streams.keys.sorted() { streams[number]?.fail("the simulation is over") }
    listeners = [:]
  }
}
