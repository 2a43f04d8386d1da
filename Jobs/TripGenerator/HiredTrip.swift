import Flint

/// One trip of a hired car.
struct HiredTrip {
  var license: String
  var base: String
  var pickup: Timestamp
  var dropoff: Timestamp
  var from: Int32
  var to: Int32
  var flag: Int32?

  init(number: Int, seed: UInt64) {
    var dice = Dice(seed: seed &+ 0x5EED, number: number)
    license = "HV000\(2 + dice.roll(4))"
    base = "B0\(2510 + dice.roll(400))"
    let seconds = Int64(Days.ofMonth(1, in: 2021)) * 86_400 + Int64(dice.roll(31 * 86_400))
    pickup = Timestamp(microseconds: seconds * 1_000_000)
    dropoff = Timestamp(microseconds: (seconds + 60 + Int64(dice.roll(7200)) * Int64(1 + dice.roll(3))) * 1_000_000)
    // Some zones see far more cars than others.
    from = Int32(1 + min(dice.roll(265), dice.roll(265)))
    to = Int32(1 + min(dice.roll(265), dice.roll(265)))
    flag = dice.roll(10) == 0 ? 1 : nil
  }
}
