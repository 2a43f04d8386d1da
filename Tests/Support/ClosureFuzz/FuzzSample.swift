import FlintClosures
import FlintCore

/// One valid encoding, and how to decode what becomes of it.
struct FuzzSample {
  let bytes: [UInt8]
  private let decode: ([UInt8]) throws -> Void

  private init<Closure: Sendable>(_ closure: Closure) throws {
    bytes = try ShippedClosure.encode(closure)
    decode = { _ = try ShippedClosure.decode($0, as: Closure.self) }
  }

  /// The code of the error, or `decoded`.
  func outcome(of input: [UInt8]) -> String {
    do {
      try decode(input)
      return "decoded"
    } catch let error as FlintError {
      // Which build-id was not found differs each time.
      return error.code == .differentBuild ? error.code.rawValue : "\(error.code.rawValue): \(error.why ?? error.what)"
    } catch {
      return "unexpected \(error)"
    }
  }

  /// Bytes of the head: magic, and the images with name and build-id.
  static func headSize(_ bytes: [UInt8]) -> Int {
    var place = 5
    for _ in 0..<bytes[4] {
      place += 4 + Int(bytes[place])
      place += 1 + Int(bytes[place])
    }
    return place
  }

  struct Mapping<Row, Result>: Sendable { let call: @Sendable (Row) -> Result }
  struct AsyncMapping<Row, Result>: Sendable { let call: @Sendable (Row) async throws -> Result }

  struct Trip: Codable, Sendable, Hashable {
    var fare: Double
    var zone: String
    var limit: Int?
  }
  enum Mode: Sendable, Hashable {
    case flat(Double)
    case named(String, Int)
  }
  final class Coded: Codable, Sendable {
    let names: [String]
    init(_ names: [String]) { self.names = names }
  }

  static func all() throws -> [FuzzSample] {
    let trip = Trip(fare: 2.5, zone: "a zone with a longer name", limit: nil)
    let inner = Mapping<Int, Int> { $0 + trip.zone.count }.call
    let optional: (@Sendable (Int) -> Int)? = inner
    let path: any KeyPath<Trip, Int> & Sendable = \.zone.count
    let anything: any Sendable = trip
    let metatype: any (Codable & SendableMetatype).Type = Trip.self
    let modes: [String: Mode] = ["a": .flat(2), "b": .named("x", 3)]
    let coded = Coded(["one", "two"])
    let set = Set([1, 2, 3])
    return [
      try FuzzSample(Mapping<Int, Int> { $0 + 1 }),
      try FuzzSample(Mapping<Double, Double> { $0 * trip.fare + Double(set.count) }),
      try FuzzSample(Mapping<Int, String> { "\(trip)\($0)" }),
      try FuzzSample(Mapping<Int, Int> { inner($0) * 2 + (optional?($0) ?? 0) }),
      try FuzzSample(Mapping<Trip, Int> { $0[keyPath: path] + trip.zone.count }),
      try FuzzSample(Mapping<Trip, Int> { $0[keyPath: path] }),
      try FuzzSample(Mapping<Int, String> { "\(anything)\(metatype)\($0)" }),
      try FuzzSample(Mapping<String, Int> { modes[$0].map { "\($0)".count } ?? set.count }),
      try FuzzSample(Mapping<Int, Int> { coded.names.count + $0 }),
      try FuzzSample(Mapping<Int, Int> { coded.names.count + $0 + set.count }),
      try FuzzSample(Mapping<Int, Bool> { set.contains($0) }),
      try FuzzSample(generic([trip])),
      try FuzzSample(generic((1, "a"))),
      try FuzzSample(hashed([Optional(1), nil])),
      try FuzzSample(AsyncMapping<Int, Int> { inner($0) }),
    ]
  }

  @inline(never)
  @_semantics("optimize.sil.specialize.generic.never")
  private static func generic<Value: Sendable>(_ value: Value) -> Mapping<Int, String> { Mapping { "\(value)\($0)" } }

  @inline(never)
  @_semantics("optimize.sil.specialize.generic.never")
  private static func hashed<Value: Hashable & Sendable>(_ value: Value) -> Mapping<Int, String> {
    Mapping { "\(Set([value]))\($0)" }
  }
}
