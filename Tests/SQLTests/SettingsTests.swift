import DirectRuntime
import FlintColumns
import FlintCore
import FlintDatasets
import Testing

@testable import FlintSQL

/// The settings of queries.
@Suite("Settings of queries")
struct SettingsTests {
  @Test("RESET gives what the session has, and SET what the table allows")
  func defaults() throws {
    let configuration = try Configuration(
      registry: ConfigurationRegistry([QueryKeys()]), commandLine: ["flint.sql.ansi.enabled=false"])
    var settings = SQLSettings(configuration)
    #expect(settings.rules == .legacy && settings.zone == "UTC" && settings.partitions == nil)
    try settings.set("flint.sql.ansi.enabled", "true")
    try settings.set("flint.sql.session.timeZone", "Europe/Berlin")
    #expect(settings.rules == .ansi && settings.zone == "Europe/Berlin")
    try settings.reset("flint.sql.ansi.enabled")
    #expect(settings.rules == .legacy && settings.zone == "Europe/Berlin")
    try settings.reset(nil)
    #expect(settings.zone == "UTC")
    for (name, value) in [("flint.sql.shuffle.partitions", "-1"), ("flint.sql.sources.partitionOverwriteMode", "some")]
    {
      let error = #expect(throws: FlintError.self) { try settings.set(name, value) }
      #expect(error?.code == .invalidSetting && error?.why?.contains("SET") == true)
    }
    let unknown = #expect(throws: FlintError.self) { try settings.set("flint.sql.shuffle.partition", "1") }
    #expect(unknown?.remedy == "did you mean flint.sql.shuffle.partitions?")
  }

  @Test("joins are merged when that is set, and a hint keeps small sides from being sent to all tasks")
  func merging() async throws {
    try await DirectRuntime.use { (session, runtime) async throws in
      func jobs(_ hint: String) async throws -> (plan: String, jobs: Int) {
        let before = runtime.record.jobs
        let joined = try await session.sql(
          "SELECT \(hint) a.n FROM (VALUES (1), (2)) a(n) JOIN (VALUES (2), (2), (3)) b(n) ON a.n = b.n")
        #expect(try await joined.collect().map(\.values) == [[.int32(2)], [.int32(2)]])
        return (try await joined.explained(), runtime.record.jobs - before)
      }
      let plain = try await jobs("")
      #expect(!plain.plan.contains("SortMergeJoin") && plain.jobs == 2)
      _ = try await session.sql("SET flint.sql.join.preferSortMergeJoin = true")
      let preferred = try await jobs("")
      #expect(preferred.plan.contains("SortMergeJoin") && preferred.jobs == 2)
      let hinted = try await jobs("/*+ MERGE(a) */")
      #expect(hinted.plan.contains("SortMergeJoin") && hinted.jobs == 1)
      let hashed = try await jobs("/*+ SHUFFLE_HASH(b) */")
      #expect(!hashed.plan.contains("SortMergeJoin") && hashed.jobs == 1)
      let unknown = await #expect(throws: FlintError.self) {
        try await session.sql("SET flint.sql.join.preferSortMergeJoins = true")
      }
      #expect(unknown?.remedy == "did you mean flint.sql.join.preferSortMergeJoin?")
    }
  }

  @Test("rows are exchanged into as many partitions as are set")
  func partitions() async throws {
    try await DirectRuntime.use(defaultParallelism: 3) { (session, runtime) async throws in
      let counted = session.range(0..<100, partitions: 2).toDF().groupBy("value").count()
      #expect(try await counted.collect().count == 100)
      let before = runtime.record.resultPartitions.count
      #expect(before == 3)
      _ = try await session.sql("SET flint.sql.shuffle.partitions = 5")
      #expect(try await counted.collect().count == 100)
      #expect(runtime.record.resultPartitions.count == before + 5)
    }
  }
}
