extension MatrixCase {
  static func addClasses(to cases: inout MatrixCases) {
    cases.ships("Codable object as the only capture") {
      let k = opaque(Coded(3))
      try await $0.compare { $0.fare * k.factor }
    }
    cases.ships("Codable object beside another capture") {
      let k = opaque(Coded(3)), j = opaque(2.0)
      try await $0.compare { $0.fare * k.factor + j }
    }
    cases.ships("subclass behind its superclass") {
      let k: Base = opaque(Derived(3)), j = opaque(2)
      try await $0.compare { Int($0.miles) * k.value() + j }
    }
    cases.ships("private Codable class") {
      let k = opaque(PrivateCoded(3))
      try await $0.compare { $0.fare * k.factor }
    }
    cases.ships("generic class that captures itself") {
      let g = opaque(GenericBox(2.5))
      try await $0.expect(g.run($0) { $0 * 2 }, trips { "\($0.fare + 5)" })
    }
    cases.fails("object of a class that is not Codable", "Unshipped") {
      let k = opaque(Unshipped(3))
      try await $0.compare { $0.fare * k.factor }
    }
    cases.fails("object that is not Codable beside another capture", "Unshipped") {
      let k = opaque(Unshipped(3)), j = opaque(2.0)
      try await $0.compare { $0.fare * k.factor + j }
    }
    cases.fails("actor", "Counter") {
      let c = opaque(Counter()), j = opaque(2.0)
      try await $0.compare { "\(c)\($0.fare * j)" }
    }
  }

  static func addReferences(to cases: inout MatrixCases) {
    cases.fails("weak reference", "weak") {
      let k = opaque(Coded(3)), j = opaque(2.0)
      try await $0.compare { [weak k] in $0.fare * (k?.factor ?? 0) + j }
    }
    cases.fails("unowned reference", "unowned") {
      let k = opaque(Coded(3)), j = opaque(2.0)
      try await $0.compare { [unowned k] in $0.fare * k.factor + j }
    }
  }

  static func addEnumerations(to cases: inout MatrixCases) {
    cases.ships("enum with payload") {
      let m = opaque(Mode.scaled(by: 2, name: "q"))
      try await $0.compare { trip -> Double in
        switch m {
        case .flat(let d): d
        case .scaled(let b, let n): trip.fare * b + Double(n.count)
        case .none: 0
        }
      }
    }
    cases.ships("enum without payload") {
      let m = opaque(Letter.b)
      try await $0.compare { m == .b ? $0.fare : 0 }
    }
    cases.ships("enum that is not Codable but laid out") {
      let m = opaque(Uncoded.number(3))
      try await $0.compare { trip -> Double in
        if case .number(let i) = m { return Double(i) + trip.fare } else { return 0 }
      }
    }
  }

  static func addMutables(to cases: inout MatrixCases) {
    cases.ships("variable in a capture list") {
      var v = opaque(2.0)
      v += 1
      try await $0.compare { [v] in $0.fare * v }
    }
    cases.ships("variable in a box") { try await $0.compare(boxed()) }
    cases.ships("two variables in boxes") { try await $0.compare(boxedTwice()) }
    cases.ships("variables of a generic type in boxes") {
      try await $0.compare(boxedGeneric(opaque(Tariff(rate: 2, name: "n", isOn: true, limit: 7))))
    }
    cases.ships("fields of self") { try await opaque(Scorer(weight: 3, tag: "tt")).compareFields($0) }
    cases.ships("self") { try await opaque(Scorer(weight: 3, tag: "tt")).compareSelf($0) }
  }

  static func addExistentials(to cases: inout MatrixCases) {
    cases.ships("opaque type") {
      let s = someShape()
      try await $0.compare { $0.fare * s.area() }
    }
    cases.ships("existential of a Codable type") {
      let s: any Shape = opaque(Square(side: 3))
      try await $0.compare { $0.fare * s.area() }
    }
    cases.ships("existential of a laid-out type") {
      let s: any Shape = opaque(UncodedSquare(side: 3))
      try await $0.compare { $0.fare * s.area() }
    }
    cases.ships("opened existential") {
      let s: any Shape = opaque(UncodedSquare(side: 3))
      try await $0.expect(areas(s, $0), trips { "\($0.fare * 9)" })
    }
    cases.ships("Any") {
      let s: any Sendable = opaque(7)
      try await $0.compare { "\(s)\($0.fare)" }
    }
    cases.ships("metatype behind an existential") {
      let t: any (Codable & SendableMetatype).Type = opaque(Tariff.self)
      try await $0.compare { "\(t)\($0.zone)" }
    }
    cases.ships("metatype of a class") {
      let t: Base.Type = opaque(Derived.self), k = opaque(2)
      try await $0.compare { "\(t)\($0.zone)\(k)" }
    }
    cases.fails("existential of a class that is not Codable", "Unshipped") {
      let s: any Sendable = opaque(Unshipped(2))
      try await $0.compare { "\(s)\($0.fare)" }
    }
  }
}

@inline(never) @_semantics("optimize.sil.specialize.generic.never")
private func areas<S: Shape>(_ shape: S, _ rig: MatrixRig) async throws -> [String] {
  try await rig.remote(MatrixRig.trips) { $0.fare * shape.area() }
}

private final class PrivateCoded: Codable, Sendable {
  let factor: Double
  init(_ factor: Double) { self.factor = factor }
}

final class GenericBox<Value: Codable & Sendable>: Codable, Sendable {
  let value: Value
  init(_ value: Value) { self.value = value }

  func run(_ rig: MatrixRig, _ function: @escaping @Sendable (Value) -> Double) async throws -> [String] {
    try await rig.remote(MatrixRig.trips) { $0.fare + function(self.value) }
  }
}

struct Scorer: Codable, Sendable {
  var weight: Double
  var tag: String

  func score(_ trip: Trip) -> Double { trip.fare * weight + Double(tag.count) }
  func compareFields(_ rig: MatrixRig) async throws {
    try await rig.compare { trip in trip.fare * weight + Double(tag.count) }
  }
  func compareSelf(_ rig: MatrixRig) async throws { try await rig.compare { trip in self.score(trip) } }
  static func fixed(_ trip: Trip) -> Double { trip.fare + 0.5 }
}
