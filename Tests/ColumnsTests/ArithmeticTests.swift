import FlintColumns
import FlintCore
import Testing

/// Arithmetic against Python's numbers, which have no limits.
@Suite("Arithmetic")
struct ArithmeticTests {
  let memory = ColumnMemory(budget: MemoryBudget(limit: .mebibytes(256)))

  static let wholes: [(type: DataType, bits: Int)] = [(.int8, 8), (.int16, 16), (.int32, 32), (.int64, 64)]

  @Test(
    "whole numbers wrap around under the legacy rules, and throw under those of ANSI where they would",
    .timeLimit(.minutes(2)), arguments: wholes, ArithmeticOperator.allCases)
  func wholeNumbers(of kind: (type: DataType, bits: Int), by arithmetic: ArithmeticOperator) async throws {
    var samples = Samples(memory, seed: 11)
    let left = try samples.vector(kind.type, 800)
    let right = try samples.vector(kind.type, 800)
    let answers = try await Oracle(memory: memory).ask(
      """
      limit = 1 << \(kind.bits - 1)
      def compute(a, b):
          if a is None or b is None: return None
          if "\(arithmetic.rawValue)" in "/%":
              if b == 0: return None
              quotient = abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
              return quotient if "\(arithmetic.rawValue)" == "/" else a - quotient * b
          return a \(arithmetic.rawValue) b
      exact = [compute(a.as_py(), b.as_py()) for a, b in zip(*columns)]
      wrapped = [None if each is None else (each + limit) % (2 * limit) - limit for each in exact]
      fits = [each is not None and -limit <= each < limit for each in exact]
      results = [pa.array(wrapped, columns[0].type), pa.array(fits)]
      """, [left, right], results: [kind.type, .boolean])
    let legacy = Kernels(memory, rules: .legacy)
    expectSame(try legacy.compute(arithmetic, .vector(left), .vector(right)), answers[0], "\(kind.type)")
    // Row by row, so that each overflow must show.
    let ansi = Kernels(memory)
    for row in 0..<left.count where !left.isNull(row) && !right.isNull(row) {
      let one = Operand.vector(left.slice(row..<row + 1))
      let two = Operand.vector(right.slice(row..<row + 1))
      if answers[1].bits[row] {
        expectSame(try ansi.compute(arithmetic, one, two), answers[0].slice(row..<row + 1), "\(kind.type)")
      } else {
        let error = #expect(throws: FlintError.self) { try ansi.compute(arithmetic, one, two) }
        #expect(error?.code == .arithmeticOverflow || error?.code == .divisionByZero)
      }
    }
  }

  @Test("products of numbers that are just small enough, and just too large", .timeLimit(.minutes(1)))
  func products() async throws {
    let left = try ValueBuilder<Int64>(.int64, capacity: 2048, memory)
    let right = try ValueBuilder<Int64>(.int64, capacity: 2048, memory)
    // Batches of 70 in which no number has more bits than one of these widths.
    let widths = [(0, 62), (31, 30), (31, 31), (31, 32), (32, 32), (10, 52), (10, 53), (63, 0), (63, 1)]
    var generator = SeededGenerator(12)
    for (first, second) in widths {
      for row in 0..<70 {
        for (builder, width) in [(left, first), (right, second)] {
          let most = Int64.max >> Int64(63 - width)
          let numbers = [most, -most - 1, Int64.random(in: -most - 1...most, using: &generator)]
          try builder.append(row < 60 ? numbers[2] : numbers.randomElement(using: &generator) ?? 0)
        }
      }
    }
    let columns = [try left.finish(), try right.finish()]
    let answers = try await Oracle(memory: memory).ask(
      """
      exact = [a.as_py() * b.as_py() for a, b in zip(*columns)]
      limit = 1 << 63
      results = [pa.array([(each + limit) % (2 * limit) - limit for each in exact], pa.int64()),
                 pa.array([-limit <= each < limit for each in exact])]
      """, columns, results: [.int64, .boolean])
    for batch in widths.indices {
      let range = batch * 70..<batch * 70 + 70
      let operands = columns.map { Operand.vector($0.slice(range)) }
      let legacy = Kernels(memory, rules: .legacy)
      let product = try legacy.compute(.multiply, operands[0], operands[1])
      expectSame(product, answers[0].slice(range), "\(widths[batch])")
      if range.allSatisfy({ answers[1].bits[$0] }) {
        expectSame(try Kernels(memory).compute(.multiply, operands[0], operands[1]), product, "\(widths[batch])")
      } else {
        #expect(throws: FlintError.self) { try Kernels(memory).compute(.multiply, operands[0], operands[1]) }
      }
    }
  }

  @Test("an overflow in a row that does not count is none")
  func uncounted() throws {
    let builder = try ValueBuilder<Int64>(.int64, capacity: 3, memory)
    for number in [1, Int64.max, 3] { try builder.append(number) }
    let numbers = Operand.vector(try builder.finish())
    let kernels = Kernels(memory)
    let sums = try kernels.compute(.add, numbers, numbers, rows: try Selection([0, 2], memory))
    #expect(sums.pointer(to: Int64.self)[2] == 6)
    #expect(throws: FlintError.self) { try kernels.compute(.add, numbers, numbers) }
    #expect(throws: FlintError.self) { try kernels.compute(.add, numbers, numbers, rows: try Selection([1], memory)) }
  }

  @Test("floating-point numbers", .timeLimit(.minutes(1)), arguments: [DataType.float, .double])
  func floats(type: DataType) async throws {
    var samples = Samples(memory, seed: 12)
    let left = try samples.vector(type, 800)
    let right = try samples.vector(type, 800)
    let answers = try await Oracle(memory: memory).ask(
      """
      import pyarrow.compute as pc
      a, b = columns
      divisor = pc.if_else(pc.equal(b, 0), None, b)
      results = [pc.add(a, b), pc.subtract(a, b), pc.multiply(a, b), pc.divide(a, divisor), pc.negate(a), pc.abs(a)]
      """, [left, right], results: [DataType](repeating: type, count: 6))
    let kernels = Kernels(memory, rules: .legacy)
    for (arithmetic, theirs) in zip([ArithmeticOperator.add, .subtract, .multiply, .divide], answers) {
      expectSame(try kernels.compute(arithmetic, .vector(left), .vector(right)), theirs, "\(type) \(arithmetic)")
    }
    expectSame(try kernels.negate(.vector(left)), answers[4], "negated \(type)")
    expectSame(try kernels.absolute(.vector(left)), answers[5], "absolute \(type)")
    #expect(throws: FlintError.self) { try Kernels(memory).compute(.divide, .vector(left), .vector(right)) }
  }

  static let decimalPairs: [(left: DataType, right: DataType)] = [
    (.decimal(precision: 9, scale: 2), .decimal(precision: 5, scale: 4)),
    (.decimal(precision: 15, scale: 2), .decimal(precision: 15, scale: 2)),
    (.decimal(precision: 18, scale: 6), .decimal(precision: 9, scale: 0)),
    (.decimal(precision: 38, scale: 10), .decimal(precision: 18, scale: 6)),
    (.decimal(precision: 12, scale: 12), .decimal(precision: 38, scale: 0)),
    (.decimal(precision: 38, scale: 38), .decimal(precision: 38, scale: 38)),
    (.decimal(precision: 38, scale: 20), .decimal(precision: 38, scale: 3)),
  ]

  @Test(
    "decimals of all widths and scales, to the last digit", .timeLimit(.minutes(2)), arguments: decimalPairs,
    ArithmeticOperator.allCases)
  func decimals(of pair: (left: DataType, right: DataType), by arithmetic: ArithmeticOperator) async throws {
    var samples = Samples(memory, seed: 13)
    let left = try samples.vector(pair.left, 600)
    let right = try samples.vector(pair.right, 600)
    let leftType = try #require(pair.left.decimal)
    let rightType = try #require(pair.right.decimal)
    let type = arithmetic.decimalResult(leftType, rightType)
    let result = try #require(type.decimal)
    let answers = try await Oracle(memory: memory).ask(
      """
      from fractions import Fraction
      scales = (\(leftType.scale), \(rightType.scale))
      def rounded(value):
          scaled = value * 10 ** \(result.scale)
          whole = (abs(scaled) + Fraction(1, 2)).__floor__()
          return whole if scaled >= 0 else -whole
      def compute(a, b):
          if a is None or b is None: return None
          a, b = Fraction(a), Fraction(b)
          if "\(arithmetic.rawValue)" in "/%" and b == 0: return None
          if "\(arithmetic.rawValue)" == "%":
              quotient = abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
              value = rounded(a - quotient * b)
          else:
              value = rounded(a \(arithmetic.rawValue) b)
          return value if abs(value) < 10 ** \(result.precision) else None
      decimal.getcontext().prec = 100
      values = [compute(a.as_py(), b.as_py()) for a, b in zip(*columns)]
      values = [None if each is None else decimal.Decimal(each).scaleb(-\(result.scale)) for each in values]
      results = [pa.array(values, pa.decimal128(38, \(result.scale)))]
      """, [left, right], results: [type])
    let ours = try Kernels(memory, rules: .legacy).compute(arithmetic, .vector(left), .vector(right))
    #expect(ours.type == type)
    expectSame(ours, answers[0], "\(pair.left) \(arithmetic.rawValue) \(pair.right)")
    let constant = try Kernels(memory, rules: .legacy).compute(arithmetic, .vector(left), .constant(right.slice(1..<2)))
    if !right.isNull(1) { expectSame(constant.slice(1..<2), answers[0].slice(1..<2), "by a constant") }
  }
}
