import Flint

/// Joins facts with what is known of their keys, and adds up by group.
///
///     JoinAggregate --input FOLDER --output FOLDER
///
/// `input` holds the folders `fact` (k, v, g) and `dim` (k, w, name) of Parquet files. The output is one Parquet file (g, x, n,
/// m), in the place of an older one.
@main struct JoinAggregate: FlintApplication {
  struct Options: Decodable, Sendable {
    var input: String
    var output: String
  }

  static let summary = "Joins facts with what is known of their keys, and adds up by group."

  static func run(_ flint: Session, _ options: Options) async throws {
    flint.read.parquet("\(options.input)/fact").createOrReplaceTempView("fact")
    flint.read.parquet("\(options.input)/dim").createOrReplaceTempView("dim")
    let groups = try await flint.sql(
      """
      SELECT g, SUM(v * w) AS x, COUNT(*) AS n, MAX(name) AS m
      FROM fact JOIN dim USING (k)
      GROUP BY g
      """)
    try await groups.coalesce(1).write.mode(.overwrite).parquet(options.output)
  }
}
