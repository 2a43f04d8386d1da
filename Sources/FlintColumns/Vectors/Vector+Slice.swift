extension Vector {
  /// Some of the values, in the same memory.
  public func slice(_ range: Range<Int>) -> Vector {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "\(range) is not within \(count) values")
    if range.count == count { return self }
    let first = range.lowerBound
    return Vector(
      type, count: range.count, validity: validity.map { Validity($0.buffer, start: $0.start + first) },
      form.slice(range))
  }
}

extension VectorForm {
  fileprivate func slice(_ range: Range<Int>) -> VectorForm {
    let first = range.lowerBound
    switch self {
    case .bits(let buffer, let start): return .bits(buffer, start: start + first)
    case .values(let buffer, let start): return .values(buffer, start: start + first)
    case .text(let offsets, let start, let bytes): return .text(offsets: offsets, start: start + first, bytes: bytes)
    case .list(let offsets, let start, let elements):
      return .list(offsets: offsets, start: start + first, elements: elements)
    case .structure(let parts): return .structure(parts.map { $0.slice(range) })
    case .map(let offsets, let start, let keys, let values):
      return .map(offsets: offsets, start: start + first, keys: keys, values: values)
    case .dictionary(let codes, let start, let dictionary):
      return .dictionary(codes: codes, start: start + first, dictionary: dictionary)
    }
  }
}
