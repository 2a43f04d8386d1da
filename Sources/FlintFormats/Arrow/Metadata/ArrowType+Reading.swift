extension ArrowType {
  /// The type of a field: `number` says which it is, and `table` has its particulars.
  init(_ number: UInt8, _ table: FlatTable?) throws(FormatFault) {
    guard let table else { throw .damaged("a column has no type") }
    switch number {
    case 1: self = .null
    case 2: self = try Self.integer(table)
    case 3:
      let precision = try table.number(0, or: Int16(0))
      guard (0...2).contains(precision) else { throw .damaged("a column has numbers of an unknown precision") }
      self = .floating(bits: 16 << Int(precision))
    case 4: self = .bytes(isText: false, isLarge: false)
    case 5: self = .bytes(isText: true, isLarge: false)
    case 6: self = .bool
    case 7: self = try Self.decimal(table)
    case 8: self = try table.number(0, or: Int16(1)) == 0 ? .days : .milliseconds
    case 9: self = .time(bits: Int(try table.number(1, or: Int32(32))))
    case 10: self = .timestamp(try Self.unit(table, or: .second))
    case 11:
      let form = try table.number(0, or: Int16(0))
      guard let form = IntervalForm(rawValue: form) else { throw .damaged("a column has intervals of an unknown form") }
      self = .interval(form)
    case 12: self = .list(isLarge: false)
    case 13: self = .structure
    case 14: self = .union(isDense: try table.number(0, or: Int16(0)) == 1)
    case 15: self = .fixedBytes(try Self.size(table))
    case 16: self = .fixedList(try Self.size(table))
    case 17: self = .map
    case 18: self = .duration(try Self.unit(table, or: .millisecond))
    case 19: self = .bytes(isText: false, isLarge: true)
    case 20: self = .bytes(isText: true, isLarge: true)
    case 21: self = .list(isLarge: true)
    case 22: self = .runEnds
    case 23: self = .view(isText: false)
    case 24: self = .view(isText: true)
    case 25: self = .listView(isLarge: false)
    case 26: self = .listView(isLarge: true)
    // How much of the file a column takes is not known without its type.
    default: throw .unsupported("a column has an unknown type, number \(number)")
    }
  }

  private static func integer(_ table: FlatTable) throws(FormatFault) -> ArrowType {
    let bits = Int(try table.number(0, or: Int32(0)))
    guard [8, 16, 32, 64].contains(bits) else { throw .damaged("a column has whole numbers of \(bits) bits") }
    return .integer(bits: bits, isSigned: try table.flag(1))
  }

  private static func decimal(_ table: FlatTable) throws(FormatFault) -> ArrowType {
    let bits = Int(try table.number(2, or: Int32(128)))
    guard [32, 64, 128, 256].contains(bits) else { throw .damaged("a column has decimals of \(bits) bits") }
    return .decimal(
      precision: Int(try table.number(0, or: Int32(0))), scale: Int(try table.number(1, or: Int32(0))), bits: bits)
  }

  private static func unit(_ table: FlatTable, or missing: ArrowUnit) throws(FormatFault) -> ArrowUnit {
    guard let unit = ArrowUnit(rawValue: try table.number(0, or: missing.rawValue)) else {
      throw .damaged("a column has times in an unknown unit")
    }
    return unit
  }

  private static func size(_ table: FlatTable) throws(FormatFault) -> Int {
    let size = Int(try table.number(0, or: Int32(0)))
    guard size >= 0 else { throw .damaged("a column has values of \(size) parts each") }
    return size
  }
}
