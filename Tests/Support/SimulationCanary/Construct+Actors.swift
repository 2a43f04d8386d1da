internal import FlintSimulation

extension Construct {
  static let actors = [
    Construct("actor") { witness in
      await Counter(witness).increment()
    },
    Construct("contended actors") { witness in
      let (first, second) = (Counter(witness), Counter(witness))
      await withTaskGroup(of: Void.self) { group in
        for index in 0..<20 {
          group.addTask(priority: index % 2 == 0 ? .high : .low) {
            await Task.yield()
            await first.increment()
            await first.increment(second)
          }
        }
      }
    },
    Construct("actor that makes a task") { witness in
      let counter = Counter(witness)
      await counter.incrementLater().value
    },
    Construct("actor with a serial executor of its own") { witness in
      await Looped(witness).step()
    },
    Construct("main actor") { witness in
      await onMainActor(witness)
      witness.here()
    },
    Construct("global actor") { witness in
      await onGlobalActor(witness)
      witness.here()
    },
    Construct("isolated deinit") { witness in
      do { await Mortal(witness).step() }
      await Task.yield()
    },
  ]

  @MainActor private static func onMainActor(_ witness: Witness) {
    MainActor.assertIsolated()
    witness.here()
  }

  @Island private static func onGlobalActor(_ witness: Witness) {
    witness.here()
  }
}

/// A default actor.
actor Counter {
  private var count = 0
  private let witness: Witness

  init(_ witness: Witness) { self.witness = witness }

  func increment() {
    witness.here()
    count += 1
  }

  func increment(_ other: Counter) async {
    witness.here()
    await other.increment()
    witness.here()
  }

  func incrementLater() -> Task<Void, Never> {
    Task { self.increment() }
  }

  func sleep() async {
    try? await Task.sleep(for: .seconds(3))
    witness.here()
  }
}

/// An actor on an executor that is not Swift's; it hands its jobs on to the global one.
private actor Looped {
  private final class Loop: SerialExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
      let job = UnownedJob(job)
      Task { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
  }

  private let loop = Loop()
  private let witness: Witness
  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  init(_ witness: Witness) { self.witness = witness }

  func step() { witness.here() }
}

@globalActor private actor Island {
  static let shared = Island()
}

private actor Mortal {
  private let witness: Witness

  init(_ witness: Witness) { self.witness = witness }

  func step() {}

  isolated deinit { witness.here() }
}
