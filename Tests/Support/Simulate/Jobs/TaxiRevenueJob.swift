internal import FlintChaos
internal import FlintCore
internal import FlintDatasets
internal import FlintSQL
internal import FlintSimulation
internal import FlintTesting

extension SimulationJob {
  /// Trips in Parquet files that are read, added up by a query and written, on a cluster of usual size with the usual limits.
  static let taxiRevenue = SimulationJob(
    name: "TaxiRevenue",
    summary:
      "trips are added up by a query, from Parquet to Parquet, under faults: the right answer or a reason, never a hang",
    timeLimit: .seconds(8 * 3600),
    mustFire: ["fault.kill", "fault.partition", "fault.cut", "fault.breakStreams", "executor.again", "network.lost"]
  ) { simulation in
    let isCalm = simulation.choose(below: 4) == 0
    let trips = (0..<20 + simulation.choose(below: 60)).map { _ in
      SimulatedTrip(
        zone: simulation.choose(below: 5), month: 1 + simulation.choose(below: 3),
        isGreen: simulation.choose(below: 4) == 0,
        fare: simulation.choose(below: 80), passengers: simulation.choose(below: 7))
    }
    let plan = ClusterPlan(
      ClusterShape(executorCount: 3, taskThreads: 2, memory: .mebibytes(64), reportsExits: false))
    let chosen = isCalm ? [] : FaultChance(simulation, executorCount: 3).faults()
    let faults = chosen.enumerated().filter { simulation.keeps("fault \($0.offset)") }.map(\.element)
    let outcome = try await ClusterRun(simulation, plan, faults: faults).run { session, _ in
      try await SimulatedRevenue(session: session, trips: trips).run()
    }
    try outcome.requireAnswerOrReason(in: simulation, faults: faults, isTight: false)
  }
}

/// One trip of a taxi.
private struct SimulatedTrip: Sendable {
  let zone: Int
  let month: Int
  let isGreen: Bool
  /// In quarters.
  let fare: Int
  /// Null when it is 6.
  let passengers: Int

  var service: String { isGreen ? "green" : "yellow" }
  var row: String {
    let passengers = passengers == 6 ? "CAST(NULL AS INT)" : "\(passengers)"
    return "(\(zone), TIMESTAMP '2020-0\(month)-17 05:06:07', \(Double(fare) / 4)D, \(passengers))"
  }
}

/// The job, and what must come of it.
private struct SimulatedRevenue: Sendable {
  let session: Session
  let trips: [SimulatedTrip]

  private static let query = """
    SELECT zone, date_trunc('month', pickup) AS month, service, SUM(fare) AS revenue, AVG(passengers) AS passengers
    FROM trips GROUP BY 1, 2, 3
    """

  func run() async throws {
    let folder = Chaos.sharedFolder
    for isGreen in [true, false] {
      let rows = trips.filter { $0.isGreen == isGreen }.map(\.row) + ["(0, TIMESTAMP '2020-09-09 00:00:00', 0.0D, 1)"]
      let values = try await session.sql(
        "SELECT * FROM VALUES \(rows.joined(separator: ", ")) AS t(zone, pickup, fare, passengers)")
      try await values.coalesce(2).write.parquet("\(folder)/\(isGreen ? "green" : "yellow")")
    }
    let green = session.read.parquet("\(folder)/green").select("*", "'green' AS service")
    let yellow = session.read.parquet("\(folder)/yellow").select("*", "'yellow' AS service")
    green.union(yellow).createOrReplaceTempView("trips")
    try await session.sql(Self.query).coalesce(1).write.mode(.overwrite).parquet("\(folder)/revenue")
    try check(
      try await session.read.parquet("\(folder)/revenue")
        .select("zone", "month(month) AS month", "service", "revenue", "passengers").collect())
  }

  private func check(_ rows: [Row]) throws {
    var expected: [String: (fare: Int, passengers: Int, count: Int)] = [
      "0 9 green": (0, 1, 1), "0 9 yellow": (0, 1, 1),
    ]
    for trip in trips {
      var sums = expected["\(trip.zone) \(trip.month) \(trip.service)"] ?? (0, 0, 0)
      sums.fare += trip.fare
      if trip.passengers != 6 { (sums.passengers, sums.count) = (sums.passengers + trip.passengers, sums.count + 1) }
      expected["\(trip.zone) \(trip.month) \(trip.service)"] = sums
    }
    try require(rows.count == expected.count, "\(rows.count) rows instead of \(expected.count)")
    for row in rows {
      let key = row.values.prefix(3).map(\.description).joined(separator: " ")
      guard let sums = expected[key] else { return try require(false, "nobody drove in \(key)") }
      try require(row[3] == .double(Double(sums.fare) / 4), "\(key) brought \(row[3]), not \(Double(sums.fare) / 4)")
      let average = sums.count == 0 ? Literal.null : .double(Double(sums.passengers) / Double(sums.count))
      try require(row[4] == average, "\(key) had \(row[4]) passengers, not \(average)")
    }
  }

  private func require(_ condition: Bool, _ what: String) throws {
    guard condition else { throw FlintError(.simulationFailed, "I1: WRONG ANSWER: \(what)") }
  }
}
