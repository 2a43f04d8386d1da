import Foundation
import FlintLayout

// Structs as users write them.

enum Kind: UInt8, Codable { case taxi, bus, metro }

package struct Trip: Equatable, Codable {
  package var zone: Int32
  package var fare: Double
  package var flag: String
  package var tip: Double?
  package var tags: [String]
  var kind: Kind

  package static func random(_ generator: inout Generator) -> Trip {
    Trip(
      zone: generator.number(), fare: generator.double(), flag: generator.text(), tip: generator.maybe { $0.double() },
      tags: generator.array { $0.text() }, kind: generator.one(of: [.taxi, .bus, .metro]))
  }
}

struct Plain: Equatable {
  var a: Int64
  var b: Double
  var c: UInt64
  var d: Int64
  var e: Double

  init(_ generator: inout Generator) {
    a = generator.number()
    b = generator.double()
    c = generator.number()
    d = generator.number()
    e = generator.double()
  }
}

struct Padded: Equatable {
  var a: UInt8
  var b: Int32
  var c: Bool
  var d: Int16
  var e: Double

  init(_ generator: inout Generator) {
    a = generator.number()
    b = generator.number()
    c = generator.coin()
    d = generator.number()
    e = generator.double()
  }
}

struct Integers: Equatable {
  var a: Int8
  var b: UInt16
  var c: Int128
  var d: UInt128
  var e: Float
  var f: SIMD4<Float>

  init(_ generator: inout Generator) {
    a = generator.number()
    b = generator.number()
    c = Int128(generator.number(Int64.self))
    d = UInt128(generator.next())
    e = Float(generator.below(99))
    f = SIMD4(repeating: Float(generator.below(99)))
  }
}

struct Point<Value: Equatable & Sendable>: Equatable, Sendable {
  var x: Value
  var y: Value
}

typealias Tuple = (key: Point<String>, (Double, Int8))

struct Hidden: Equatable {
  private var time: Double
  private var zone: Int16

  init(_ generator: inout Generator) {
    time = generator.double()
    zone = generator.number()
  }
}

struct Outer: Equatable {
  struct Inner: Equatable {
    var number: Int8
    var text: String?
    fileprivate var kind: Kind?

    init(_ generator: inout Generator) {
      number = generator.number()
      text = generator.maybe { $0.text() }
      kind = generator.maybe { $0.one(of: [.taxi, .bus, .metro]) }
    }
  }

  var first: Inner
  var second: Inner?
  var list: [Inner]

  init(_ generator: inout Generator) {
    first = Inner(&generator)
    second = generator.maybe { Inner(&$0) }
    list = generator.array { Inner(&$0) }
  }
}

struct Tree: Equatable {
  var value: Int
  var children: [Tree]

  init(_ generator: inout Generator, height: Int) {
    value = generator.number()
    children = height == 0 ? [] : generator.array(upTo: 4) { Tree(&$0, height: height - 1) }
  }
}

struct Optionals: Equatable {
  var a: Int??
  var b: Bool?
  var c: String??
  var d: [Int]?
  var e: Kind?
  var f: Point<Float>?
  var g: Int16?

  init(_ generator: inout Generator) {
    a = generator.one(of: [nil, .some(nil), .some(.some(generator.number()))])
    b = generator.maybe { $0.coin() }
    c = generator.one(of: [nil, .some(nil), .some(.some(generator.text()))])
    d = generator.maybe { $0.array { $0.number() } }
    e = generator.maybe { $0.one(of: [.taxi, .bus, .metro]) }
    f = generator.maybe { Point(x: Float($0.below(1000)), y: Float($0.below(1000))) }
    g = generator.maybe { $0.number() }
  }
}

struct Collections: Equatable {
  var a: [String: Int]
  var b: [Int: [String]]
  var c: Set<Int>
  var d: [String: [String: Double]]?

  init(_ generator: inout Generator) {
    a = generator.dictionary({ $0.text() }, { $0.number() })
    b = generator.dictionary({ $0.number() }, { $0.array { $0.text() } })
    c = Set(generator.array { $0.number() })
    d = generator.maybe { $0.dictionary({ $0.text() }, { $0.dictionary({ $0.text() }, { $0.double() }) }) }
  }
}

@propertyWrapper struct Clamped: Equatable {
  var wrappedValue: Int
}

struct Wrapped: Equatable {
  @Clamped var number: Int
  let text: String
}

struct Empty: Equatable {}

struct AroundEmpty: Equatable {
  var a = Empty()
  var number: Int16
  var b = Empty()
}

/// The column types that are Flint's own.
struct Columns: Equatable {
  var price: FlintLayout.Decimal
  var day: Day
  var time: Timestamp
  var identifier: FlintLayout.UUID
  var scalar: Unicode.Scalar
  var character: Character
  var part: Substring
  var range: Range<Int>
  var closed: ClosedRange<String>
  var duration: Duration

  init(_ generator: inout Generator) {
    price = Decimal(unscaled: Int128(generator.number(Int64.self)), scale: generator.below(39))
    day = Day(daysSinceEpoch: generator.number())
    time = Timestamp(microseconds: generator.number())
    identifier = UUID(high: generator.next(), low: generator.next())
    scalar = generator.one(of: ["a", "é", "日", "\u{10FFFF}"])
    character = generator.one(of: ["a", "e\u{301}", "👨‍👩‍👧", "日"])
    part = ("before " + generator.text()).dropFirst(7)
    let bounds = [generator.number(Int.self), generator.number()].sorted()
    range = bounds[0]..<bounds[1]
    let texts = [generator.text(), generator.text()].sorted()
    closed = texts[0]...texts[1]
    duration = .nanoseconds(generator.number(Int64.self))
  }
}

/// Foundation's types: two known by their bytes, the others by their own Codable.
struct FromFoundation: Equatable {
  var date: Date
  var identifier: Foundation.UUID
  var data: Data
  var link: URL?
  var price: Foundation.Decimal

  init(_ generator: inout Generator) {
    date = Date(timeIntervalSince1970: Double(generator.number(Int32.self)))
    identifier = Foundation.UUID(uuid: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, generator.number()))
    data = Data(generator.array(upTo: 40) { $0.number() })
    link = generator.maybe { URL(string: "https://example.org/\($0.below(1000))") } ?? nil
    price = Foundation.Decimal(generator.below(1_000_000)) / 100
  }
}
