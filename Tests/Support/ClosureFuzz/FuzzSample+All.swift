// One sample of every kind of capture that the decoder knows.
extension FuzzSample {
  static func all() throws -> [FuzzSample] { try values() + objects() + generics() }

  private static let trip = Trip(fare: 2.5, zone: "a zone with a longer name", limit: nil)

  private static func values() throws -> [FuzzSample] {
    let trip = trip
    let inner = Mapping<Int, Int> { $0 + trip.zone.count }.call
    let optional: (@Sendable (Int) -> Int)? = inner
    let path: any KeyPath<Trip, Int> & Sendable = \.zone.count
    let anything: any Sendable = trip
    let metatype: any (Codable & SendableMetatype).Type = Trip.self
    let modes: [String: Mode] = ["a": .flat(2), "b": .named("x", 3)]
    let set = Set([1, 2, 3])
    return [
      try FuzzSample(Mapping<Int, Int> { $0 + 1 }),
      try FuzzSample(Mapping<Double, Double> { $0 * trip.fare + Double(set.count) }),
      try FuzzSample(Mapping<Int, String> { "\(trip)\($0)" }),
      try FuzzSample(Mapping<Int, Int> { inner($0) * 2 + (optional?($0) ?? 0) }),
      try FuzzSample(Mapping<Trip, Int> { $0[keyPath: path] + trip.zone.count }),
      try FuzzSample(Mapping<Int, String> { "\(anything)\(metatype)\($0)" }),
      try FuzzSample(Mapping<String, Int> { modes[$0].map { "\($0)".count } ?? set.count }),
      try FuzzSample(AsyncMapping<Int, Int> { inner($0) }),
    ]
  }

  private static func objects() throws -> [FuzzSample] {
    let coded = Coded(["one", "two"])
    let other = Other(["one", "two"])
    let set = Set([1, 2, 3])
    let path: any KeyPath<Trip, Int> & Sendable = \.zone.utf8.count
    return [
      try FuzzSample(Mapping<Int, Int> { coded.names.count + $0 }),
      try FuzzSample(Mapping<Int, Int> { coded.names.count + $0 + set.count }),
      try FuzzSample(Mapping<Int, Int> { other.names.count + $0 + set.count }),
      try FuzzSample(Mapping<Trip, Int> { $0[keyPath: path] }),
      try FuzzSample(element([1, 2, 3])),
      try FuzzSample(element([])),
      try FuzzSample(member(set)),
      try FuzzSample(boxed(2, trip.zone)),
    ]
  }

  private static func generics() throws -> [FuzzSample] {
    let anything: any Sendable = trip
    let metatype: any (Codable & SendableMetatype).Type = Trip.self
    return [
      try FuzzSample(generic([trip])),
      try FuzzSample(generic((1, "a"))),
      try FuzzSample(generic(anything)),
      try FuzzSample(generic(metatype)),
      try FuzzSample(hashed([Optional(1), nil])),
      try FuzzSample(genericBox([1, 2])),
      try FuzzSample(shared(Coded(["one", "two"]), 2)),
      try FuzzSample(shared(Coded(["three"]), as: Trip.self)),
      try FuzzSample(first(of: [trip, trip])),
    ]
  }

  @inline(never)
  private static func element(_ numbers: [Int]) -> Mapping<Int, Int> { Mapping { numbers[$0] } }

  @inline(never)
  private static func member(_ numbers: Set<Int>) -> Mapping<Int, Bool> { Mapping { numbers.contains($0) } }

  @inline(never)
  @_semantics("optimize.sil.specialize.generic.never")
  private static func generic<Value: Sendable>(_ value: Value) -> Mapping<Int, String> { Mapping { "\(value)\($0)" } }

  @inline(never)
  @_semantics("optimize.sil.specialize.generic.never")
  private static func hashed<Value: Hashable & Sendable>(_ value: Value) -> Mapping<Int, String> {
    Mapping { "\(Set([value]))\($0)" }
  }

  /// A generic parameter that stands for a class, which no record says.
  @inline(never)
  @_semantics("optimize.sil.specialize.generic.never")
  private static func shared<Object: AnyObject & Sendable>(_ object: Object, _ number: Int) -> Mapping<Int, String> {
    Mapping { "\(ObjectIdentifier(object).hashValue + number)\($0)" }
  }

  /// The same in an optional and in a tuple, behind a parameter that stands for anything.
  @inline(never)
  @_semantics("optimize.sil.specialize.generic.never")
  private static func shared<Object: AnyObject & Sendable, Other>(
    _ object: Object, as _: Other.Type
  ) -> Mapping<Int, String> {
    let maybe: Object? = object
    let pair = (object, 2)
    return Mapping { "\(Other.self)\(maybe === pair.0)\(pair.1)\($0)" }
  }

  /// A type that depends on a generic parameter by the latter's conformance.
  @inline(never)
  @_semantics("optimize.sil.specialize.generic.never")
  private static func first<Values: Collection & Sendable>(of values: Values) -> Mapping<Int, String>
  where Values.Element: Sendable {
    let first = values.first
    return Mapping { "\(values.count)\(String(describing: first))\($0)" }
  }

  /// Variables, each of which lives in a box. No closure of the fuzzer is called, so nobody changes them.
  @inline(never)
  private static func boxed(_ number: Int, _ text: String) -> Mapping<Int, String> {
    var number = number
    var text = text
    let closure: (Int) -> String = {
      number += $0
      text += "!"
      return "\(number)\(text)"
    }
    return Mapping(call: unsafeBitCast(closure, to: (@Sendable (Int) -> String).self))
  }

  /// A variable of a type that only the caller knows: its box is of another kind.
  @inline(never)
  @_semantics("optimize.sil.specialize.generic.never")
  private static func genericBox<Value>(_ value: Value) -> Mapping<Int, String> {
    var values = [value]
    var last = value
    let closure: (Int) -> String = { _ in
      values.append(last)
      last = values[0]
      return "\(values)"
    }
    return Mapping(call: unsafeBitCast(closure, to: (@Sendable (Int) -> String).self))
  }
}
