internal import FlintColumns
internal import FlintCore
internal import Glibc

/// Makes vectors of JSON's values. Each of its functions that appends adds one value, whatever comes; what is not of
/// the type is null, and noted. The bytes are known to be JSON.
final class JSONColumn {
  let field: Field
  let builder: any VectorBuilder
  private let context: JSONContext
  /// Columns of the fields of a structure, of the elements of a list, or of the values of a map.
  private let parts: [JSONColumn]
  private let names: [[UInt8]]

  /// Throws `unsupported-type` for types that JSON does not hold.
  convenience init(_ field: Field, _ context: JSONContext, capacity: Int, _ memory: ColumnMemory) throws(FlintError) {
    try self.init(field, try memory.builder(field.type, capacity: capacity), context)
  }

  private init(_ field: Field, _ builder: any VectorBuilder, _ context: JSONContext) throws(FlintError) {
    self.field = field
    self.builder = builder
    self.context = context
    var names: [[UInt8]] = []
    switch (field.type, builder) {
    case (.list(let element), let builder as ListBuilder): parts = [try JSONColumn(element, builder.elements, context)]
    case (.structure(let fields), let builder as StructureBuilder):
      parts = try zip(fields, builder.parts).map { (pair) throws(FlintError) in
        try JSONColumn(pair.0, pair.1, context)
      }
      names = fields.map { Array($0.name.utf8) }
    case (.map(let key, let value), let builder as MapBuilder):
      guard key.type == .string else { throw Self.unsupported(field) }
      parts = [try JSONColumn(value, builder.values, context)]
    case (.interval, _): throw Self.unsupported(field)
    default: parts = []
    }
    self.names = names
  }

  private static func unsupported(_ field: Field) -> FlintError {
    FlintError(
      .unsupportedType, "the column \(field.name) of type \(field.type) cannot be read from JSON",
      remedy: "read it as a string")
  }

  /// Adds a null.
  func appendNull() throws(JSONFault) {
    do throws(FlintError) { try builder.appendNull() } catch { throw .other(error) }
  }

  /// Adds the value that comes next.
  func append(_ scanner: inout JSONScanner) throws(JSONFault) {
    switch try scanner.demand() {
    case UInt8(ascii: "{"): try appendObject(&scanner)
    case UInt8(ascii: "["): try appendArray(&scanner)
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      let start = scanner.place
      let text = try scanner.text()
      try appendText(try context.text(scanner, text), start)
    default:
      let range = try scanner.plain()
      if scanner.says("null", range) { return try appendNull() }
      try appendPlain(scanner, range)
    }
  }

  // MARK: Nested values.

  private func appendObject(_ scanner: inout JSONScanner) throws(JSONFault) {
    let start = scanner.place
    switch builder {
    case let builder as StructureBuilder:
      scanner.place += 1
      try JSONColumn.appendFields(&scanner, parts, names, context)
      builder.endStructure()
    case let builder as MapBuilder:
      scanner.place += 1
      try appendEntries(&scanner, builder)
    default:
      try scanner.skip()
      try appendRaw(scanner, start)
    }
  }

  /// Adds a value to each of some columns: those of an object's fields, behind its brace. A field that comes twice is
  /// noted, and its first value counts.
  static func appendFields(
    _ scanner: inout JSONScanner, _ parts: [JSONColumn], _ names: [[UInt8]], _ context: JSONContext
  ) throws(JSONFault) {
    let base = parts.first.map { $0.builder.count } ?? 0
    var expected = 0
    if try !scanner.takes("}") {
      repeat {
        let name = try context.text(scanner, try scanner.name())
        let place = scanner.place
        guard let index = find(name, names, &expected) else {
          try scanner.skip()
          continue
        }
        guard parts[index].builder.count == base else {
          context.note(place, "the field \(parts[index].field.name) comes twice")
          try scanner.skip()
          continue
        }
        try parts[index].append(&scanner)
      } while try scanner.goesOn(until: "}")
    }
    for part in parts where part.builder.count == base { try part.appendNull() }
  }

  /// The number of a name; mostly that behind the last one.
  private static func find(_ name: UnsafeBufferPointer<UInt8>, _ names: [[UInt8]], _ expected: inout Int) -> Int? {
    for step in 0..<names.count {
      let index = expected + step < names.count ? expected + step : expected + step - names.count
      let candidate = names[index]
      if candidate.count == name.count, name.baseAddress.map({ memcmp(candidate, $0, name.count) == 0 }) ?? true {
        expected = index + 1 < names.count ? index + 1 : 0
        return index
      }
    }
    return nil
  }

  private func appendEntries(_ scanner: inout JSONScanner, _ builder: MapBuilder) throws(JSONFault) {
    guard let keys = builder.keys as? TextBuilder else { preconditionFailure("\(field) was refused") }
    if try !scanner.takes("}") {
      repeat {
        let name = try context.text(scanner, try scanner.name())
        do throws(FlintError) { try keys.append(UnsafeRawBufferPointer(name)) } catch { throw .other(error) }
        try parts[0].append(&scanner)
      } while try scanner.goesOn(until: "}")
    }
    do throws(FlintError) { try builder.endMap() } catch { throw .other(error) }
  }

  private func appendArray(_ scanner: inout JSONScanner) throws(JSONFault) {
    let start = scanner.place
    guard let builder = builder as? ListBuilder else {
      try scanner.skip()
      return try appendRaw(scanner, start)
    }
    scanner.place += 1
    if try !scanner.takes("]") {
      repeat { try parts[0].append(&scanner) } while try scanner.goesOn(until: "]")
    }
    do throws(FlintError) { try builder.endList() } catch { throw .other(error) }
  }

  /// Adds the JSON of a value where a text is wanted, or null.
  private func appendRaw(_ scanner: JSONScanner, _ start: Int) throws(JSONFault) {
    let raw = UnsafeBufferPointer(start: scanner.bytes + start, count: scanner.place - start)
    guard field.type == .string, let builder = builder as? TextBuilder else { return try appendWrong(raw, start) }
    do throws(FlintError) { try builder.append(UnsafeRawBufferPointer(raw)) } catch { throw .other(error) }
  }

  private func appendWrong(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) throws(JSONFault) {
    context.note(
      start, "\(String(decoding: text.prefix(100), as: UTF8.self)) is no \(field.type), which \(field.name) is")
    try appendNull()
  }

  // MARK: Single values.

  private func appendText(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) throws(JSONFault) {
    do throws(FlintError) {
      switch builder {
      case let builder as TextBuilder:
        if field.type == .string { return try builder.append(UnsafeRawBufferPointer(text)) }
        if let bytes = Base64.decode(text) { return try builder.append(bytes) }
      case let builder as ValueBuilder<Int32> where field.type == .date:
        if let day = context.date.map({ $0.day(text) }) ?? TimeText.date(text) { return try builder.append(day) }
      case let builder as ValueBuilder<Int64> where field.type == .timestamp:
        if let moment = context.timestamp.map({ $0.moment(text, &context.clocks) })
          ?? TimeText.timestamp(text, &context.clocks)
        {
          return try builder.append(moment)
        }
      case let builder as ValueBuilder<Double>:
        if let start = text.baseAddress, let value = JSONText.special(start, text.count) {
          return try builder.append(value)
        }
      case let builder as ValueBuilder<Float>:
        if let start = text.baseAddress, let value = JSONText.special(start, text.count) {
          return try builder.append(Float(value))
        }
      default: if try appendDecimal(text) { return }
      }
    } catch { throw .other(error) }
    try appendWrong(text, start)
  }

  private func appendPlain(_ scanner: JSONScanner, _ range: Range<Int>) throws(JSONFault) {
    let start = scanner.bytes + range.lowerBound
    let text = UnsafeBufferPointer(start: start, count: range.count)
    do throws(FlintError) {
      switch builder {
      case let builder as BitBuilder:
        if scanner.says("true", range) { return try builder.append(true) }
        if scanner.says("false", range) { return try builder.append(false) }
      case let builder as TextBuilder where field.type == .string:
        return try builder.append(UnsafeRawBufferPointer(text))
      case let builder as ValueBuilder<Double>:
        if let value = NumberText.double(text) ?? JSONText.special(start, text.count) {
          return try builder.append(value)
        }
      case let builder as ValueBuilder<Float>:
        if let value = NumberText.float(text) ?? JSONText.special(start, text.count).map({ Float($0) }) {
          return try builder.append(value)
        }
      case let builder as ValueBuilder<Int8>:
        if let value = whole(text).flatMap({ Int8(exactly: $0) }) { return try builder.append(value) }
      case let builder as ValueBuilder<Int16>:
        if let value = whole(text).flatMap({ Int16(exactly: $0) }) { return try builder.append(value) }
      case let builder as ValueBuilder<Int32> where field.type == .int32:
        if let value = whole(text).flatMap({ Int32(exactly: $0) }) { return try builder.append(value) }
      case let builder as ValueBuilder<Int64> where field.type == .int64:
        if let value = whole(text) { return try builder.append(value) }
      case let builder as ValueBuilder<Int64> where field.type == .timestamp:
        // A number is seconds, as in Spark.
        if let seconds = whole(text), case (let value, false) = seconds.multipliedReportingOverflow(by: 1_000_000) {
          return try builder.append(value)
        }
      default: if try appendDecimal(text) { return }
      }
    } catch { throw .other(error) }
    try appendWrong(text, range.lowerBound)
  }

  private func whole(_ text: UnsafeBufferPointer<UInt8>) -> Int64? { NumberText.whole(text, isLenient: false) }

  private func appendDecimal(_ text: UnsafeBufferPointer<UInt8>) throws(FlintError) -> Bool {
    guard case .decimal(let precision, let scale) = field.type, let number = NumberText.decimal(text, scale: scale)
    else {
      return false
    }
    let limit = (0..<precision).reduce(UInt128(1)) { power, _ in power * 10 }
    guard number.magnitude < limit else { return false }
    switch builder {
    case let builder as ValueBuilder<Int64>: try builder.append(Int64(truncatingIfNeeded: number))
    case let builder as ValueBuilder<Int128>: try builder.append(number)
    default: return false
    }
    return true
  }
}
