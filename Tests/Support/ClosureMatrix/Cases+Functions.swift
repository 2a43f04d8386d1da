extension MatrixCase {
  static func addNestedClosures(to cases: inout MatrixCases) {
    cases.ships("closure in a closure") {
      let k = opaque(2.0)
      let f: @Sendable (Double) -> Double = { $0 * k }
      let g = opaque(f)
      try await $0.compare { g($0.fare) + 1 }
    }
    cases.ships("optional closure in a closure") {
      let k = opaque(2.0)
      let f: (@Sendable (Double) -> Double)? = { $0 * k }
      let g = opaque(f)
      try await $0.compare { (g?($0.fare) ?? 0) + 1 }
    }
    cases.ships("absent optional closure") {
      let f: (@Sendable (Double) -> Double)? = opaque(nil), k = opaque(3.0)
      try await $0.compare { (f?($0.fare) ?? 0) + k }
    }
    cases.ships("closures three deep") {
      let k = opaque(2.0), s = opaque("zz")
      let f: @Sendable (Double) -> Double = { $0 * k }
      let g: @Sendable (Double) -> Double = { f($0) + Double(s.count) }
      let h = opaque(g)
      try await $0.compare { h(h($0.fare)) }
    }
    cases.fails("object that is not Codable two closures in", "Unshipped") {
      let k = opaque(Unshipped(1))
      let f: @Sendable (Double) -> Double = { $0 * k.factor }
      let g = opaque(f)
      try await $0.compare { g($0.fare) + 1 }
    }
    cases.ships("composition of generic functions") {
      let k = opaque(2.0)
      let c = compose({ (t: Trip) in t.fare * k }, { (d: Double) in "\(d)" })
      try await $0.compare(c)
    }
    cases.fails("array of closures", "capture 1") {
      let k = opaque(2.0)
      let fs: [@Sendable (Double) -> Double] = opaque([{ $0 * k }])
      try await $0.compare { fs[0]($0.fare) }
    }
  }

  static func addMethods(to cases: inout MatrixCases) {
    cases.ships("method of a struct") {
      let s = opaque(Scorer(weight: 2, tag: "q"))
      try await $0.compare(s.score)
    }
    cases.ships("method of a Codable object") {
      let k = opaque(Coded(2))
      try await $0.compare(k.score)
    }
    cases.fails("method of an object that is not Codable", "Unshipped") {
      let k = opaque(Unshipped(2))
      try await $0.compare(k.score)
    }
    cases.ships("static method") { try await $0.compare(Scorer.fixed) }
    cases.ships("initializer") { try await $0.compare([1.5, 2.5], Int.init) }
    cases.ships("unbound method") {
      let f: @Sendable (String) -> String = { $0.uppercased() }
      try await $0.compare(["a", "b"], f)
    }
    cases.ships("function object") {
      let s = opaque(Scale(rate: 2.5))
      try await $0.compare([1.0, 2.0], s.callAsFunction)
    }
    cases.ships("generic function object") {
      try await $0.expect(applied(opaque(Scale(rate: 2.5)), [1.0, 2.0], $0), ["2.5", "5.0"])
    }
  }

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
    cases.fails("key path of a generic function", "key path") {
      try await $0.expect(countedByPath([[1], [2, 3]], $0), ["1", "2"])
    }
    cases.fails("key path with a subscript", "key path") {
      let n = opaque(1)
      let p: any KeyPath<[Double], Double> & Sendable = \.[n]
      try await $0.compare { [$0.fare, $0.miles][keyPath: p] }
    }
  }

  static func addFunctions(to cases: inout MatrixCases) {
    cases.ships("operator") { try await $0.expect($0.remoteReduce([1, 2, 3], +), ["6"]) }
    cases.ships("function of two rows") {
      let k = opaque(10)
      try await $0.expect($0.remoteReduce([1, 2, 3]) { $0 + $1 * k }, ["51"])
    }
    cases.ships("global function") { try await $0.compare(globalFunction) }
    cases.ships("call of a global function") {
      let k = opaque(2.0)
      try await $0.compare { globalFunction($0) * k }
    }
    cases.ships("local function") {
      let k = opaque(2.0)
      @Sendable func local(_ t: Trip) -> Double { t.fare + k }
      try await $0.compare(local)
    }
    cases.ships("call of a local function") {
      let k = opaque(2.0), z = opaque("q")
      @Sendable func local(_ d: Double) -> Double { d + k + Double(z.count) }
      try await $0.compare { local($0.fare) }
    }
    cases.ships("recursive local function") {
      let k = opaque(2)
      @Sendable func fibonacci(_ n: Int) -> Int { n < k ? n : fibonacci(n - 1) + fibonacci(n - 2) }
      try await $0.compare { fibonacci(Int($0.miles)) }
    }
    cases.ships("closure with a closure inside") {
      let ks = opaque([1.0, 2.0])
      try await $0.compare { t in ks.map { $0 * t.fare }.reduce(0, +) }
    }
  }

  static func addThrowing(to cases: inout MatrixCases) {
    cases.ships("throwing closure") {
      let k = opaque(2.0)
      try await $0.expect(
        $0.remoteThrowing(MatrixRig.trips) {
          if $0.fare > 1e9 { throw MatrixError.bad }
          return $0.fare * k
        }, trips { "\($0.fare * 2)" })
    }
    cases.ships("throwing closure with an object as context") {
      let k = opaque(Coded(2))
      try await $0.expect(
        $0.remoteThrowing(MatrixRig.trips) {
          if $0.fare > 1e9 { throw MatrixError.bad }
          return $0.fare * k.factor
        }, trips { "\($0.fare * 2)" })
    }
    cases.fails("throwing closure that throws", "bad") {
      let k = opaque(2.0)
      _ = try await $0.remoteThrowing(MatrixRig.trips) {
        if $0.fare > k { throw MatrixError.bad }
        return $0.fare
      }
    }
  }
}

struct Owner: Sendable { var coded: Coded? }

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

protocol RowFunction: Codable, Sendable {
  associatedtype Input
  associatedtype Output
  func callAsFunction(_ input: Input) -> Output
}
struct Scale: RowFunction {
  var rate: Double
  func callAsFunction(_ input: Double) -> Double { input * rate }
}

@inline(never) @_semantics("optimize.sil.specialize.generic.never")
func applied<F: RowFunction>(_ function: F, _ rows: [F.Input], _ rig: MatrixRig) async throws -> [String]
where F.Input: Sendable { try await rig.remote(rows) { function($0) } }
