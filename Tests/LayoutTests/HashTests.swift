import FlintCore
import FlintLayout
import Testing

@Suite("Hashes of rows")
struct HashTests {
  private enum Shape: Equatable {
    case point
    case circle(Double)
    case named(String, [Int])
  }

  private struct Trip: Equatable {
    var id: Int
    var zone: String
    var fare: Double?
    var tags: Set<String>
    var counts: [String: Int]
    var shape: Shape
    var legs: [(Int8, String)]
    var isPaid: Bool

    static func == (left: Trip, right: Trip) -> Bool { left.id == right.id }
  }

  private static func trip(_ id: Int) -> Trip {
    Trip(
      id: id, zone: String(repeating: "zone \(id) ", count: id % 5), fare: id % 3 == 0 ? nil : Double(id) / 7,
      tags: Set((0..<id % 7).map { "tag \($0)" }),
      counts: Dictionary(uniqueKeysWithValues: (0..<id % 9).map { ("key \($0)", $0 * id) }),
      shape: id % 3 == 0 ? .point : id % 3 == 1 ? .circle(Double(id)) : .named("shape \(id)", [id, id + 1]),
      legs: (0..<id % 4).map { (Int8($0), "leg \($0)") }, isPaid: id % 2 == 0)
  }

  private static func hashes<Row>(_ rows: [Row]) throws -> [UInt64] {
    let layout = try RowLayout.of(Row.self)
    return try rows.withUnsafeBufferPointer { rows in
      guard let start = rows.baseAddress else { return [] }
      return try layout.hashes(rows: start, count: rows.count)
    }
  }

  @Test("rows that went through bytes have the hashes that they had, and no two rows the same")
  func roundTrip() throws {
    let trips = (0..<2000).map(Self.trip)
    let hashes = try Self.hashes(trips)
    #expect(Set(hashes).count == trips.count)
    for form in BlockForm.allCases {
      let again: [Trip] = try RowBlock.decode(try RowBlock.encode(trips, form: form))
      #expect(try Self.hashes(again) == hashes)
    }
    let layout = try RowLayout.of(Trip.self)
    #expect(try layout.hashSum(trips.shuffled()) == hashes.reduce(0, &+))
    #expect(try layout.hashSum([Trip]()) == 0)
  }

  @Test("each field counts")
  func fields() throws {
    let changes: [(inout Trip) -> Void] = [
      { $0.id += 1 }, { $0.zone += "x" }, { $0.fare = 0 }, { $0.tags.insert("more") }, { $0.counts["more"] = 1 },
      { $0.counts["key 0"] = 5 }, { $0.shape = .circle(1) }, { $0.legs[1].1 = "leg" }, { $0.legs.removeLast() },
      { $0.isPaid.toggle() },
    ]
    let trip = Self.trip(3 * 5 * 7 + 6 + 12 * 9)
    let hashes = try Self.hashes(
      [trip]
        + changes.map { change in
          var changed = trip
          changed.legs = [(1, "a"), (2, "b")]
          changed.counts = ["key 0": 1]
          change(&changed)
          return changed
        })
    #expect(Set(hashes).count == hashes.count)
  }

  @Test("equal sets and dictionaries have one hash, whatever order they iterate in")
  func unordered() throws {
    var (few, many) = (Set<Int>(), Set<Int>(minimumCapacity: 4000))
    for number in 0..<100 {
      few.insert(number)
      many.insert(99 - number)
    }
    #expect(Array(few) != Array(many), "both iterate in one order, so that this shows nothing")
    #expect(try Set(Self.hashes([few, many])).count == 1)
    let pairs = few.map { ($0, "\($0)") }
    var larger = [Int: String](minimumCapacity: 4000)
    for (key, value) in pairs.reversed() { larger[key] = value }
    let dictionary = Dictionary(uniqueKeysWithValues: pairs)
    #expect(try Set(Self.hashes([dictionary, larger])).count == 1)
    // A value under another key is another dictionary.
    #expect(try Set(Self.hashes([[1: "a", 2: "b"], [1: "b", 2: "a"]])).count == 2)
  }

  @Test("texts of every length and every storage have the hash of their bytes")
  func texts() throws {
    for count in 0..<70 {
      let text = String((0..<count).map { Character(Unicode.Scalar(UInt8(97 + $0 % 26))) })
      var stored = String()
      stored.reserveCapacity(200)
      stored += text
      let padded = "xx" + text + "yy"
      let part = String(padded.dropFirst(2).dropLast(2))
      let hashes = try Self.hashes([text, stored, part])
      #expect(Set(hashes).count == 1, "\(count) bytes")
      if count > 0 { #expect(try Self.hashes([text + "a", text]).reduce(0, ^) != 0) }
    }
  }

  @Test("rows of plain numbers spread over all bits")
  func bits() throws {
    let hashes = try Self.hashes((0..<4096).map { ($0, $0 % 7) })
    #expect(Set(hashes).count == hashes.count)
    for bit in 0..<64 as Range<UInt64> {
      let set = hashes.count { $0 >> bit & 1 == 1 }
      #expect((1800...2300).contains(set), "bit \(bit) is set in \(set) of 4096")
    }
  }
}
