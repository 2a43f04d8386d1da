import FlintColumns
import FlintCore
import Testing

/// Functions of numbers against pyarrow and Python.
@Suite("Functions of numbers")
struct MathTests {
  let memory = ColumnMemory(budget: MemoryBudget(limit: .mebibytes(256)))

  @Test("functions of one number and of two", .timeLimit(.minutes(1)))
  func functions() async throws {
    var samples = Samples(memory, seed: 121)
    let (left, right) = (try samples.vector(.double, 1500), try samples.vector(.double, 1500))
    let names: [MathFunction: String] = [
      .squareRoot: "pc.sqrt(a)", .exponential: "pc.exp(a)", .logarithm: "positive(pc.ln)",
      .logarithm2: "positive(pc.log2)",
      .logarithm10: "positive(pc.log10)", .sine: "pc.sin(a)", .cosine: "pc.cos(a)", .tangent: "pc.tan(a)",
      .arcSine: "pc.asin(a)", .arcCosine: "pc.acos(a)", .arcTangent: "pc.atan(a)", .sign: "pc.sign(a)",
      .hyperbolicSine: "pc.sinh(a)", .hyperbolicCosine: "pc.cosh(a)", .hyperbolicTangent: "pc.tanh(a)",
      .radians: "each(math.radians)", .degrees: "each(math.degrees)",
      .cubeRoot:
        "each(lambda v: v if v == 0 or v != v or v in (math.inf, -math.inf) else math.copysign(abs(v) ** (1 / 3), v))",
    ]
    let functions = MathFunction.allCases
    #expect(names.count == functions.count)
    let answers = try await Oracle(memory: memory).ask(
      """
      import math
      import pyarrow.compute as pc
      a, b = columns
      def positive(function): return function(pc.if_else(pc.less_equal(a, 0), None, a))
      def each(function): return pa.array([None if v is None else function(v) for v in a.to_pylist()], pa.float64())
      results = [\(functions.compactMap { names[$0] }.joined(separator: ", ")), pc.atan2(a, b), pc.power(a, b)]
      """, [left, right], results: [DataType](repeating: .double, count: functions.count + 2))
    let kernels = Kernels(memory)
    for (function, theirs) in zip(functions, answers) {
      expectSame(try kernels.compute(function, of: left), theirs, "\(function)", tolerance: 1e-14)
    }
    expectSame(
      try kernels.arcTangent(.vector(left), .vector(right)), answers[functions.count], "atan2", tolerance: 1e-14)
    expectSame(
      try kernels.power(.vector(left), .vector(right)), answers[functions.count + 1], "power", tolerance: 1e-14)
  }

  @Test("rounding", .timeLimit(.minutes(1)), arguments: [-3, -1, 0, 1, 2, 5, 20])
  func rounding(digits: Int) async throws {
    let builder = try ValueBuilder<Double>(.double, capacity: 4000, memory)
    var generator = SeededGenerator(122)
    for row in 0..<4000 {
      switch row % 6 {
      case 0: try builder.append(Double(Int.random(in: -99_999...99_999, using: &generator)) / 1000)
      case 1: try builder.append(Double(Int.random(in: -9999...9999, using: &generator)) + 0.5)
      case 2: try builder.append(Double.random(in: -1e6...1e6, using: &generator))
      case 3: try builder.append(Double.random(in: -1e300...1e300, using: &generator))
      case 4:
        try builder.append([0, -0.0, .nan, .infinity, 1.005, -2.675, 1e-300, 0.5, 5, 4503599627370497.5][row % 10])
      default: try builder.appendNull()
      }
    }
    let numbers = try builder.finish()
    var samples = Samples(memory, seed: 123)
    let (narrow, wide) = (
      try samples.vector(.decimal(precision: 18, scale: 6), 800),
      try samples.vector(.decimal(precision: 30, scale: 10), 800)
    )
    let whole = try Kernels(memory, rules: .legacy).cast(narrow, to: .int32)
    let types = [narrow, wide].map { $0.type.rounded(to: digits) ?? .int8 }
    let answers = try await Oracle(memory: memory).ask(
      """
      from decimal import Context, Decimal, ROUND_HALF_UP, setcontext
      setcontext(Context(prec=400))
      def rounded(value, spelled=repr):
          if value is None or value != value or value in (float("inf"), float("-inf")): return value
          return Decimal(spelled(value)).quantize(Decimal(1).scaleb(-\(digits)), rounding=ROUND_HALF_UP)
      def number(value): return None if value is None else float(value) + 0.0
      results = [pa.array([number(rounded(v)) for v in columns[0].to_pylist()], pa.float64())]
      for array, name in ((columns[1], "\(types[0])"), (columns[2], "\(types[1])")):
          kind = arrow_type(name)
          scale = kind.scale
          values = [None if v is None else rounded(v, str).quantize(Decimal(1).scaleb(-scale)) for v in array.to_pylist()]
          results.append(pa.array(values, pa.decimal128(38, scale)))
      wholes = [None if v is None else int(rounded(v)) for v in columns[3].to_pylist()]
      results.append(pa.array([None if v is None else (v + 2**31) % 2**32 - 2**31 for v in wholes], pa.int32()))
      """, [numbers, narrow, wide, whole], results: [.double, types[0], types[1], .int32])
    let kernels = Kernels(memory, rules: .legacy)
    expectSame(try kernels.round(numbers, digits: digits), answers[0], "doubles to \(digits)")
    expectSame(try kernels.round(narrow, digits: digits), answers[1], "narrow decimals to \(digits)")
    expectSame(try kernels.round(wide, digits: digits), answers[2], "wide decimals to \(digits)")
    expectSame(try kernels.round(whole, digits: digits), answers[3], "whole numbers to \(digits)")
  }

  @Test("whole numbers below and above", .timeLimit(.minutes(1)))
  func floors() async throws {
    var samples = Samples(memory, seed: 124)
    let (decimals, floats) = (
      try samples.vector(.decimal(precision: 18, scale: 6), 800), try samples.vector(.float, 800)
    )
    let type = DataType.decimal(precision: 13, scale: 0)
    let answers = try await Oracle(memory: memory).ask(
      """
      import math
      def whole(function, value):
          if value is None: return None
          if value != value: return 0
          return min(max(value if math.isinf(value) else function(value), -2**63), 2**63 - 1)
      for function in (math.floor, math.ceil):
          results.append(pa.array([None if v is None else function(v) for v in columns[0].to_pylist()], pa.decimal128(38, 0)))
          results.append(pa.array([int(w) if (w := whole(function, v)) is not None else None for v in columns[1].to_pylist()], pa.int64()))
      """, [decimals, floats], results: [type, .int64, type, .int64])
    let kernels = Kernels(memory)
    expectSame(try kernels.floor(decimals), answers[0], "floor of decimals")
    expectSame(try kernels.floor(floats), answers[1], "floor of floats")
    expectSame(try kernels.floor(decimals, isUp: true), answers[2], "ceiling of decimals")
    expectSame(try kernels.floor(floats, isUp: true), answers[3], "ceiling of floats")
  }

  @Test("the greatest and the least of a row", .timeLimit(.minutes(2)), arguments: Samples.types)
  func extremes(type: DataType) async throws {
    var samples = Samples(memory, seed: 125)
    let columns = try (0..<3).map { _ in try samples.vector(type, 500) }
    let answers = try await Oracle(memory: memory).ask(
      "results = ask('select greatest(a, b, c), least(a, b, c) from t order by n')", columns, results: [type, type])
    let operands = columns.map { Operand.vector($0) }
    expectSame(try Kernels(memory).extreme(operands), answers[0], "greatest \(type)")
    expectSame(try Kernels(memory).extreme(operands, isLeast: true), answers[1], "least \(type)")
    let one = try Kernels(memory).extreme([operands[0], .constant(columns[1].slice(7..<8))])
    #expect(one.count == 500)
  }
}
