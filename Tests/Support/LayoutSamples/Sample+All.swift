import Foundation

extension Sample {
  /// Every sample.
  package static let all: [Sample] = leaves + records + tuples + enumerations + collections + references

  private static let leaves: [Sample] = [
    Sample("Int") { $0.number(Int.self) },
    Sample("UInt8") { $0.number(UInt8.self) },
    Sample("Int128") { Int128($0.number(Int64.self)) << 40 },
    Sample("Double") { $0.double() },
    Sample("Bool") { $0.coin() },
    Sample("String") { $0.text() },
    Sample("Substring") { $0.text().dropFirst() },
    Sample("Character") { $0.one(of: ["a", "é", "👨‍👩‍👧"] as [Character]) },
    Sample("Unicode.Scalar") { $0.one(of: ["a", "é", "😀"] as [Unicode.Scalar]) },
    Sample("Bool?") { $0.maybe { $0.coin() } },
    Sample("Int?") { $0.maybe { $0.number(Int.self) } },
    Sample("String?") { $0.maybe { $0.text() } },
    Sample("Trip??") { $0.one(of: [Trip??.none, .some(nil), .some(.some(Trip.random(&$0)))]) },
    Sample("Range<Double>") { 0..<Double($0.below(9)) },
  ]

  private static let records: [Sample] = [
    Sample("Trip") { Trip.random(&$0) },
    Sample("Plain") { Plain(&$0) },
    Sample("Padded") { Padded(&$0) },
    Sample("Integers") { Integers(&$0) },
    Sample("Point<Float>") { Point(x: Float($0.below(99)), y: Float($0.below(99))) },
    Sample("Point<Point<String>>") {
      Point(x: Point(x: $0.text(), y: $0.text()), y: Point(x: $0.text(), y: $0.text()))
    },
    Sample("Hidden") { Hidden(&$0) },
    Sample("Outer") { Outer(&$0) },
    Sample("Tree") { Tree(&$0, height: 4) },
    Sample("Optionals") { Optionals(&$0) },
    Sample("Wrapped") { Wrapped(number: $0.number(), text: $0.text()) },
    Sample("Empty") { _ in Empty() },
    Sample("AroundEmpty") { AroundEmpty(number: $0.number()) },
    Sample("Columns") { Columns(&$0) },
    Sample("FromFoundation") { FromFoundation(&$0) },
  ]

  private static let tuples: [Sample] = [
    Sample("(String, Int)", pair, equal: samePair),
    Sample("Tuple", tuple, equal: sameTuple),
  ]

  private static func pair(_ generator: inout Generator) -> (String, Int) { (generator.text(), generator.number()) }

  private static func samePair(_ left: (String, Int), _ right: (String, Int)) -> Bool { left == right }

  private static func sameTuple(_ left: Tuple, _ right: Tuple) -> Bool {
    left.key == right.key && left.1 == right.1
  }

  private static func tuple(_ generator: inout Generator) -> Tuple {
    let key = Point(x: generator.text(), y: generator.text())
    return (key, (generator.double(), generator.number()))
  }

  private static let enumerations: [Sample] = [
    Sample("One") { _ in One.only },
    Sample("Colour") { $0.one(of: [Colour.red, .green, .blue]) },
    Sample("Many") { $0.one(of: Many.allCases) },
    Sample("Spaced") { $0.one(of: [Spaced.value($0.number()), .first, .second]) },
    Sample("Hiding") { $0.one(of: [Hiding.text($0.text()), .a, .b, .c]) },
    Sample("Shape") { Shape.random(&$0) },
    Sample("Pointers") { Pointers.random(&$0) },
    Sample("Small") { $0.one(of: [Small.flag($0.coin()), .kind(.blue), .byte($0.number())]) },
    Sample("Maybe<Trip>") { Maybe.random(&$0) { Trip.random(&$0) } },
    Sample("Maybe<Maybe<Bool>>") { Maybe.random(&$0) { Maybe.random(&$0) { $0.coin() } } },
    Sample("Result") {
      $0.coin() ? Result<String, SampleFailure>.success($0.text()) : .failure(SampleFailure(code: $0.number()))
    },
    Sample("Expression") { Expression.random(&$0, height: 4) },
    Sample("Chain") { Chain.random(&$0, length: 20) },
    Sample("Enumerations") { Enumerations(&$0) },
  ]

  private static let collections: [Sample] = [
    Sample("[Int32]") { $0.array { $0.number(Int32.self) } },
    Sample("[[String?]]") { $0.array { $0.array { $0.maybe { $0.text() } } } },
    Sample("[(Int8, [Bool])]", { $0.array { ($0.number(Int8.self), $0.array { $0.coin() }) } }) { left, right in
      left.elementsEqual(right) { $0 == $1 }
    },
    Sample("[Empty]") { $0.array { _ in Empty() } },
    Sample("[Int128]") { $0.array { Int128($0.number(Int64.self)) } },
    Sample("Set<String>") { Set($0.array { $0.text() }) },
    Sample("[String: Trip]") { $0.dictionary({ $0.text() }, { Trip.random(&$0) }) },
    Sample("Collections") { Collections(&$0) },
  ]

  private static let references: [Sample] = [
    Sample("Counter") { Counter(count: $0.number(), name: $0.text()) },
    Sample("Bus") { Bus(&$0) },
    Sample("Bus?") { $0.maybe { Bus(&$0) } },
    Sample("Fleet") { Fleet(&$0) },
    Sample("Label") { Label($0.maybe { $0.text() }) },
    Sample("Envelope") { Envelope($0.array { $0.maybe { Label($0.text()) } }) },
    Sample("Ledger") { Ledger(&$0) },
    Sample("Register") { Register(&$0) },
    Sample("Amount") { Amount(&$0) },
    Sample("Synthesised") { Synthesised(&$0) },
    Sample("Data") { Data($0.array(upTo: 50) { $0.number() }) },
    Sample("URL") { URL(fileURLWithPath: "/\($0.below(1000))") },
  ]
}

struct SampleFailure: Error, Equatable {
  var code: Int
}
