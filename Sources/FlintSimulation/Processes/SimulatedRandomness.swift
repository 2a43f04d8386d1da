internal import FlintCore

/// The Randomness seam of a simulated process: a stream of its own, from the seed.
final class SimulatedRandomness: Randomness {
  private final class State {
    var generator: SplitMix64
    init(generator: SplitMix64) { self.generator = generator }
  }

  private let state: Confined<State>

  init(seed: UInt64) {
    state = Confined(State(generator: SplitMix64(seed: seed)))
  }

  func next() -> UInt64 { state.value.generator.next() }
}
