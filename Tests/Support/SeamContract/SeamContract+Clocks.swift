internal import FlintCore

extension SeamContract {
  static let clocks: [Check] = [
    Check(name: "sleeping is never too short") { contract in
      let time = contract.context.time
      for milliseconds in [0, 1, 7, 20] {
        let deadline = time.now.advanced(by: .milliseconds(milliseconds))
        try await time.sleep(until: deadline)
        try contract.require(time.now >= deadline, "woke before the deadline")
      }
      try await time.sleep(until: time.now.advanced(by: .seconds(-1)))
    },
    Check(name: "a cancelled sleep ends at once") { contract in
      let time = contract.context.time
      let sleeper = Task {
        do {
          try await time.sleep(until: .distantFuture)
          return false
        } catch {
          return error is CancellationError
        }
      }
      try await time.sleep(for: .milliseconds(5))
      sleeper.cancel()
      let wasCancelled = await sleeper.value
      try contract.require(wasCancelled, "the sleep did not throw CancellationError")
    },
    Check(name: "wall time is of this century") { contract in
      let micros = contract.context.time.wallTime.microseconds
      try contract.require(micros > 1_700_000_000_000_000 && micros < 4_200_000_000_000_000, "it is \(micros)")
    },
    Check(name: "random numbers differ") { contract in
      let numbers = Set((0..<1000).map { _ in contract.context.randomness.next() })
      try contract.require(numbers.count == 1000, "only \(numbers.count) of 1000 numbers differ")
      let ones = numbers.reduce(0) { $0 + $1.nonzeroBitCount }
      try contract.require((31_000...33_000).contains(ones), "\(ones) of 64,000 bits are set")
    },
  ]
}
