extension MatrixCase {
  static func addValues(to cases: inout MatrixCases) {
    cases.ships("no capture") { try await $0.compare { $0.fare * 2 } }
    cases.ships("Int") {
      let k = opaque(3)
      try await $0.compare { $0.fare * Double(k) }
    }
    cases.ships("Double") {
      let k = opaque(3.25)
      try await $0.compare { $0.fare * k }
    }
    cases.ships("small String") {
      let k = opaque("ab")
      try await $0.compare { $0.zone + k }
    }
    cases.ships("large String") {
      let k = opaque(String(repeating: "héllo", count: 20))
      try await $0.compare { $0.zone + k }
    }
    cases.ships("folded constant") {
      let k = 2.5
      try await $0.compare { $0.fare * k }
    }
    cases.ships("not a number") {
      let k = opaque(Double.nan), a = opaque([Double.infinity, 2])
      try await $0.compare { "\($0.fare * k) \(a)" }
    }
    cases.ships("tuple") {
      let t = opaque((1, "a", 2.5))
      try await $0.compare { "\(t)\($0.zone)" }
    }
    cases.ships("labelled tuple as a generic argument") {
      let t = opaque((x: 1, y: "a"))
      try await $0.expect(sameMapping(t, $0), trips("1 a"))
    }
    cases.ships("optional value") {
      let m = opaque(Optional(2.5))
      try await $0.compare { $0.fare * (m ?? 1) }
    }
    cases.ships("optional nil") {
      let m = opaque(Double?.none)
      try await $0.compare { $0.fare * (m ?? 1) }
    }
    cases.ships("unit") {
      let u: Void = opaque(()), k = opaque(2)
      try await $0.compare { "\(u)\(k)\($0.zone)" }
    }
  }

  static func addTypes(to cases: inout MatrixCases) {
    cases.ships("struct") {
      let c = opaque(Tariff(rate: 2, name: "n", isOn: true, limit: 7))
      try await $0.compare { "\(c)\($0.zone)" }
    }
    cases.ships("one field of a struct") {
      let c = opaque(Tariff(rate: 2, name: "n", isOn: true, limit: 7))
      try await $0.compare { $0.fare * c.rate }
    }
    cases.ships("private struct") {
      let c = opaque(PrivateStruct(number: 4))
      try await $0.compare { $0.fare * Double(c.number) }
    }
    cases.ships("struct local to a function") {
      struct Local: Codable, Sendable { var number: Int }
      let c = opaque(Local(number: 4))
      try await $0.compare { $0.fare * Double(c.number) }
    }
    cases.ships("struct with otherwise unused metadata") {
      let c = opaque(UnusedValue(number: 4, factor: 1))
      try await $0.compare { $0.fare * Double(c.number) + c.factor }
    }
    cases.ships("struct with unused metadata, made in place") {
      let c = UnusedPlain(number: opaque(4), factor: opaque(1))
      try await $0.compare { $0.fare * Double(c.number) + c.factor }
    }
    cases.ships("struct with unused metadata, printed only") {
      let c = UnusedPrinted(number: opaque(4), factor: opaque(1))
      try await $0.compare { "\($0.fare) \(c)" }
    }
    cases.ships("struct with unused metadata, optional") {
      let c: UnusedOptional? = opaque(2) > 1 ? UnusedOptional(number: opaque(4), factor: opaque(1)) : nil
      try await $0.compare { $0.fare * (c?.factor ?? 1) }
    }
    cases.ships("struct with unused metadata, in an array") {
      let c = [UnusedElement(number: opaque(4), factor: opaque(1))]
      try await $0.compare { $0.fare * c[0].factor }
    }
    cases.ships("enum with unused metadata") {
      let n = opaque(2.0)
      let m = n > 1 ? UnusedMode.scaled(n, 3) : .flat(n)
      try await $0.compare { trip -> Double in
        switch m {
        case .flat(let d): d
        case .scaled(let b, let i): trip.fare * b + Double(i)
        case .none: 0
        }
      }
    }
    cases.ships("public struct") {
      let c = opaque(PublicValue(number: 4, factor: 1))
      try await $0.compare { $0.fare * Double(c.number) + c.factor }
    }
    cases.ships("struct that is not Codable but laid out") {
      let c = opaque(Plain(number: 1, text: "x"))
      try await $0.compare { "\(c)\($0.zone)" }
    }
    cases.fails("struct that holds a function", "HoldsFunction") {
      let k = opaque(2.0)
      let h = opaque(HoldsFunction { $0 * k })
      try await $0.compare { h.call($0.fare) }
    }
  }

  static func addCollections(to cases: inout MatrixCases) {
    cases.ships("array") {
      let a = opaque([1, 2, 3])
      try await $0.compare { a[Int($0.miles) % 3] }
    }
    cases.ships("empty array") {
      let a = opaque([Int]())
      try await $0.compare { a.count + Int($0.miles) }
    }
    cases.ships("array of structs") {
      let a = opaque([Tariff(rate: 1, name: "x", isOn: false, limit: nil)])
      try await $0.compare { $0.fare + a[0].rate }
    }
    cases.ships("array that is a constant of the image") {
      let a = [10, 20, 30]
      try await $0.compare { a[Int($0.miles) % 3] }
    }
    cases.ships("array in a struct") {
      let a = opaque(Numbers(values: [4, 5]))
      try await $0.compare { a.values[Int($0.miles) % 2] }
    }
    cases.ships("optional array") {
      let a = opaque(Optional([4, 5]))
      try await $0.compare { (a ?? [])[Int($0.miles) % 2] }
    }
    cases.ships("array of structs that are not Codable") {
      let a = opaque([Plain(number: 1, text: "q")])
      try await $0.compare { a[0].number + Int($0.miles) }
    }
    cases.ships("dictionary") {
      let a = opaque(["z1": 1.5, "z2": 2.5])
      try await $0.compare { a[$0.zone] ?? -1 }
    }
    cases.ships("large dictionary") {
      let a = opaque(Dictionary(uniqueKeysWithValues: (0..<5000).map { ("z\($0)", $0) }))
      try await $0.compare { a[$0.zone] ?? -1 }
    }
    cases.ships("empty dictionary") {
      let a = opaque([String: Int]())
      try await $0.compare { a[$0.zone] ?? -1 }
    }
    cases.ships("set") {
      let a = opaque(Set(["z1", "z0"]))
      try await $0.compare { a.contains($0.zone) }
    }
    cases.ships("empty set") {
      let a = opaque(Set<String>())
      try await $0.compare { a.contains($0.zone) }
    }
    cases.ships("array of arrays") {
      let a = opaque([[1, 2], [], [3]])
      try await $0.compare { a[Int($0.miles) % 3].count }
    }
  }

  static func addMixtures(to cases: inout MatrixCases) {
    cases.ships("several captures with different alignments") {
      let b = opaque(true), i = opaque(7), c = opaque(UInt8(3)), d = opaque(2.5), f = opaque(Float(1.5)),
        s = opaque("str"), o = opaque(Int32?(9)), u = opaque(Int16(-2))
      try await $0.compare { "\(b)\(i)\(c)\(d)\(f)\(s)\(o as Any)\(u)\($0.zone)" }
    }
    cases.ships("capture aligned to 32 bytes") {
      let v = opaque(SIMD4<Double>(1, 2, 3, 4)), b = opaque(true)
      try await $0.compare { b ? v.sum() * $0.fare : 0 }
    }
    cases.ships("bytes and a wide integer") {
      let d = opaque(Int128(5)), b = opaque([UInt8]([1, 2]))
      try await $0.compare { "\(d)\(b.count)\($0.zone)" }
    }
  }
}

private struct PrivateStruct: Codable, Sendable { var number: Int }
struct UnusedPrinted: Codable, Sendable {
  var number: Int
  var factor: Double
}
