extension ParquetLogicalType {
  /// What the older field of the same purpose says; nil for nothing that matters here.
  init?(converted: Int32, precision: Int32, scale: Int32) {
    switch converted {
    case 0: self = .string
    case 1, 2: self = .map
    case 3: self = .list
    case 4: self = .enumeration
    case 5: self = .decimal(precision: Int(precision), scale: Int(scale))
    case 6: self = .date
    case 7: self = .time(.millis)
    case 8: self = .time(.micros)
    case 9: self = .timestamp(.millis, isUTC: true)
    case 10: self = .timestamp(.micros, isUTC: true)
    case 11...14: self = .integer(bits: 8 << Int(converted - 11), isSigned: false)
    case 15...18: self = .integer(bits: 8 << Int(converted - 15), isSigned: true)
    case 19: self = .json
    case 20: self = .bson
    case 21: self = .interval
    default: return nil
    }
  }

  /// The older field's number for this type, which old readers look at; nil where it has none.
  var converted: Int32? {
    switch self {
    case .string: 0
    case .map: 1
    case .list: 3
    case .enumeration: 4
    case .decimal: 5
    case .date: 6
    case .time(.millis): 7
    case .time(.micros): 8
    case .timestamp(.millis, true): 9
    case .timestamp(.micros, true): 10
    case .integer(let bits, let isSigned): (isSigned ? 15 : 11) + Int32(bits.trailingZeroBitCount - 3)
    case .json: 19
    case .bson: 20
    case .interval: 21
    case .time, .timestamp, .unknown, .uuid, .float16, .other: nil
    }
  }

  /// Writes the union of logical types; false, and nothing, for a type that is not in it.
  func write(_ number: Int, to writer: inout ThriftStructWriter) {
    guard let member else { return }
    writer.structure(number) { union in
      union.structure(member) { body in
        switch self {
        case .decimal(let precision, let scale):
          body.field(1, Int32(scale))
          body.field(2, Int32(precision))
        case .timestamp(let unit, let isUTC):
          body.field(1, isUTC)
          body.structure(2) { $0.structure(unit.member) { _ in } }
        case .time(let unit):
          body.field(1, true)
          body.structure(2) { $0.structure(unit.member) { _ in } }
        case .integer(let bits, let isSigned):
          body.field(1, byte: Int8(bits))
          body.field(2, isSigned)
        default: break
        }
      }
    }
  }

  private var member: Int? {
    switch self {
    case .string: 1
    case .map: 2
    case .list: 3
    case .enumeration: 4
    case .decimal: 5
    case .date: 6
    case .time: 7
    case .timestamp: 8
    case .integer: 10
    case .unknown: 11
    case .json: 12
    case .bson: 13
    case .uuid: 14
    case .float16: 15
    case .interval, .other: nil
    }
  }
}

extension ParquetLogicalType.Unit {
  fileprivate var member: Int {
    switch self {
    case .millis: 1
    case .micros: 2
    case .nanos: 3
    }
  }
}
