import Flint

/// Adds up what each account did on each day, from a ledger of transactions in Parquet files.
///
///     AccountStatistics --input FILES --output FOLDER
///
/// `FILES` is a file, a folder or a pattern such as `ledger/day=2018-07-2*/`. The output is a folder of Parquet files, in the
/// place of an older one.
@main struct AccountStatistics: FlintApplication {
  struct Options: Decodable, Sendable {
    var input: String
    var output: String
  }

  static let summary = "Adds up what each account did on each day."

  private static let statistics = """
    SELECT
      account_id,
      CAST(ts AS DATE) AS day,
      COUNT(*) AS n,
      SUM(CASE WHEN type = 'order' THEN 1 ELSE 0 END) AS n_orders,
      SUM(CASE WHEN type = 'trade' THEN 1 ELSE 0 END) AS n_trades,
      SUM(CASE WHEN type = 'deposit' THEN amount ELSE 0 END) AS deposits,
      SUM(CASE WHEN type = 'withdrawal' THEN amount ELSE 0 END) AS withdrawals,
      SUM(CASE WHEN type = 'order' THEN -amount ELSE 0 END) AS staked,
      SUM(CASE WHEN type = 'trade' THEN amount ELSE 0 END) AS pnl,
      SUM(fee) AS fees,
      SUM(amount) AS net,
      MIN(amount) AS min_amount,
      MAX(amount) AS max_amount,
      AVG(amount) AS avg_amount,
      COUNT(DISTINCT market_id) AS markets
    FROM transactions
    GROUP BY account_id, CAST(ts AS DATE)
    """

  static func run(_ flint: Session, _ options: Options) async throws {
    flint.read.parquet(options.input).createOrReplaceTempView("transactions")
    try await flint.sql(statistics).write.mode(.overwrite).parquet(options.output)
  }
}
