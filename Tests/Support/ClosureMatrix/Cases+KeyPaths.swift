extension MatrixCase {
  static func addKeyPaths(to cases: inout MatrixCases) {
    cases.ships("key path as a function") { try await $0.compare(\.fare) }
    cases.ships("chain of computed properties") { try await $0.compare(\.zone.count) }
    cases.ships("captured key path to a stored property") {
      let p: any KeyPath<Trip, Double> & Sendable = opaque(\.miles)
      try await $0.compare { $0[keyPath: p] }
    }
    cases.ships("captured key path beside another capture") {
      let p: any KeyPath<Trip, Double> & Sendable = opaque(\.miles), k = opaque(2.0)
      try await $0.compare { $0[keyPath: p] * k }
    }
    cases.ships("captured chain of computed properties") {
      let p: any KeyPath<Trip, Int> & Sendable = opaque(\.zone.count)
      try await $0.compare { $0[keyPath: p] }
    }
    cases.ships("captured key path through an object and an optional") {
      let p: any KeyPath<Owner, Double?> & Sendable = opaque(\.coded?.factor)
      try await $0.compare([1.0, 2.0]) { Owner(coded: Coded($0))[keyPath: p] ?? 0 }
    }
    cases.ships("captured writable key path") {
      let p: any WritableKeyPath<Trip, Double> & Sendable = opaque(\.fare)
      try await $0.compare { trip in
        var copy = trip
        copy[keyPath: p] = 9
        return copy.fare + trip.fare
      }
    }
    cases.fails("key path of a generic function", "key path") {
      try await $0.expect(countedByPath([[1], [2, 3]], $0), ["1", "2"])
    }
    cases.fails("key path with a subscript", "key path") {
      let n = opaque(1)
      let p: any KeyPath<[Double], Double> & Sendable = \.[n]
      try await $0.compare { [$0.fare, $0.miles][keyPath: p] }
    }
  }

  static func addLongKeyPaths(to cases: inout MatrixCases) {
    cases.ships("key path of two computed steps as a function") {
      try await $0.compare(["a", "bc", "a longer text than fits in one"], \.utf8.count)
      let f: @Sendable (String) -> Int = opaque(\.utf8.count)
      try await $0.compare(["a", "bc", "a longer text than fits in one"]) { f($0) + 1 }
    }
    cases.ships("captured key path of many steps through large values") {
      let p: any KeyPath<Small, Int> & Sendable = opaque(\.large.pair.first.description.utf8.count)
      try await $0.compare([1, 22, 333]) { Small(number: $0)[keyPath: p] }
    }
    cases.ships("captured key path from a large value to a small one") {
      let p: any KeyPath<Large, UInt8> & Sendable = opaque(\.pair.last)
      try await $0.compare([1, 22, 333]) { Small(number: $0).large[keyPath: p] }
    }
    cases.ships("captured key path through an optional and two computed steps") {
      let p: any KeyPath<[Int], Int?> & Sendable = opaque(\.first?.description.utf8.count)
      try await $0.compare([[], [1], [22, 333]]) { $0[keyPath: p] ?? -1 }
    }
    cases.ships("captured key path that forces an optional") {
      let p: any KeyPath<String, UInt32> & Sendable = opaque(\.unicodeScalars.first!.value)
      try await $0.compare(["a", "é"]) { $0[keyPath: p] }
    }
    cases.ships("captured key path that was appended") {
      let p: any KeyPath<Trip, Int> & Sendable = opaque(joined(\Trip.zone, \String.utf8.count))
      try await $0.compare { $0[keyPath: p] }
    }
    cases.ships("captured key path that writes through an object") {
      let p: any ReferenceWritableKeyPath<Outer, Double> & Sendable = opaque(\.inner.trip.fare)
      try await $0.compare { trip in
        let outer = Outer(trip)
        outer[keyPath: p] += 1
        return outer.inner.trip.fare
      }
    }
    cases.ships("captured key path that writes a computed property") {
      let p: any WritableKeyPath<Trip, Double> & Sendable = opaque(\.doubled.half)
      try await $0.compare { trip in
        var copy = trip
        copy[keyPath: p] += 3
        return copy.fare
      }
    }
    cases.ships("captured key path to the row itself") {
      let p: any KeyPath<Trip, Trip> & Sendable = opaque(\.self)
      try await $0.compare { $0[keyPath: p] }
    }
  }
}

struct Small: Sendable {
  var number: Int
  var large: Large { Large(number: number) }
}
struct Large: Sendable {
  var number: Int
  var padding = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0)
  var pair: Ends { Ends(last: UInt8(truncatingIfNeeded: number), first: number) }
}
struct Ends: Sendable {
  var last: UInt8
  var first: Int
}

final class Outer {
  let inner: Inner
  init(_ trip: Trip) { inner = Inner(trip) }
}
final class Inner {
  var trip: Trip
  init(_ trip: Trip) { self.trip = trip }
}

struct Doubled: Sendable {
  var value: Double
  var half: Double {
    get { value / 2 }
    set { value = newValue * 2 }
  }
}
extension Trip {
  var doubled: Doubled {
    get { Doubled(value: fare * 2) }
    set { fare = newValue.value / 2 }
  }
}

/// Key paths do not stay sendable when they are appended; those that hold no arguments are.
private func joined<Root, Middle, Value>(
  _ first: KeyPath<Root, Middle>, _ second: KeyPath<Middle, Value>
) -> any KeyPath<Root, Value> & Sendable {
  unsafeBitCast(first.appending(path: second), to: (any KeyPath<Root, Value> & Sendable).self)
}

@inline(never) @_semantics("optimize.sil.specialize.generic.never")
private func countedByPath<Rows: Collection & Sendable>(_ rows: [Rows], _ rig: MatrixRig) async throws -> [String] {
  let path: any KeyPath<Rows, Int> & Sendable = opaque(\.count)
  return try await rig.remote(rows) { $0[keyPath: path] }
}
