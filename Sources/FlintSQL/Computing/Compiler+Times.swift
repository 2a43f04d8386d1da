internal import FlintColumns
internal import FlintCore

extension Compiler {
  func timeCall(
    _ function: ScalarFunction, _ operands: [TypedExpression]
  ) throws(FlintError) -> Computation.Step? {
    let kernels = kernels
    switch function {
    case .datePart(let part):
      return try unary(operands[0]) { (time, _) throws(FlintError) in try kernels.part(part, of: time) }
    case .truncate(let unit):
      return try unary(operands[0]) { (time, _) throws(FlintError) in try kernels.truncate(time, to: unit) }
    case .addDays:
      return try binary(operands) { (date, days, rows) throws(FlintError) in
        try kernels.addDays(date, days, rows: rows)
      }
    case .daysBetween:
      return try binary(operands) { (last, first, rows) throws(FlintError) in
        try kernels.daysBetween(last, first, rows: rows)
      }
    case .addMonths:
      return try binary(operands) { (time, months, _) throws(FlintError) in try kernels.addMonths(time, months) }
    case .addInterval:
      return try binary(operands) { (time, interval, _) throws(FlintError) in try kernels.add(time, interval) }
    case .between:
      return try binary(operands) { (last, first, _) throws(FlintError) in try kernels.between(last, first) }
    case .addIntervals, .subtractIntervals:
      let isDifference = function == .subtractIntervals
      return try binary(operands) { (left, right, _) throws(FlintError) in
        try kernels.add(intervals: left, right, isDifference: isDifference)
      }
    case .lastDay:
      return try unary(operands[0]) { (date, _) throws(FlintError) in try kernels.lastDay(date) }
    case .unixSeconds:
      return try unary(operands[0]) { (time, _) throws(FlintError) in
        try kernels.map(time, Int64.self, to: .int64) { $0.spanStart(1_000_000, from: 0) / 1_000_000 }
      }
    case .formatted(let text):
      let pattern = try TimePattern(text)
      return try unary(operands[0]) { (time, _) throws(FlintError) in try kernels.format(time, pattern) }
    case .read(let text):
      let pattern = try TimePattern(text)
      return try unary(operands[0], within: true) { (text, rows) throws(FlintError) in
        try kernels.timestamps(text, pattern, rows: rows)
      }
    case .monthsBetween(let isRounded):
      return try binary(operands) { (last, first, _) throws(FlintError) in
        try kernels.monthsBetween(last, first, isRounded: isRounded)
      }
    case .span(let length, let start):
      return try unary(operands[0]) { (time, _) throws(FlintError) in
        try kernels.map(time, Int64.self, to: .timestamp) { $0.spanStart(length, from: start) }
      }
    case .local(let name), .moments(let name):
      guard let zone = zones[name] else { preconditionFailure("the rules of \(name) were not loaded") }
      let isLocal = function == .local(name)
      return try unary(operands[0]) { (time, _) throws(FlintError) in
        isLocal ? try kernels.local(time, in: zone) : try kernels.moments(time, in: zone)
      }
    default: return nil
    }
  }
}

extension Int64 {
  /// The beginning of the span of some length in which a moment lies.
  func spanStart(_ length: Int64, from start: Int64) -> Int64 {
    let rest = (self &- start) % length
    return self &- (rest < 0 ? rest &+ length : rest)
  }
}
