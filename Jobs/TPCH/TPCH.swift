import Flint

/// Answers the questions of TPC-H over Parquet files, and says how long each took.
///
///     TPCH --data FOLDER --output FOLDER [--queries 1,6]
///
/// `data` holds a folder of Parquet files for each table, named as the table is. Each answer becomes one file, `q01.csv` for
/// the first question, in the place of an older one.
@main struct TPCH: FlintApplication {
  struct Options: Decodable, Sendable {
    var data: String
    var output: String
    /// Which questions, separated by commas; all of them by default.
    var queries: String?
  }

  static let summary = "Answers the questions of TPC-H over Parquet files."

  private static let tables = [
    "region", "nation", "supplier", "customer", "part", "partsupp", "orders", "lineitem",
  ]

  static func run(_ flint: Session, _ options: Options) async throws {
    let queries = try chosen(options.queries)
    for table in tables { flint.read.parquet("\(options.data)/\(table)").createOrReplaceTempView(table) }
    let folder = FilePath(options.output)
    try await flint.files.createDirectory(folder)
    for query in queries {
      let (time, work) = (flint.time.now, await flint.processorTime())
      let answer = try await lines(flint.sql(query.text))
      try await flint.files.replaceDurably(folder / query.fileName, with: Array(answer.utf8))
      let wall = time.duration(to: flint.time.now)
      let spent = await flint.processorTime() - work
      print("\(query.fileName) wall=\(milliseconds(wall)) cpu=\(milliseconds(spent))")
    }
  }

  private static func chosen(_ list: String?) throws -> [Query] {
    guard let list else { return Query.all }
    return try list.split(separator: ",").map { number in
      guard let query = Query.all.first(where: { "\($0.number)" == number }) else {
        let known = Query.all.map { "\($0.number)" }.joined(separator: ", ")
        throw FlintError(.invalidArgument, "there is no question '\(number)'", remedy: "choose of \(known)")
      }
      return query
    }
  }

  /// The rows as lines of CSV, below the names of their columns.
  private static func lines(_ frame: DataFrame) async throws -> String {
    let names = try await frame.schema().fields.map(\.name)
    let rows = try await frame.select(names.map { "CAST(`\($0)` AS STRING) AS `\($0)`" }).collect()
    var text = names.map(field).joined(separator: ",") + "\n"
    for row in rows {
      text += row.values.map { $0 == .null ? "" : field("\($0)") }.joined(separator: ",") + "\n"
    }
    return text
  }

  /// In quotes where a reader would take it apart.
  private static func field(_ text: String) -> String {
    guard text.isEmpty || text.utf8.contains(where: { [10, 13, 34, 44].contains($0) }) else { return text }
    var quoted = "\""
    for character in text.unicodeScalars {
      if character == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(character)
    }
    return quoted + "\""
  }

  private static func milliseconds(_ duration: Duration) -> String { "\(duration.nanoseconds / 1_000_000)ms" }
}
