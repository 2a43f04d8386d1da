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
