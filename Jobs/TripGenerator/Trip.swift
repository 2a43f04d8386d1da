import Flint

/// One trip of a taxi.
struct Trip {
  var vendor: Int32?
  var pickup: Timestamp
  var dropoff: Timestamp
  var flag: String
  var rate: Int32
  var from: Int32
  var to: Int32
  var passengers: Int32?
  var distance: Double
  var fare: Double
  var extra: Double
  var tax: Double
  var tip: Double
  var tolls: Double
  var hailFee: Double?
  var improvement: Double
  var total: Double
  var payment: Int32
  var kind: Int32
  var congestion: Double?

  init(number: Int, month: Int, seed: UInt64) {
    var dice = Dice(seed: seed, number: number)
    vendor = dice.roll(7) == 0 ? nil : Int32(1 + dice.roll(2))
    // The clocks of some taxis are years off.
    let years: [UInt64: Int] = [0: -12, 1: -11, 2: 21]
    let start = Days.ofMonth(month, in: 2020 + (years[dice.roll(1000)] ?? 0))
    let seconds = Int64(start) * 86_400 + Int64(dice.roll(UInt64(28 * 86_400)))
    pickup = Timestamp(microseconds: seconds * 1_000_000)
    let duration = Int64(60 + dice.roll(5400))
    dropoff = Timestamp(microseconds: (seconds + duration) * 1_000_000)
    flag = dice.roll(50) == 0 ? "Y" : "N"
    rate = Int32(1 + dice.roll(6))
    from = Int32(1 + dice.roll(265))
    to = Int32(1 + dice.roll(265))
    passengers = dice.roll(12) == 0 ? nil : Int32(dice.roll(7))
    distance = dice.amount(from: 0, to: 20)
    fare = dice.amount(from: dice.roll(200) == 0 ? -50 : 3, to: 60)
    extra = Double(dice.roll(3)) / 2
    tax = 0.5
    tip = dice.roll(3) == 0 ? 0 : dice.amount(from: 0, to: 12)
    tolls = dice.roll(20) == 0 ? 6.12 : 0
    hailFee = nil
    improvement = 0.3
    congestion = dice.roll(4) == 0 ? nil : 2.5
    total = fare + extra + tax + tip + tolls + improvement + (congestion ?? 0)
    payment = Int32(1 + dice.roll(4))
    kind = Int32(1 + dice.roll(2))
  }
}

/// Days of the calendar.
enum Days {
  private static let before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]

  /// Days from 1970-01-01 to the first of a month.
  static func ofMonth(_ month: Int, in year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let leapDays = (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400 - (1969 / 4 - 1969 / 100 + 1969 / 400)
    return (year - 1970) * 365 + leapDays + before[month - 1] + (isLeap && month > 2 ? 1 : 0)
  }
}
