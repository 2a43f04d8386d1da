internal import FlintCore

/// The wires of the simulated network: how each direction between two hosts behaves, and what is held up on it.
final class Links {
  struct Link: Hashable {
    let from: Int
    let to: Int

    init(_ from: NetworkHost, _ to: NetworkHost) {
      self.from = from.number
      self.to = to.number
    }
  }

  let engine: Engine
  var random: SplitMix64
  /// The behaviour of every link that has none of its own.
  var usual = LinkConditions()
  var own: [Link: LinkConditions] = [:]
  /// Cuts the bytes of a send into the messages that faults are done to; nil takes each send as one message.
  var framing: (@Sendable ([UInt8]) -> Int?)?
  /// What every stream knows of its peer.
  var identity = PeerIdentity.sharedSecret(role: nil)
  var statistics = NetworkStatistics()
  /// What could not travel, in the order in which it was to arrive.
  private var held: [(from: NetworkHost, to: NetworkHost, retry: () -> Void)] = []

  init(engine: Engine) {
    self.engine = engine
    random = SplitMix64(seed: engine.chances.next())
  }

  func conditions(from: NetworkHost, to: NetworkHost) -> LinkConditions {
    own[Link(from, to)] ?? usual
  }

  /// Whether bytes from one host reach the other now. A host always reaches itself while it has power.
  func canTravel(from: NetworkHost, to: NetworkHost) -> Bool {
    to.isUp && (from === to || !conditions(from: from, to: to).isCut)
  }

  /// How long the next message travels.
  func travelTime(from: NetworkHost, to: NetworkHost) -> Int64 {
    guard from !== to else { return random.duration(in: .microseconds(10)...(.microseconds(50))).nanoseconds }
    let conditions = conditions(from: from, to: to)
    var time = random.duration(in: conditions.latency)
    if random.chance(permille: conditions.spikePermille) { time += random.duration(in: .zero...conditions.spike) }
    return time.nanoseconds
  }

  /// Keeps `retry` until something about the network gets better.
  func hold(from: NetworkHost, to: NetworkHost, _ retry: @escaping () -> Void) {
    held.append((from, to, retry))
  }

  /// Tries again what was held; what still cannot travel is held on.
  func retryHeld() {
    let all = held
    held = []
    for (from, to, retry) in all {
      guard canTravel(from: from, to: to) else {
        held.append((from, to, retry))
        continue
      }
      // A resend waits for its timer: up to a second after the link has healed.
      let delay = random.duration(in: .zero...(.seconds(1))).nanoseconds
      engine.schedule(at: engine.now + delay, owner: .world, retry)
    }
  }

  /// Lets go of what was held, with the simulation.
  func abandon() { held = [] }
}
