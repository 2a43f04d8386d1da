extension Construct {
  static let sleeps = [
    Construct("Task.sleep of nanoseconds", sleeps: .seconds(3)) { witness in
      try? await Task.sleep(nanoseconds: 3_000_000_000)
      witness.here()
    },
    Construct("Task.sleep of a duration", sleeps: .seconds(3)) { witness in
      try? await Task.sleep(for: .seconds(3))
      witness.here()
    },
    Construct("ContinuousClock", sleeps: .seconds(3)) { witness in
      try? await ContinuousClock().sleep(for: .seconds(3))
      witness.here()
    },
    Construct("SuspendingClock", sleeps: .seconds(3)) { witness in
      try? await SuspendingClock().sleep(for: .seconds(3))
      witness.here()
    },
    Construct("sleep in an actor", sleeps: .seconds(3)) { witness in
      await Counter(witness).sleep()
    },
    Construct("sleep on the main actor", sleeps: .seconds(3)) { witness in
      await Task { @MainActor in
        try? await Task.sleep(for: .seconds(3))
        witness.here()
      }.value
    },
    Construct("cancelled sleep") { witness in
      let sleeper = Task {
        try? await Task.sleep(for: .seconds(3))
        witness.here()
      }
      await Task.yield()
      sleeper.cancel()
      await sleeper.value
    },
  ]
}
