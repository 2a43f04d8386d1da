internal import FlintColumns

extension Vector {
  /// Value `row` of a vector of whole numbers, days, microseconds, or decimals without their point.
  func integer(_ row: Int) -> Int128 {
    switch type.physical {
    case .int8: Int128(pointer(to: Int8.self)[row])
    case .int16: Int128(pointer(to: Int16.self)[row])
    case .int32: Int128(pointer(to: Int32.self)[row])
    case .int64: Int128(pointer(to: Int64.self)[row])
    case .int128: pointer(to: Int128.self)[row]
    case .bit, .float, .double, .interval, .text, .list, .structure, .map:
      preconditionFailure("\(type) is no whole number")
    }
  }
}
