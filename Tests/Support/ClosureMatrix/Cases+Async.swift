extension MatrixCase {
  static func addAsynchronous(to cases: inout MatrixCases) {
    cases.ships("asynchronous closure") {
      let k = opaque(2.0), s = opaque("x")
      try await $0.expect(
        $0.remoteAsync(MatrixRig.trips) { t in
          await Task.yield()
          return "\(t.fare * k)\(s)"
        }, trips { "\($0.fare * 2)x" })
    }
    cases.ships("synchronous closure as an asynchronous one") {
      let k = opaque(2.0)
      let f: @Sendable (Trip) -> Double = { $0.fare * k }
      try await $0.expect($0.remoteAsync(MatrixRig.trips, f), trips { "\($0.fare * 2)" })
    }
    cases.ships("asynchronous closure with an object as context") {
      let k = opaque(Coded(2))
      try await $0.expect(
        $0.remoteAsync(MatrixRig.trips) { t in
          await Task.yield()
          return t.fare * k.factor
        }, trips { "\($0.fare * 2)" })
    }
    cases.ships("asynchronous local function") {
      let k = opaque(2.0)
      @Sendable func local(_ t: Trip) async -> Double {
        await Task.yield()
        return t.fare + k
      }
      try await $0.expect($0.remoteAsync(MatrixRig.trips, local), trips { "\($0.fare + 2)" })
    }
    cases.ships("stored asynchronous closure") {
      let k = opaque(2.0)
      let stored = Stored {
        await Task.yield()
        return $0 * k
      }
      let call = stored.call
      try await $0.expect($0.remoteAsync(MatrixRig.trips) { await call($0.fare) }, trips { "\($0.fare * 2)" })
    }
    cases.ships("conversion of a captured synchronous closure") {
      let k = opaque(2.0)
      let f: @Sendable (Double) -> Double = { $0 * k }
      let g: @Sendable (Double) async -> Double = f
      try await $0.expect($0.remoteAsync(MatrixRig.trips) { await g($0.fare) }, trips { "\($0.fare * 2)" })
    }
  }

  static func addIsolations(to cases: inout MatrixCases) {
    cases.ships("concurrent closure") {
      let k = opaque(2.0)
      let f: @concurrent @Sendable (Double) async -> Double = {
        await Task.yield()
        return $0 * k
      }

      try await $0.expect($0.remoteAsync(MatrixRig.trips) { await f($0.fare) }, trips { "\($0.fare * 2)" })
    }
    cases.ships("closure that runs where its caller does") {
      let k = opaque(2.0)
      try await $0.expect($0.remoteAsync(MatrixRig.trips, inherited(k)), trips { "\($0.fare * 2)" })
    }
    cases.ships("captured closure that runs where its caller does") {
      let f = inherited(opaque(2.0))
      try await $0.expect($0.remoteAsync(MatrixRig.trips) { await f($0) + 1 }, trips { "\($0.fare * 2 + 1)" })
    }
  }
}

struct Stored: Sendable { let call: @Sendable (Double) async -> Double }

@inline(never)
func inherited(_ factor: Double) -> nonisolated(nonsending) @Sendable (Trip) async -> Double {
  {
    await Task.yield()
    return $0.fare * factor
  }
}
