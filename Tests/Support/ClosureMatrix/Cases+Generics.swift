extension MatrixCase {
  static func addGenericParameters(to cases: inout MatrixCases) {
    cases.ships("generic parameter") {
      try await $0.expect(
        counted(opaque("v"), $0) + counted(opaque(5), $0) + counted(opaque([1, 2]), $0),
        trips("1 v") + trips("1 5") + trips("1 [1, 2]"))
    }
    cases.ships("generic parameter that is private") {
      try await $0.expect(counted(opaque(HiddenKey(k: 3)), $0).map { String($0.prefix(3)) }, trips { _ in "1 H" })
    }
    cases.ships("generic parameter that is private and generic") {
      try await $0.expect(counted(opaque(HiddenGeneric(k: [3])), $0).map { String($0.prefix(3)) }, trips { _ in "1 H" })
    }
    cases.ships("generic parameter local to a function") {
      struct Local: Codable, Sendable, Hashable { var k: Int }
      try await $0.expect(counted(opaque(Local(k: 3)), $0).map { String($0.prefix(3)) }, trips { _ in "1 L" })
    }
    cases.ships("generic parameter that is a class") {
      try await $0.expect(held(opaque(Coded(3)), nil, $0), trips { _ in "3.0 true" })
      try await $0.expect(held(opaque(Coded(3)), opaque(Coded(4)), $0), trips { _ in "3.0 false" })
    }
    cases.ships("two generic parameters beside a plain capture") {
      try await $0.expect(largest(opaque(Letter.a), opaque(["p", "q"]), true, $0), trips("a q true"))
    }
    cases.ships("generic bindings without captures") {
      try await $0.expect(described(Int.self, [1, 2, 3], $0), ["<1>", "<2>", "<3>"])
    }
    cases.ships("associated type") {
      try await $0.expect(summed(opaque([1.5, 2]), $0), trips { "\($0.fare + 1.5 + 3.5)" })
    }
    cases.ships("array of an associated type") {
      try await $0.expect(elements(opaque([1.5, 2]), $0), trips { _ in "3" })
    }
    cases.ships("conditional conformance") {
      try await $0.expect(counted(opaque([Optional(1), nil]), $0).map { String($0.prefix(2)) }, trips { _ in "1 " })
    }
    cases.ships("thunk of a generic function") {
      let k = opaque(3.0)
      try await $0.expect(scaled({ $0.fare + k }, opaque(2), $0), trips { "\(($0.fare + 3) * 2)" })
    }
    cases.ships("four generic parameters") {
      try await $0.expect(joined(opaque(1), opaque("b"), opaque(2.5), opaque(true), $0), trips("1 b 2.5 true"))
    }
    cases.fails("parameter pack", "parameter pack") { _ = try await packed(opaque(1), opaque("abc"), rig: $0) }
  }

  static func addGenericTypes(to cases: inout MatrixCases) {
    cases.ships("method of a generic type") {
      try await $0.expect(opaque(Pair(a: 1, b: "x")).joined(2.5, $0), trips { "1-x-2.5-\($0.zone)" })
    }
    cases.ships("closure given to a generic type") {
      try await $0.expect(opaque(Pair(a: 1, b: 2.0)).run($0) { Double($0) + $1 + $2 }, trips { "\(3 + $0.fare)" })
    }
    cases.ships("rows of a private type") {
      let k = opaque(3.0)
      try await $0.compare([HiddenRow(v: 1), HiddenRow(v: 2)]) { $0.v * k }
    }
    cases.ships("results of a private type") {
      let k = opaque(3.0)
      try await $0.compare([1.0, 2.0]) { HiddenRow(v: $0 * k) }
    }
  }
}

func trips(_ text: String) -> [String] { trips { "\(text) \($0.zone)" } }
func trips(_ text: (Trip) -> String) -> [String] { MatrixRig.trips.map(text) }

private struct HiddenKey: Codable, Sendable, Hashable { var k: Int }
private struct HiddenGeneric<Value: Codable & Sendable & Hashable>: Codable, Sendable, Hashable { var k: Value }
private struct HiddenRow: Codable, Sendable { var v: Double }

@inline(never) @_semantics("optimize.sil.specialize.generic.never")
func counted<T: Sendable & Hashable>(_ x: T, _ rig: MatrixRig) async throws -> [String] {
  try await rig.remote(MatrixRig.trips) { "\(Set([x, x]).count) \(x) \($0.zone)" }
}

protocol HasFactor: AnyObject, Sendable { var factor: Double { get } }
extension Coded: HasFactor {}

@inline(never) @_semantics("optimize.sil.specialize.generic.never")
func held<T: HasFactor>(_ x: T, _ y: T?, _ rig: MatrixRig) async throws -> [String] {
  try await rig.remote(MatrixRig.trips) { _ in "\(x.factor) \(y == nil)" }
}

@inline(never) @_semantics("optimize.sil.specialize.generic.never")
func sameMapping<T: Sendable, U: Sendable>(_ pair: (x: T, y: U), _ rig: MatrixRig) async throws -> [String] {
  try await rig.remote(MatrixRig.trips) { "\(pair.x) \(pair.y) \($0.zone)" }
}

@inline(never) @_semantics("optimize.sil.specialize.generic.never")
func largest<T: Sendable, U: Sendable & Comparable>(_ x: T, _ y: [U], _ b: Bool, _ rig: MatrixRig) async throws
  -> [String]
{
  try await rig.remote(MatrixRig.trips) { "\(x) \(y.max()!) \(b) \($0.zone)" }
}

@inline(never) @_semantics("optimize.sil.specialize.generic.never")
func described<T: Sendable & CustomStringConvertible>(_: T.Type, _ rows: [T], _ rig: MatrixRig) async throws -> [String]
{
  try await rig.remote(rows) { "<\($0.description)>" }
}

@inline(never) @_semantics("optimize.sil.specialize.generic.never")
func summed<S: Sequence & Sendable>(_ s: S, _ rig: MatrixRig) async throws -> [String]
where S.Element: Sendable & BinaryFloatingPoint {
  let first = s.first { _ in true }!
  return try await rig.remote(MatrixRig.trips) { $0.fare + Double(first) + s.reduce(0.0) { $0 + Double($1) } }
}

@inline(never) @_semantics("optimize.sil.specialize.generic.never")
func elements<S: Sequence & Sendable>(_ s: S, _ rig: MatrixRig) async throws -> [String] where S.Element: Sendable {
  let all = Array(s)
  let n = opaque(1)
  return try await rig.remote(MatrixRig.trips) { _ in all.count + n }
}

@inline(never) @_semantics("optimize.sil.specialize.generic.never")
func joined<A: Sendable & Equatable, B: Sendable & Hashable, C: Sendable, D: Sendable>(
  _ a: A, _ b: B, _ c: C, _ d: D, _ rig: MatrixRig
) async throws -> [String] {
  try await rig.remote(MatrixRig.trips) { "\(a) \(b) \(c) \(d) \($0.zone)" }
}

@inline(never) @_semantics("optimize.sil.specialize.generic.never")
func scaled(
  _ function: @escaping @Sendable (Trip) -> Double, _ k: Double, _ rig: MatrixRig
) async throws -> [String] { try await rig.remote(MatrixRig.trips) { function($0) * k } }

@inline(never) @_semantics("optimize.sil.specialize.generic.never")
func packed<each V: Sendable>(_ values: repeat each V, rig: MatrixRig) async throws -> [String] {
  let n = opaque(0)
  return try await rig.remote(MatrixRig.trips) { _ in
    var count = n
    for value in repeat each values { count += "\(value)".count }
    return count
  }
}

@inline(never) @_semantics("optimize.sil.specialize.generic.never")
func compose<A, B, C>(
  _ f: @escaping @Sendable (A) -> B, _ g: @escaping @Sendable (B) -> C
) -> @Sendable (A) -> C { { g(f($0)) } }

struct Pair<A: Sendable, B: Sendable>: Sendable {
  var a: A
  var b: B

  func run(_ rig: MatrixRig, _ function: @escaping @Sendable (A, B, Double) -> Double) async throws -> [String] {
    try await rig.remote(MatrixRig.trips) { function(a, b, $0.fare) }
  }

  func joined<C: Sendable>(_ c: C, _ rig: MatrixRig) async throws -> [String] {
    try await rig.remote(MatrixRig.trips) { "\(a)-\(b)-\(c)-\($0.zone)" }
  }
}
