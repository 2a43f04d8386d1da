public import FlintCore

extension Kernels {
  /// The values as another type, as Spark casts them.
  ///
  /// A value that has no counterpart throws `arithmetic-overflow` or, when it is a text, `invalid-cast` under the rules of
  /// ANSI, if it counts: by `rows`, or all of them. Under the legacy rules whole numbers wrap around, floating-point numbers
  /// are clamped, and everything else gives null. With `orNull` it is always null: SQL's `try_cast`.
  public func cast(
    _ operand: Vector, to type: DataType, rows: Selection? = nil, orNull: Bool = false
  ) throws(FlintError) -> Vector {
    if operand.type == type { return operand }
    let isLegacy = rules == .legacy
    let cast = Cast(type: type, rows: rows, givesNull: orNull || isLegacy, wraps: isLegacy && !orNull)
    if operand.isDictionary, operand.type.physical == .text, !cast.givesNull {
      // Values that no row refers to must not fail a cast: on a failure each row is asked.
      if let vector = try? throughDictionary(operand, { (values) throws(FlintError) in try self.cast(values, cast) }) {
        return vector
      }
      return try self.cast(try operand.flat(memory), cast)
    }
    if operand.type.physical == .text {
      return try throughDictionary(operand) { (values) throws(FlintError) in try self.cast(values, cast) }
    }
    return try self.cast(try operand.flat(memory), cast)
  }

  private func cast(_ vector: Vector, _ cast: Cast) throws(FlintError) -> Vector {
    if cast.type == .string { return try castToText(vector) }
    switch vector.type {
    case .boolean: return try castBits(vector, cast)
    case .int8: return try castWholes(vector, Int8.self, cast)
    case .int16: return try castWholes(vector, Int16.self, cast)
    case .int32: return try castWholes(vector, Int32.self, cast)
    case .int64: return try castWholes(vector, Int64.self, cast)
    case .float: return try castFloats(vector, Float.self, cast)
    case .double: return try castFloats(vector, Double.self, cast)
    case .decimal(_, let scale): return try castDecimals(vector, scale: scale, cast)
    case .date: return try castDates(vector, cast)
    case .timestamp: return try castTimestamps(vector, cast)
    case .string: return try castTexts(vector, cast)
    case .binary, .interval: throw unsupported(vector.type, cast)
    case .list, .structure, .map: return try castNested(vector, cast)
    }
  }

  func unsupported(_ type: DataType, _ cast: Cast) -> FlintError {
    FlintError(.invalidArgument, "\(type) is not cast to \(cast.type)", why: "no such cast is defined")
  }

  // MARK: Loops.

  /// Converts each value; `body` also says whether it has no counterpart.
  @inline(__always)
  func convert<Value: BitwiseCopyable, Result: BitwiseCopyable>(
    _ vector: Vector, _: Value.Type, _: Result.Type, _ cast: Cast, _ body: (Value) -> (Result, isFaulty: Bool)
  ) throws(FlintError) -> Vector {
    var isSuspicious = false
    let converted = try map(vector, from: Value.self, to: cast.type) { (value: Value) in
      let (result, isFaulty) = body(value)
      isSuspicious = isSuspicious || isFaulty
      return result
    }
    if !isSuspicious { return converted }
    let values = vector.pointer(to: Value.self)
    return try settle(converted, vector, cast) { body(values[$0]).isFaulty }
  }

  /// The result of a cast in which some rows have no counterpart.
  func settle(
    _ converted: Vector, _ source: Vector, _ cast: Cast, _ isFaulty: (Int) -> Bool
  ) throws(FlintError) -> Vector {
    if cast.givesNull {
      let there = source.validity?.bits
      let bits = try packed(source.count) { (there?[$0] ?? true) && !isFaulty($0) ? 1 : 0 }
      return Vector(cast.type, count: source.count, validity: Validity(bits), converted.form)
    }
    let faults = Faults(validity: source.validity, selection: cast.rows, count: source.count)
    guard let row = faults.first(isFaulty) else { return converted }
    var writer = ValueWriter(zone)
    writer.write(source, row)
    let text = String(decoding: writer.bytes.prefix(100), as: UTF8.self)
    if source.type == .string {
      throw FlintError(
        .invalidCast, "the text '\(text)' is no \(cast.type)",
        remedy: "use try_cast, or set the rules of computation to legacy, for null")
    }
    throw overflow(cast.type, text)
  }

  // MARK: Booleans and nested values.

  private func castBits(_ vector: Vector, _ cast: Cast) throws(FlintError) -> Vector {
    let bits = vector.bits
    let numbers = try memory.buffer(vector.count)
    let target = numbers.pointer(to: Int8.self)
    for row in 0..<vector.count { target[row] = bits[row] ? 1 : 0 }
    let bytes = Vector(
      .int8, count: vector.count, validity: vector.validity, nullCount: vector.nullCount, .values(numbers, start: 0))
    if cast.type == .timestamp { return try map(bytes, from: Int8.self, to: .timestamp) { Int64($0) } }
    guard cast.type.isNumeric else { throw unsupported(.boolean, cast) }
    return cast.type == .int8 ? bytes : try castWholes(bytes, Int8.self, cast)
  }

  private func castNested(_ vector: Vector, _ cast: Cast) throws(FlintError) -> Vector {
    let form: VectorForm
    switch (vector.form, cast.type) {
    case (.list(let offsets, let start, let elements), .list(let element)):
      form = .list(offsets: offsets, start: start, elements: try part(elements, element.type, cast))
    case (.structure(let parts), .structure(let fields)) where parts.count == fields.count:
      form = .structure(
        try zip(parts, fields).map { (pair) throws(FlintError) in try part(pair.0, pair.1.type, cast) })
    case (.map(let offsets, let start, let keys, let values), .map(let key, let value)):
      form = .map(
        offsets: offsets, start: start, keys: try part(keys, key.type, cast),
        values: try part(values, value.type, cast))
    default: throw unsupported(vector.type, cast)
    }
    return Vector(cast.type, count: vector.count, validity: vector.validity, nullCount: vector.nullCount, form)
  }

  private func part(_ vector: Vector, _ type: DataType, _ outer: Cast) throws(FlintError) -> Vector {
    if vector.type == type { return vector }
    let inner = Cast(type: type, rows: nil, givesNull: outer.givesNull, wraps: outer.wraps)
    return try cast(try vector.flat(memory), inner)
  }

  // MARK: Texts.

  private func castToText(_ vector: Vector) throws(FlintError) -> Vector {
    if vector.type == .binary { return vector.retyped(.string) }
    var writer = ValueWriter(zone)
    let builder = try TextBuilder(.string, capacity: vector.count, bytes: vector.count * 8, memory)
    for row in 0..<vector.count {
      if vector.isNull(row) {
        try builder.appendNull()
        continue
      }
      writer.removeAll()
      writer.write(vector, row)
      try builder.append(writer.bytes)
    }
    return try builder.finish()
  }

  private func castTexts(_ vector: Vector, _ cast: Cast) throws(FlintError) -> Vector {
    // Digits behind a point are cut off where whole numbers are lenient.
    let isLenient = rules == .legacy
    var clocks = Clocks(zone)
    switch cast.type {
    case .binary: return vector.retyped(.binary)
    case .boolean: return try castTextsToBits(vector, cast)
    case .int8:
      return try parse(vector, cast) { NumberText.whole($0, isLenient: isLenient).flatMap(Int8.init(exactly:)) }
    case .int16:
      return try parse(vector, cast) { NumberText.whole($0, isLenient: isLenient).flatMap(Int16.init(exactly:)) }
    case .int32:
      return try parse(vector, cast) { NumberText.whole($0, isLenient: isLenient).flatMap(Int32.init(exactly:)) }
    case .int64: return try parse(vector, cast) { NumberText.whole($0, isLenient: isLenient) }
    case .float: return try parse(vector, cast) { NumberText.float($0) }
    case .double: return try parse(vector, cast) { NumberText.double($0) }
    case .decimal(let precision, let scale):
      let limit = DecimalMath.power(precision)
      func number(_ text: UnsafeBufferPointer<UInt8>) -> Int128? {
        NumberText.decimal(text, scale: scale).flatMap { DecimalMath.fits($0, below: limit) ? $0 : nil }
      }
      if cast.type.physical == .int128 { return try parse(vector, cast, number) }
      return try parse(vector, cast) { number($0).map { Int64(truncatingIfNeeded: $0) } }
    case .date: return try parse(vector, cast) { TimeText.date($0) }
    case .timestamp: return try parse(vector, cast) { TimeText.timestamp($0, &clocks) }
    case .interval: return try parse(vector, cast) { IntervalText.interval($0) }
    case .string, .list, .structure, .map: throw unsupported(vector.type, cast)
    }
  }

  @inline(__always)
  func parse<Result: BitwiseCopyable>(
    _ vector: Vector, _ cast: Cast, _ body: (UnsafeBufferPointer<UInt8>) -> Result?
  ) throws(FlintError) -> Vector {
    let buffer = try memory.buffer(vector.count * MemoryLayout<Result>.size, isZeroed: true)
    let target = buffer.pointer(to: Result.self)
    var faulty = FaultyRows()
    for row in 0..<vector.count where !vector.isNull(row) {
      if let value = body(vector.text(row)) { target[row] = value } else { faulty.insert(row) }
    }
    let converted = Vector(
      cast.type, count: vector.count, validity: vector.validity, nullCount: vector.nullCount,
      .values(buffer, start: 0))
    return faulty.isEmpty ? converted : try settle(converted, vector, cast, faulty.contains)
  }

  private func castTextsToBits(_ vector: Vector, _ cast: Cast) throws(FlintError) -> Vector {
    var faulty = FaultyRows()
    let bits = try packed(vector.count) { row in
      if vector.isNull(row) { return 0 }
      let text = String(decoding: TextScanner(trimming: vector.text(row)).rest, as: UTF8.self).lowercased()
      switch text {
      case "t", "true", "y", "yes", "1": return 1
      case "f", "false", "n", "no", "0": return 0
      default:
        faulty.insert(row)
        return 0
      }
    }
    let converted = Vector(
      .boolean, count: vector.count, validity: vector.validity, nullCount: vector.nullCount, .bits(bits, start: 0))
    return faulty.isEmpty ? converted : try settle(converted, vector, cast, faulty.contains)
  }
}
