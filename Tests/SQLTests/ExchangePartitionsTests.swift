import FlintColumns
import FlintFormats
import Testing

@testable import FlintSQL

@Suite("Partitions behind an exchange")
struct ExchangePartitionsTests {
  /// Rows of 18 bytes; nil for as many as nobody knows.
  private func plan(_ rows: Double?) -> LogicalPlan {
    let columns = (0..<2).map {
      Attribute(id: ColumnID(number: $0), name: "c\($0)", type: .int64, isNullable: false)
    }
    let table = Table(
      name: "t", schema: columns.schema, rows: .input(0), statistics: rows.map { TableStatistics(rowCount: $0) })
    return .scan(TableScan(table: table, columns: columns))
  }

  @Test("follow from the bytes: few large tables are cut into waves of tasks, very large ones into parts of one size")
  func bytes() {
    let partitions = ExchangePartitions(fixed: nil, parallelism: 4)
    let counts = [1, 1e6, 3e6, 5e6, 20e6, 100e6, 1e9, 1e12].map { partitions.count([plan($0)]) }
    #expect(counts == [4, 4, 6, 10, 16, 26, 200, 200])
    #expect(partitions.count([plan(3e6), plan(3e6)]) == 12)
    #expect(ExchangePartitions(fixed: nil, parallelism: 300).count([plan(1)]) == 300)
  }

  @Test("are what the user demands, and one for each task where nothing is known")
  func others() {
    #expect(ExchangePartitions(fixed: 7, parallelism: 4).count([plan(1e9)]) == 7)
    #expect(ExchangePartitions(fixed: nil, parallelism: 4).count([plan(1e9), plan(nil)]) == 4)
    #expect(ExchangePartitions(fixed: 7, parallelism: 4).least == 7)
    #expect(ExchangePartitions(fixed: nil, parallelism: 4).least == 4)
  }
}
