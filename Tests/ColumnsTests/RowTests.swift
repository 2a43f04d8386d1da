import FlintColumns
import FlintCore
import FlintLayout
import Testing

/// Rows of users' types as columns and back.
@Suite("Rows and columns")
struct RowTests {
  let memory = ColumnMemory(budget: MemoryBudget(limit: .mebibytes(256)))

  struct Place: Equatable, Sendable {
    var zone: Int16
    var name: String
  }

  struct Trip: Equatable, Sendable {
    var id: Int
    var fare: Double
    var isPaid: Bool
    var from: Place
    var card: String?
    var tip: Float?
    var day: Day
    var start: Timestamp
    var rating: Int8?
  }

  static func trips(_ count: Int) -> [Trip] { (0..<count).map(trip) }

  private static func trip(_ number: Int) -> Trip {
    let place = Place(zone: Int16(number % 300), name: "zone \(number % 7) zürich, a longer one")
    let card: String? = number % 5 == 0 ? nil : "card \(number)"
    let tip: Float? = number % 4 == 0 ? nil : Float(number)
    let rating: Int8? = number % 6 == 0 ? nil : Int8(number % 5)
    let start = Timestamp(microseconds: Int64(number) * 1_000_003)
    return Trip(
      id: number << 33, fare: Double(number) / 4, isPaid: number % 3 == 0, from: place, card: card, tip: tip,
      day: Day(daysSinceEpoch: Int32(number)), start: start, rating: rating)
  }

  @Test("rows become columns and come back", arguments: [0, 1, 7, 8, 63, 64, 1000])
  func roundTrip(count: Int) throws {
    let kernels = Kernels(memory)
    let trips = Self.trips(count)
    let batch = try kernels.batch(trips)
    #expect(batch.length == count)
    #expect(batch.schema.description.hasPrefix("id bigint not null, fare double not null, isPaid boolean not null, "))
    #expect(try kernels.rows(batch, as: Trip.self) == trips)
    if count > 4 {
      #expect(batch.columns[4].nullCount == (count + 4) / 5)
      let some = batch.slice(3..<count).selecting(try Selection([0, 1], memory))
      #expect(try kernels.rows(some, as: Trip.self) == Array(trips[3..<5]))
    }
  }

  struct Account: Equatable, Sendable {
    var balance: Decimal
    var limit: Decimal?
    var isOpen: Bool?
    var tags: [String]
    var scores: [Int?]
    var history: [[Double]]?
    var home: Place?
    var rates: [Decimal]
  }

  private static func account(_ number: Int) -> Account {
    let limit: Decimal? = number % 3 == 0 ? nil : Decimal(unscaled: Int128(number * 1000 + 5), scale: number % 4)
    let isOpen: Bool? = number % 4 == 0 ? nil : number % 2 == 0
    let scores: [Int?] = (0..<number % 4).map { $0 % 2 == 0 ? nil : $0 * number }
    let history: [[Double]]? = number % 5 == 0 ? nil : (0..<number % 3).map { [Double](repeating: 0.5, count: $0) }
    let home: Place? = number % 2 == 0 ? nil : Place(zone: Int16(number % 300), name: "zürich \(number)")
    return Account(
      balance: Decimal(unscaled: Int128(number) * -7, scale: 2), limit: limit, isOpen: isOpen,
      tags: (0..<number % 3).map { "tag \($0) of \(number)" }, scores: scores, history: history, home: home,
      rates: (0..<number % 2).map { Decimal(unscaled: Int128($0 + number), scale: 1) })
  }

  @Test("decimals, lists and optionals of both", arguments: [0, 1, 9, 64, 501])
  func nested(count: Int) throws {
    let kernels = Kernels(memory)
    let accounts = (0..<count).map(Self.account)
    let batch = try kernels.batch(accounts)
    #expect(
      batch.schema.description == """
        balance decimal(38,18) not null, limit decimal(38,18), isOpen boolean, tags array<string> not null, \
        scores array<bigint> not null, history array<array<double>>, home struct<zone:smallint,name:string>, \
        rates array<decimal(38,18)> not null
        """)
    #expect(try kernels.rows(batch, as: Account.self) == accounts)
    guard count > 8 else { return }
    // Decimals of other digits are decimals too, and parts of a batch are rows.
    let cents = try kernels.cast(batch.columns[0], to: .decimal(precision: 12, scale: 2))
    let fields = [Field("balance", cents.type)] + batch.schema.fields.dropFirst()
    let others = Batch(Schema(fields), [cents] + batch.columns.dropFirst(), length: count).slice(3..<count)
    #expect(try kernels.rows(others, as: Account.self) == Array(accounts[3...]))
    let huge = #expect(throws: FlintError.self) { try kernels.batch([Decimal(unscaled: Int128(10) << 100, scale: 0)]) }
    #expect(huge?.code == .arithmeticOverflow)
    let missing = #expect(throws: FlintError.self) {
      try kernels.rows(try kernels.batch([[1, nil]] as [[Int?]]), as: [Int].self)
    }
    #expect(missing?.code == .layoutMismatch)
  }

  @Test("single values and tuples are rows too")
  func singles() throws {
    let kernels = Kernels(memory)
    #expect(try kernels.rows(try kernels.batch([3, 1, 2]), as: Int.self) == [3, 1, 2])
    #expect(try kernels.batch(["a", "b"]).schema == Schema([Field("value", .string, isNullable: false)]))
    let pairs = try kernels.batch([("a", 1), ("b", 2)])
    #expect(pairs.schema.fields.map(\.name) == ["_1", "_2"])
    #expect(try kernels.rows(pairs, as: (String, Int).self).map(\.1) == [1, 2])
  }

  @Test("what has no column is refused, and columns of other rows too")
  func refusals() throws {
    let kernels = Kernels(memory)
    #expect(throws: FlintError.self) { try kernels.batch([["a": 1]]) }
    #expect(throws: FlintError.self) { try kernels.batch([[Place(zone: 1, name: "a")]]) }
    #expect(throws: FlintError.self) { try kernels.batch([UInt64(1)]) }
    let batch = try kernels.batch([1, nil, 3] as [Int?])
    let error = #expect(throws: FlintError.self) { try kernels.rows(batch, as: Int.self) }
    #expect(error?.code == .layoutMismatch)
    #expect(throws: FlintError.self) { try kernels.rows(batch, as: String.self) }
  }
}
