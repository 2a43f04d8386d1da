internal import FlintCore

extension Kernels {
  func castDates(_ vector: Vector, _ cast: Cast) throws(FlintError) -> Vector {
    guard cast.type == .timestamp else {
      // Days are no numbers: the legacy rules know that, and give null.
      guard cast.givesNull, cast.type.isNumeric || cast.type == .boolean else { throw unsupported(vector.type, cast) }
      return try nulls(cast.type, count: vector.count)
    }
    var clocks = Clocks(zone)
    // The first and the last day that 64 bits of microseconds hold with room for an offset.
    let limit = Int64.max / Clocks.day - 2
    return try convert(vector, Int32.self, Int64.self, cast) { date in
      let days = Int64(date)
      let isFaulty = days > limit || days < -limit
      return (isFaulty ? 0 : clocks.moment(days &* Clocks.day), isFaulty)
    }
  }

  func castTimestamps(_ vector: Vector, _ cast: Cast) throws(FlintError) -> Vector {
    switch cast.type {
    case .date:
      var clocks = Clocks(zone)
      return try map(vector, from: Int64.self, to: .date) {
        Int32(truncatingIfNeeded: clocks.local($0).dividedDown(by: Clocks.day))
      }
    case .int64:
      return try map(vector, from: Int64.self, to: .int64) { $0.dividedDown(by: 1_000_000) }
    case .int8, .int16, .int32:
      let seconds = try map(vector, from: Int64.self, to: .int64) { $0.dividedDown(by: 1_000_000) }
      return try castWholes(seconds, Int64.self, cast)
    case .double:
      return try map(vector, from: Int64.self, to: .double) { Double($0) / 1_000_000 }
    case .float:
      return try map(vector, from: Int64.self, to: .float) { Float(Double($0) / 1_000_000) }
    case .boolean: return try castToBits(vector, Int64.self)
    case .decimal(let precision, let scale):
      let limit = DecimalMath.power(precision)
      return try convertToDecimal(vector, Int64.self, cast) {
        guard let number = DecimalMath.rescaled(Int128($0), by: scale - 6) else { return nil }
        return DecimalMath.fits(number, below: limit) ? number : nil
      }
    case .timestamp, .interval, .string, .binary, .list, .structure, .map:
      throw unsupported(vector.type, cast)
    }
  }
}
