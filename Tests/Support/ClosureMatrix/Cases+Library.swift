import Glibc

extension MatrixCase {
  private static let undescribed = "has captures that the compiler did not describe"

  static func addLibrary(to cases: inout MatrixCases) {
    cases.shipsFromLibrary("closure of a library", unless: [.unreflected: undescribed]) {
      let f: @Sendable (Double) -> Double = libraryFunction("make_zone_scorer")
      try await $0.compare([1.0, 2.0], f)
    }
    cases.shipsFromLibrary("generic closure of a library", unless: [.unreflected: undescribed]) {
      let f: @Sendable (Double) -> Double = libraryFunction("make_picker")
      try await $0.compare([1.0, 2.0], f)
    }
    cases.shipsFromLibrary("closure of a library in a closure of the program", unless: [.unreflected: undescribed]) {
      let f: @Sendable (Double) -> Double = libraryFunction("make_zone_scorer")
      let k = opaque(Coded(2))
      try await $0.compare { f($0.fare) * k.factor }
    }
    cases.shipsFromLibrary(
      "closure over a private struct",
      unless: [.unreflected: undescribed, .unkept: "is of type Rate, whose metadata the optimiser removed"]
    ) {
      let f: @Sendable (Double) -> Double = libraryFunction("make_rate")
      try await $0.compare([1.0, 2.0], f)
    }
    cases.shipsFromLibrary(
      "closure over an optional of a private struct",
      unless: [.unreflected: undescribed, .unkept: "needs type Limit, whose metadata the optimiser removed"]
    ) {
      let f: @Sendable (Double) -> Double = libraryFunction("make_limiter")
      try await $0.compare([1.0, 2.0], f)
    }
    cases.shipsFromLibrary("object of a library as context", unless: [.unreflected: undescribed]) {
      let f: @Sendable (Double) -> Double = libraryFunction("make_object_scorer")
      try await $0.compare([1.0, 2.0], f)
    }
    cases.shipsFromLibrary("closure of a library without captures") {
      let f: @Sendable (Double) -> Double = libraryFunction("make_plain")
      try await $0.compare([1.0, 2.0], f)
    }
    cases.shipsFromLibrary("asynchronous closure of a module with other isolation") {
      let f: nonisolated(nonsending) @Sendable (Double) async -> Double = libraryFunction("make_waiting")
      try await $0.expect($0.remoteAsync([1.0, 2.0]) { await f($0) + 1 }, ["3.5", "6.0"])
    }
  }
}

/// A function that the loaded library makes.
private func libraryFunction<Function>(_ name: String) -> Function {
  guard let address = dlsym(nil, name) else { preconditionFailure("the library has no \(name)") }
  let make = unsafeBitCast(address, to: (@convention(c) (UnsafeMutableRawPointer) -> Void).self)
  return withUnsafeTemporaryAllocation(byteCount: 16, alignment: 16) { place in
    let start = place.baseAddress.unsafelyUnwrapped
    make(start)
    return start.assumingMemoryBound(to: Function.self).move()
  }
}
