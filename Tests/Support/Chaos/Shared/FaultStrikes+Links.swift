import FlintChaos
import FlintCore
import FlintSupervisor

extension Fault {
  /// Whether proxies must stand in the links for it.
  var needsLinks: Bool {
    switch self {
    case .partition, .cut, .halfOpen, .breakStreams, .harmFrames, .singleBytes, .slowLinks: true
    default: false
    }
  }
}

extension FaultStrikes {
  func strikeLinks(_ fault: Fault, _ event: RunEvent) async throws {
    guard let links else { return }
    switch fault {
    case .partition(let first, let second, let duration):
      try await part(from: first, to: second, event, isBothWays: true, for: duration)
    case .cut(let source, let target, let duration):
      try await part(from: source, to: target, event, isBothWays: false, for: duration)
    case .halfOpen(let first, let second):
      for link in try await between(first, second, event) { await link.proxy.freezeAll() }
    case .breakStreams(let first, let second, let count):
      for link in try await between(first, second, event) {
        await link.proxy.arm(.cut(afterBytes: count), on: FramePattern())
      }
    case .harmFrames(let harm, let permille, let duration): await damage(links, harm, permille, for: duration)
    case .singleBytes(let duration): await change(links, LinkConditions(chunk: 1), for: duration)
    case .slowLinks(let bound, let duration): await change(links, LinkConditions(delay: bound / 2), for: duration)
    default: break
    }
  }

  private func change(_ links: Links, _ conditions: LinkConditions, for duration: Duration) async {
    await links.set(conditions)
    later(duration) { for proxy in links.all { await proxy.heal() } }
  }

  private func part(
    from first: FaultTarget, to second: FaultTarget, _ event: RunEvent, isBothWays: Bool, for duration: Duration
  ) async throws {
    let parted = try await between(first, second, event)
    for link in parted {
      let direction: LinkDirection? = isBothWays ? nil : link.isForward ? .outward : .backward
      await link.proxy.partition(LinkSelector(direction: direction))
    }
    later(duration) { for link in parted { await link.proxy.heal() } }
  }

  /// So many of 1,000 frames, at fixed places.
  private func damage(_ links: Links, _ harm: Fault.FrameHarm, _ permille: Int, for duration: Duration) async {
    let fault: LinkFault =
      switch harm {
      case .lose: .drop
      case .duplicate: .double
      case .reorder: .postpone(frames: 2)
      case .corrupt: .corrupt(.body, bit: 3)
      case .reset: .cut(afterBytes: 7)
      }
    let pause = 1000 / permille
    for number in 0..<Self.harmsOfLink {
      await links.arm(fault, on: FramePattern(), skip: pause / 2 + number * pause)
    }
  }

  private static let harmsOfLink = 4

  /// The proxies between two targets; `isForward`: one of the first has dialled.
  private func between(
    _ first: FaultTarget, _ second: FaultTarget, _ event: RunEvent
  ) async throws -> [(proxy: FaultProxy, isForward: Bool)] {
    guard let links else { return [] }
    let (sources, targets) = (try await names(first, event), try await names(second, event))
    return links.byEnds.compactMap { ends, proxy in
      if sources.contains(ends.dialler), targets.contains(ends.dialled) { return (proxy, true) }
      if targets.contains(ends.dialler), sources.contains(ends.dialled) { return (proxy, false) }
      return nil
    }
  }

  private func names(_ target: FaultTarget, _ event: RunEvent) async throws -> [String] {
    try await numbers(target, event).map { "e\($0)" } + (target == .driver || target == .everybody ? ["driver"] : [])
  }
}
