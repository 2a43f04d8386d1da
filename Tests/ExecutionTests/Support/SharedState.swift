import FlintTasks
import Synchronization

/// What shipped closures reach without capturing it: they run in the same process here.
final class Gate: Sendable {
  static let shared = Gate()
  static let queue = Gate()
  static let recall = Gate()
  static let kill = Gate()
  static let stop = Gate()
  private let isOpen = Atomic<Bool>(false)
  private let visitor = Mutex<(isThere: Bool, waiter: CheckedContinuation<Void, Never>?)>((false, nil))

  /// Spins until it is opened, whatever its thread was told.
  func spin() {
    visitor.withLock { visitor in
      visitor.isThere = true
      visitor.waiter.take()?.resume()
    }
    while !isOpen.load(ordering: .acquiring) {}
  }

  /// Returns once somebody spins.
  func visited() async {
    await withCheckedContinuation { waiter in
      visitor.withLock { visitor in
        if visitor.isThere { waiter.resume() } else { visitor.waiter = waiter }
      }
    }
  }

  func open() { isOpen.store(true, ordering: .releasing) }
}

final class Computations: Sendable {
  static let shared = Computations()
  private let counted = Atomic<Int>(0)

  var count: Int { counted.load(ordering: .relaxed) }

  func next() -> Int { counted.wrappingAdd(1, ordering: .relaxed).newValue }
}

/// Says yes so many times.
final class Countdown: Sendable {
  private let left: Atomic<Int>

  init(_ count: Int) {
    left = Atomic(count)
  }

  func next() -> Bool { left.wrappingSubtract(1, ordering: .relaxed).newValue >= 0 }
}

struct CountUpdate: AccumulatorUpdate {
  let count: UInt8

  func merging(_ other: any AccumulatorUpdate) -> any AccumulatorUpdate {
    CountUpdate(count: count + ((other as? CountUpdate)?.count ?? 0))
  }

  func encoded() -> [UInt8] { [count] }
}
