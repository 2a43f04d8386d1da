import Glibc

extension MatrixCase {
  static func addLibrary(to cases: inout MatrixCases) {
    cases.shipsFromLibrary("closure of a library") {
      let f = libraryClosure("make_zone_scorer")
      try await $0.compare([1.0, 2.0], f)
    }
    cases.shipsFromLibrary("generic closure of a library") {
      let f = libraryClosure("make_picker")
      try await $0.compare([1.0, 2.0], f)
    }
    cases.shipsFromLibrary("closure of a library in a closure of the program") {
      let f = libraryClosure("make_zone_scorer"), k = opaque(Coded(2))
      try await $0.compare { f($0.fare) * k.factor }
    }
  }
}

/// A closure that the loaded library makes.
private func libraryClosure(_ name: String) -> @Sendable (Double) -> Double {
  guard let address = dlsym(nil, name) else { preconditionFailure("the library has no \(name)") }
  let make = unsafeBitCast(address, to: (@convention(c) (UnsafeMutableRawPointer) -> Void).self)
  return withUnsafeTemporaryAllocation(byteCount: 16, alignment: 16) { place in
    let start = place.baseAddress.unsafelyUnwrapped
    make(start)
    return start.assumingMemoryBound(to: (@Sendable (Double) -> Double).self).move()
  }
}
