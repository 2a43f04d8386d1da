import FlintColumns
import FlintCore
import FlintSystem

@testable import FlintSQL

/// Runs queries over tables in this process.
struct LocalSQL {
  let kernels: Kernels
  let catalog: Catalog
  let files: any FileSystem
  /// Whether joins are merged where no hint says otherwise.
  var prefersMergeJoin = false

  init(_ tables: [String: Table] = [:], rules: ComputationRules = .ansi, memory: ColumnMemory) throws {
    kernels = Kernels(memory, rules: rules)
    catalog = Catalog(tables: tables)
    files = SystemFileSystem(threads: try FileThreads(count: 1))
  }

  func plan(_ sql: String, isOptimised: Bool = true) throws -> LogicalPlan {
    guard case .query(let query) = try Parser.statement(sql) else {
      throw FlintError(.invalidArgument, "no query: \(sql)")
    }
    let plan = try Analyser.plan(query, catalog, kernels)
    return isOptimised ? Optimiser(kernels, prefersMergeJoin: prefersMergeJoin).optimised(plan) : plan
  }

  func rows(_ sql: String, isOptimised: Bool = true) async throws -> [[Cell]] {
    let plan = try plan(sql, isOptimised: isOptimised)
    return try cells(try await LocalExecution(kernels, files: files).rows(plan))
  }

  func cells(_ batch: Batch) throws -> [[Cell]] {
    let columns = try batch.columns.map { try $0.flat(kernels.memory) }
    return (0..<batch.length).map { row in columns.map { Cell($0, row) } }
  }
}
