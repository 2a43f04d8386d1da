internal import FlintCore

// From a function and its type to the loop that computes it.
extension AggregateFunction {
  func make(_ kernels: Kernels) throws(FlintError) -> any Aggregate {
    guard isDefined else {
      throw FlintError(.invalidArgument, "there is no \(kind) of \(input.map(\.description) ?? "nothing")")
    }
    if isDistinct, let input {
      guard [.countRows, .count, .sum, .average, .minimum, .maximum, .variance, .sampleVariance].contains(kind) else {
        throw FlintError(.invalidArgument, "there is no \(kind) of values that count once: they have no order")
      }
      return try DistinctAggregate(try AggregateFunction(kind, of: input).make(kernels), of: input, kernels)
    }
    let input = input ?? .int64
    switch kind {
    case .countRows: return CountAggregate(countsNulls: true, kernels)
    case .count: return CountAggregate(countsNulls: false, kernels)
    case .sum: return sum(input, kernels)
    case .average: return average(input, kernels)
    case .variance, .sampleVariance: return MomentAggregate(isSample: kind == .sampleVariance, kernels)
    case .minimum, .maximum, .first, .last: return try choice(input, kernels)
    case .collectList: return try ListAggregate(.list, of: input, kernels)
    case .collectSet: return try ListAggregate(.set, of: input, kernels)
    case .countDistinct: return try ListAggregate(.count, of: input, kernels)
    case .firstRow, .lastRow: return RowAggregate(isLast: kind == .lastRow, of: input, kernels)
    }
  }

  private func sum(_ input: DataType, _ kernels: Kernels) -> any Aggregate {
    switch input.physical {
    case .int8: return wholeSum(Int8.self, kernels)
    case .int16: return wholeSum(Int16.self, kernels)
    case .int32: return wholeSum(Int32.self, kernels)
    case .float: return floatSum(Float.self, kernels)
    case .double: return floatSum(Double.self, kernels)
    case .int64: return input.decimal == nil ? wholeSum(Int64.self, kernels) : decimalSum(Int64.self, kernels)
    case .int128, .bit, .interval, .text, .list, .structure, .map: return decimalSum(Int128.self, kernels)
    }
  }

  @inline(__always)
  private func wholeSum<Value: FixedWidthInteger & SignedInteger & BitwiseCopyable & Sendable>(
    _: Value.Type, _ kernels: Kernels
  ) -> any Aggregate {
    CellAggregate(SumCell<Value>.self, .int64, kernels) { (cell) throws(FlintError) -> Int64? in
      if cell.hasOverflow, kernels.rules == .ansi { throw kernels.overflow(.int64, "a sum") }
      return cell.hasValue ? cell.sum : nil
    }
  }

  @inline(__always)
  private func floatSum<Value: BinaryFloatingPoint & BitwiseCopyable & Sendable>(
    _: Value.Type, _ kernels: Kernels
  ) -> any Aggregate {
    CellAggregate(FloatSumCell<Value>.self, .double, kernels) { (cell) throws(FlintError) -> Double? in
      cell.count == 0 ? nil : cell.sum
    }
  }

  @inline(__always)
  private func decimalSum<Value: FixedWidthInteger & SignedInteger & BitwiseCopyable & Sendable>(
    _: Value.Type, _ kernels: Kernels
  ) -> any Aggregate {
    let type = result
    let limit = DecimalMath.power(type.decimal?.precision ?? 0)
    let number = { @Sendable (cell: WideSumCell<Value>) throws(FlintError) -> Int128? in
      if cell.count == 0 { return nil }
      if cell.hasOverflow || !DecimalMath.fits(cell.sum, below: limit) {
        if kernels.rules == .ansi { throw kernels.overflow(type, "a sum") }
        return nil
      }
      return cell.sum
    }
    if type.physical == .int128 { return CellAggregate(WideSumCell<Value>.self, type, kernels, number) }
    return CellAggregate(WideSumCell<Value>.self, type, kernels) { (cell) throws(FlintError) -> Int64? in
      try number(cell).map { Int64(truncatingIfNeeded: $0) }
    }
  }

  private func average(_ input: DataType, _ kernels: Kernels) -> any Aggregate {
    switch input.physical {
    case .int8: return wholeAverage(Int8.self, kernels)
    case .int16: return wholeAverage(Int16.self, kernels)
    case .int32: return wholeAverage(Int32.self, kernels)
    case .float: return floatAverage(Float.self, kernels)
    case .double: return floatAverage(Double.self, kernels)
    case .int64:
      if let decimal = input.decimal { return decimalAverage(Int64.self, scale: decimal.scale, kernels) }
      return wholeAverage(Int64.self, kernels)
    case .int128, .bit, .interval, .text, .list, .structure, .map:
      return decimalAverage(Int128.self, scale: input.decimal?.scale ?? 0, kernels)
    }
  }

  @inline(__always)
  private func wholeAverage<Value: FixedWidthInteger & SignedInteger & BitwiseCopyable & Sendable>(
    _: Value.Type, _ kernels: Kernels
  ) -> any Aggregate {
    CellAggregate(WideSumCell<Value>.self, .double, kernels) { (cell) throws(FlintError) -> Double? in
      cell.count == 0 ? nil : Double(cell.sum) / Double(cell.count)
    }
  }

  @inline(__always)
  private func floatAverage<Value: BinaryFloatingPoint & BitwiseCopyable & Sendable>(
    _: Value.Type, _ kernels: Kernels
  ) -> any Aggregate {
    CellAggregate(FloatSumCell<Value>.self, .double, kernels) { (cell) throws(FlintError) -> Double? in
      cell.count == 0 ? nil : cell.sum / Double(cell.count)
    }
  }

  @inline(__always)
  private func decimalAverage<Value: FixedWidthInteger & SignedInteger & BitwiseCopyable & Sendable>(
    _: Value.Type, scale: Int, _ kernels: Kernels
  ) -> any Aggregate {
    let type = result
    let (precision, resultScale) = type.decimal ?? (0, 0)
    let limit = DecimalMath.power(precision)
    let number = { @Sendable (cell: WideSumCell<Value>) throws(FlintError) -> Int128? in
      if cell.count == 0 { return nil }
      let average = DecimalMath.quotient(cell.sum, raisedBy: resultScale - scale, by: Int128(cell.count))
      guard !cell.hasOverflow, let average, DecimalMath.fits(average, below: limit) else {
        if kernels.rules == .ansi { throw kernels.overflow(type, "an average") }
        return nil
      }
      return average
    }
    if type.physical == .int128 { return CellAggregate(WideSumCell<Value>.self, type, kernels, number) }
    return CellAggregate(WideSumCell<Value>.self, type, kernels) { (cell) throws(FlintError) -> Int64? in
      try number(cell).map { Int64(truncatingIfNeeded: $0) }
    }
  }

  // MARK: One of the values.

  private func choice(_ input: DataType, _ kernels: Kernels) throws(FlintError) -> any Aggregate {
    switch input.physical {
    case .bit: return BitAggregate(try AggregateFunction(kind, of: .int8).make(kernels), kernels)
    case .int8: return choice(Int8.self, input, kernels)
    case .int16: return choice(Int16.self, input, kernels)
    case .int32: return choice(Int32.self, input, kernels)
    case .int64: return choice(Int64.self, input, kernels)
    case .int128: return choice(Int128.self, input, kernels)
    case .float: return choice(Float.self, input, kernels)
    case .double: return choice(Double.self, input, kernels)
    case .interval: return choice(Interval.self, input, kernels)
    case .text, .list, .structure, .map: return try TextAggregate(kind, input, kernels)
    }
  }

  @inline(__always)
  private func choice<Value: OrderedValue & Sendable>(
    _: Value.Type, _ input: DataType, _ kernels: Kernels
  ) -> any Aggregate {
    switch kind {
    case .minimum: chosen(LeastChoice<Value>.self, input, kernels)
    case .maximum: chosen(GreatestChoice<Value>.self, input, kernels)
    case .first: chosen(FirstChoice<Value>.self, input, kernels)
    default:
      chosen(LastChoice<Value>.self, input, kernels)
    }
  }

  @inline(__always)
  private func chosen<Choice: CellChoice>(
    _: Choice.Type, _ input: DataType, _ kernels: Kernels
  ) -> any Aggregate where Choice.Value: Sendable {
    CellAggregate(ChosenCell<Choice>.self, input, kernels) { (cell) throws(FlintError) -> Choice.Value? in
      cell.hasValue ? cell.value : nil
    }
  }
}
