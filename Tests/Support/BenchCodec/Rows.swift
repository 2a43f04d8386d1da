// The rows of the benchmark, and the same as objects, which have no layout.

struct Numbers {
  var a: Int64
  var b: Int64
  var c: Int64
  var d: Int64
  var e: Int64
}

typealias Pair = (name: String, count: Int)

/// The same with names for Codable, which tuples do not have.
struct NamedPair: Codable {
  let name: String
  let count: Int

  init(_ pair: Pair) {
    name = pair.name
    count = pair.count
  }
}

struct Trip: Codable {
  var zone: Int32
  var fare: Double
  var flag: String
  var tip: Double?
  var isShared: Bool
}

final class TripObject: Codable {
  let zone: Int32
  let fare: Double
  let flag: String
  let tip: Double?
  let isShared: Bool

  init(_ trip: Trip) {
    zone = trip.zone
    fare = trip.fare
    flag = trip.flag
    tip = trip.tip
    isShared = trip.isShared
  }
}

enum Samples {
  static let numbers: [Numbers] = (0..<4096).map { (index: Int64) -> Numbers in
    Numbers(a: index, b: index &* 3, c: -index, d: index << 20, e: index ^ 0x5555)
  }
  /// Keys of 6 to 13 bytes.
  static let pairs: [Pair] = (0..<4096).map { (index: Int) -> Pair in
    let filling = String(repeating: "x", count: index % 8)
    return ("key-\(filling)\(index % 90 + 10)", index)
  }
  static let trips: [Trip] = (0..<4096).map { (index: Int) -> Trip in
    var trip = Trip(zone: Int32(index % 265), fare: Double(index) / 4, flag: "Y", tip: nil, isShared: index % 2 == 0)
    if index % 3 > 0 { trip.flag = "store and forward" }
    if index % 4 > 0 { trip.tip = Double(index % 16) }
    return trip
  }
}
