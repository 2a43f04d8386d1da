import FlintColumns
import FlintCore

/// Random vectors, with what is likely to go wrong among the values.
struct Samples {
  let memory: ColumnMemory
  var generator: SeededGenerator

  init(_ memory: ColumnMemory, seed: UInt64) {
    self.memory = memory
    generator = SeededGenerator(seed)
  }

  static let types: [DataType] = [
    .boolean, .int8, .int16, .int32, .int64, .float, .double, .decimal(precision: 9, scale: 2),
    .decimal(precision: 18, scale: 6), .decimal(precision: 38, scale: 10), .date, .timestamp, .string, .binary,
  ]

  /// `count` values, of which about every seventh is null, unless `hasNulls` is off. Few of them are different.
  mutating func vector(_ type: DataType, _ count: Int, hasNulls: Bool = true) throws -> Vector {
    let builder = try memory.builder(type, capacity: count)
    for _ in 0..<count {
      if hasNulls, Int.random(in: 0..<7, using: &generator) == 0 {
        try builder.appendNull()
      } else {
        try append(type, to: builder)
      }
    }
    // A part of a longer vector, so that nothing begins at its memory's first value.
    let whole = try builder.finish()
    let start = min(count, Int.random(in: 0..<9, using: &generator))
    let rows = try RowNumbers((0..<start + count).map { Int32($0 % max(count, 1)) }, memory)
    return count == 0 ? whole : try Kernels(memory).take(whole, rows).slice(start..<start + count)
  }

  private mutating func append(_ type: DataType, to builder: any VectorBuilder) throws {
    switch builder {
    case let builder as BitBuilder: try builder.append(Bool.random(using: &generator))
    case let builder as ValueBuilder<Int8>: try builder.append(whole())
    case let builder as ValueBuilder<Int16>: try builder.append(whole())
    case let builder as ValueBuilder<Int32>:
      // Dates that the oracle's calendar has.
      try builder.append(type == .date ? Int32.random(in: -700_000...2_900_000, using: &generator) : whole())
    case let builder as ValueBuilder<Int64>:
      if type == .timestamp {
        try builder.append(
          Int64.random(in: -60_000_000_000...250_000_000_000, using: &generator) * 1_000_000 + whole(below: 1_000_000))
      } else if let decimal = type.decimal {
        try builder.append(Int64(truncatingIfNeeded: unscaled(decimal.precision)))
      } else {
        try builder.append(whole())
      }
    case let builder as ValueBuilder<Int128>: try builder.append(unscaled(type.decimal?.precision ?? 38))
    case let builder as ValueBuilder<Float>: try builder.append(Float(number()))
    case let builder as ValueBuilder<Double>: try builder.append(number())
    case let builder as TextBuilder: try builder.append(text())
    default: preconditionFailure("there are no samples of \(type)")
    }
  }

  private mutating func whole<Value: FixedWidthInteger>() -> Value {
    switch Int.random(in: 0..<8, using: &generator) {
    case 0: .max
    case 1: .min
    case 2: 0
    case 3: Value.random(in: .min ... .max, using: &generator)
    default: Value.random(in: -9...9 as ClosedRange<Value>, using: &generator)
    }
  }

  private mutating func whole(below limit: Int64) -> Int64 { Int64.random(in: 0..<limit, using: &generator) }

  private mutating func unscaled(_ precision: Int) -> Int128 {
    let limit = (0..<precision).reduce(Int128(1)) { power, _ in power * 10 } - 1
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: return limit
    case 1: return -limit
    case 2: return 0
    case 3:
      let high = Int128(Int64.random(in: .min ... .max, using: &generator))
      let word = (high << 64) | Int128(UInt64.random(in: .min ... .max, using: &generator))
      return word % (limit + 1)
    default: return Int128(Int64.random(in: -999...999, using: &generator))
    }
  }

  private mutating func number() -> Double {
    switch Int.random(in: 0..<12, using: &generator) {
    case 0: .nan
    case 1: .infinity
    case 2: -.infinity
    case 3: -0.0
    case 4: 0
    case 5: Double(Float.greatestFiniteMagnitude)
    case 6: Double(Float.leastNonzeroMagnitude)
    case 7: Double.random(in: -1e10...1e10, using: &generator)
    default: Double(Int.random(in: -9...9, using: &generator)) / 4
    }
  }

  mutating func text() -> String {
    let letters = [
      "", "a", "b", "A", "é", "ß", "🦜", " ", "%", "_", "x", "z", "\\", "long enough for more than sixteen bytes",
    ]
    return (0..<Int.random(in: 0..<5, using: &generator)).map { _ in
      letters[Int.random(in: 0..<letters.count, using: &generator)]
    }.joined()
  }
}
