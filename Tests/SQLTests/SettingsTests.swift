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
