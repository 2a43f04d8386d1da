import FlintColumns
import FlintCore

/// The cases, each as an operator would do them: batch by batch, through the public kernels.
struct Work {
  static let batchRows = 8192

  let kernels: Kernels
  let data: String

  var memory: ColumnMemory { kernels.memory }

  /// What one pass does, and its answer in lines.
  func pass(_ name: String) throws -> (() throws -> [String])? {
    switch name {
    case "q6": try q6()
    case "q1": try q1()
    case "group10m": try group10m()
    case "groupstring": try groupstring()
    case "join": try join()
    case "sort10m": try sort10m()
    case "bandwidth": try bandwidth()
    default: nil
    }
  }

  /// The batches of a table: slices of its columns.
  func batches(_ count: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: Self.batchRows).map { $0..<min($0 + Self.batchRows, count) }
  }

  func constant(_ type: DataType, _ value: Int64) throws -> Operand {
    if type.physical == .int32 {
      let builder = try ValueBuilder<Int32>(type, capacity: 1, memory)
      try builder.append(Int32(value))
      return .constant(try builder.finish())
    }
    let builder = try ValueBuilder<Int64>(type, capacity: 1, memory)
    try builder.append(value)
    return .constant(try builder.finish())
  }

  private func q6() throws -> () throws -> [String] {
    let table = try Table("\(data)/lineitem", memory)
    let ship = try table.column("shipdate", .date)
    let discount = try table.column("discount", .int64)
    let quantity = try table.column("quantity", .int64)
    let price = try table.column("extendedprice", .int64)
    // 1994-01-01 and 1995-01-01.
    let first = try constant(.date, 8766)
    let end = try constant(.date, 9131)
    let least = try constant(.int64, 5)
    let most = try constant(.int64, 7)
    let limit = try constant(.int64, 2400)
    return {
      let sum = try HashAggregation(keys: [], [AggregateFunction(.sum, of: .int64)], kernels)
      for range in batches(table.rowCount) {
        let discounts = discount.slice(range)
        var condition = try kernels.compare(.greaterOrEqual, .vector(ship.slice(range)), first)
        for (comparison, vector, constant) in [
          (ComparisonOperator.less, ship.slice(range), end), (.greaterOrEqual, discounts, least),
          (.lessOrEqual, discounts, most), (.less, quantity.slice(range), limit),
        ] {
          let next = try kernels.compare(comparison, .vector(vector), constant)
          condition = try kernels.and(.vector(condition), .vector(next))
        }
        let rows = RowNumbers(try kernels.selection(of: condition))
        let revenue = try kernels.compute(
          .multiply, .vector(try kernels.take(price.slice(range), rows)), .vector(try kernels.take(discounts, rows)))
        try sum.add(keys: [], [revenue], length: revenue.count)
      }
      return lines(try sum.results())
    }
  }

  private func q1() throws -> () throws -> [String] {
    let table = try Table("\(data)/lineitem", memory)
    let keys = [try table.column("returnflag", .string), try table.column("linestatus", .string)]
    let ship = try table.column("shipdate", .date)
    let quantity = try table.column("quantity", .int64)
    let price = try table.column("extendedprice", .int64)
    let discount = try table.column("discount", .int64)
    let tax = try table.column("tax", .int64)
    let last = try constant(.date, 10_471)
    let hundred = try constant(.int64, 100)
    let kinds: [AggregateFunction.Kind] = [.sum, .sum, .sum, .sum, .average, .average, .average]
    let functions = kinds.map { AggregateFunction($0, of: .int64) } + [AggregateFunction(.countRows)]
    return {
      let groups = try HashAggregation(keys: keys.map(\.type), functions, kernels)
      for range in batches(table.rowCount) {
        let rows = try kernels.selection(of: try kernels.compare(.lessOrEqual, .vector(ship.slice(range)), last))
        let prices = price.slice(range)
        let discounts = discount.slice(range)
        let quantities = quantity.slice(range)
        let rest = try kernels.compute(.subtract, hundred, .vector(discounts), rows: rows)
        let reduced = try kernels.compute(.multiply, .vector(prices), .vector(rest), rows: rows)
        let taxed = try kernels.compute(.add, hundred, .vector(tax.slice(range)), rows: rows)
        let charge = try kernels.compute(.multiply, .vector(reduced), .vector(taxed), rows: rows)
        try groups.add(
          keys: keys.map { $0.slice(range) },
          [quantities, prices, reduced, charge, quantities, prices, discounts, nil], length: range.count,
          selection: rows)
      }
      return lines(try groups.results())
    }
  }

  private func group10m() throws -> () throws -> [String] {
    let table = try Table("\(data)/random", memory)
    let key = try table.column("key", .int64)
    let value = try table.column("value", .int64)
    let functions = [AggregateFunction(.sum, of: .int64), AggregateFunction(.countRows)]
    return {
      let groups = try HashAggregation(keys: [.int64], functions, kernels)
      for range in batches(table.rowCount) {
        try groups.add(keys: [key.slice(range)], [value.slice(range), nil], length: range.count)
      }
      let results = try groups.results()
      let total = try HashAggregation(
        keys: [], [AggregateFunction(.countRows)] + [1, 2].map { AggregateFunction(.sum, of: results[$0].type) },
        kernels)
      try total.add(keys: [], [nil, results[1], results[2]], length: groups.count)
      return lines(try total.results())
    }
  }

  private func groupstring() throws -> () throws -> [String] {
    let table = try Table("\(data)/lineitem", memory)
    let keys = [try table.column("shipmode", .string), try table.column("shipinstruct", .string)]
    let quantity = try table.column("quantity", .int64)
    let functions = [AggregateFunction(.countRows), AggregateFunction(.sum, of: .int64)]
    return {
      let groups = try HashAggregation(keys: keys.map(\.type), functions, kernels)
      for range in batches(table.rowCount) {
        try groups.add(keys: keys.map { $0.slice(range) }, [nil, quantity.slice(range)], length: range.count)
      }
      return lines(try groups.results())
    }
  }

  private func join() throws -> () throws -> [String] {
    let lines = try Table("\(data)/lineitem", memory)
    let orders = try Table("\(data)/orders", memory)
    let lineKey = try lines.column("orderkey", .int64)
    let quantity = try lines.column("quantity", .int64)
    let schema = Schema([Field("orderkey", .int64), Field("totalprice", .int64)])
    let build = Batch(
      schema, [try orders.column("orderkey", .int64), try orders.column("totalprice", .int64)],
      length: orders.rowCount)
    return {
      let table = try JoinTable(build, keys: [0], kernels)
      let functions = [AggregateFunction(.countRows)] + [0, 1].map { _ in AggregateFunction(.sum, of: .int64) }
      let total = try HashAggregation(keys: [], functions, kernels)
      for range in batches(lines.rowCount) {
        let quantities = quantity.slice(range)
        var matches = try table.matches([lineKey.slice(range)], length: range.count)
        while let (rows, tableRows) = try matches.next(.inner, limit: Self.batchRows) {
          try total.add(
            keys: [],
            [nil, try kernels.take(quantities, rows), try kernels.take(table.batch.columns[1], tableRows)],
            length: rows.count)
        }
      }
      return self.lines(try total.results())
    }
  }

  private func sort10m() throws -> () throws -> [String] {
    let table = try Table("\(data)/random", memory)
    let batch = Batch(
      Schema([Field("wide", .int64), Field("value", .int64)]),
      [try table.column("wide", .int64), try table.column("value", .int64)], length: table.rowCount)
    return {
      let sorted = try kernels.sort(batch, by: [SortKey(0)])
      let rows = (0..<sorted.length / 100_000).map { Int32($0 * 100_000) }
      return lines([try kernels.take(sorted.columns[0], try RowNumbers(rows, memory))], isSorted: true)
    }
  }

  /// Reads 160 MB.
  private func bandwidth() throws -> () throws -> [String] {
    let buffer = try memory.buffer(160_000_000)
    let words = buffer.pointer(to: Int64.self)
    for index in 0..<20_000_000 { words[index] = 1 }
    return {
      var sum: Int64 = 0
      for index in 0..<20_000_000 { sum &+= words[index] }
      withExtendedLifetime(buffer) {}
      return ["\(sum)"]
    }
  }

  /// The rows as their peers print them.
  private func lines(_ columns: [Vector], isSorted: Bool = false) -> [String] {
    let lines = (0..<columns[0].count).map { row in
      columns.map { text($0, row) }.joined(separator: ",")
    }
    return isSorted ? lines : lines.sorted()
  }

  private func text(_ vector: Vector, _ row: Int) -> String {
    if vector.isNull(row) { return "null" }
    switch vector.type {
    case .int64: return String(vector.pointer(to: Int64.self)[row])
    case .double: return fixed(vector.pointer(to: Double.self)[row])
    default: return String(decoding: vector.text(row), as: UTF8.self)
    }
  }

  /// Six digits behind the point.
  private func fixed(_ number: Double) -> String {
    let millionths = Int64((number * 1_000_000).rounded(.toNearestOrEven))
    let fraction = String(millionths.magnitude % 1_000_000)
    return (number < 0 ? "-" : "") + "\(millionths.magnitude / 1_000_000)."
      + String(repeating: "0", count: 6 - fraction.count) + fraction
  }
}
