import FlintClosures
import FlintCore
import FlintSystem

/// Compares what a closure computes here with what it computes in an executor process.
struct MatrixRig: Sendable {
  let library: String?

  static let trips = (1...5).map { Trip(fare: Double($0) * 1.5, miles: Double($0), zone: "z\($0 % 3)") }

  struct Difference: Error, CustomStringConvertible {
    let description: String
  }

  func compare<Result>(_ function: @escaping @Sendable (Trip) -> Result) async throws {
    try await compare(Self.trips, function)
  }

  /// Ships `function`, calls it for each row there and here.
  func compare<Row: Sendable, Result>(
    _ rows: [Row], _ function: @escaping @Sendable (Row) -> Result
  ) async throws {
    try expect(try await remote(rows, function), rows.map { "\(function($0))" })
  }

  /// What `function` computes of each row in an executor, as text.
  @inline(never)
  func remote<Row: Sendable, Result>(
    _ rows: [Row], _ function: @escaping @Sendable (Row) -> Result
  ) async throws -> [String] {
    let bytes = try ShippedClosure.encode(Mapping(call: function), at: .here())
    return try await execute {
      let mapping = try ShippedClosure.decode(bytes, as: Mapping<Row, Result>.self)
      return rows.map { "\(mapping.call($0))" }
    }
  }

  func remoteThrowing<Row: Sendable, Result>(
    _ rows: [Row], _ function: @escaping @Sendable (Row) throws -> Result
  ) async throws -> [String] {
    let bytes = try ShippedClosure.encode(ThrowingMapping(call: function), at: .here())
    return try await execute {
      let mapping = try ShippedClosure.decode(bytes, as: ThrowingMapping<Row, Result>.self)
      return try rows.map { "\(try mapping.call($0))" }
    }
  }

  func remoteAsync<Row: Sendable, Result: Sendable>(
    _ rows: [Row], _ function: @escaping @Sendable (Row) async throws -> Result
  ) async throws -> [String] {
    let bytes = try ShippedClosure.encode(AsyncMapping(call: function), at: .here())
    return try await execute {
      let mapping = try ShippedClosure.decode(bytes, as: AsyncMapping<Row, Result>.self)
      var results: [String] = []
      for row in rows { results.append("\(try await mapping.call(row))") }
      return results
    }
  }

  func remoteReduce<Row: Sendable>(
    _ rows: [Row], _ function: @escaping @Sendable (Row, Row) -> Row
  ) async throws -> [String] {
    let bytes = try ShippedClosure.encode(Combination(call: function), at: .here())
    return try await execute {
      let combination = try ShippedClosure.decode(bytes, as: Combination<Row>.self)
      return ["\(rows.dropFirst().reduce(rows[0]) { combination.call($0, $1) })"]
    }
  }

  func expect(_ found: [String], _ wanted: [String]) throws {
    guard found == wanted, !found.isEmpty else { throw Difference(description: "\(found) instead of \(wanted)") }
  }

  /// Runs `body` in a new executor process and returns what it returns.
  func execute(_ body: @escaping @Sendable () async throws -> [String]) async throws -> [String] {
    let answer = try await MatrixExecutor.run(ShippedClosure.encode(MatrixJob(run: body)), library: library)
    guard answer.base != MatrixExecutor.base else {
      throw Difference(description: "the executor has the program at the same address, so the case shows nothing")
    }
    return answer.lines
  }
}

struct Mapping<Row, Result>: Sendable { let call: @Sendable (Row) -> Result }
struct ThrowingMapping<Row, Result>: Sendable { let call: @Sendable (Row) throws -> Result }
struct AsyncMapping<Row, Result>: Sendable { let call: @Sendable (Row) async throws -> Result }
struct Combination<Row>: Sendable { let call: @Sendable (Row, Row) -> Row }
struct MatrixJob: Sendable { let run: @Sendable () async throws -> [String] }
