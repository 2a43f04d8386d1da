internal import FlintCore
internal import FlintSimulation
internal import SchedulingModel

extension SimulationJob {
  /// Every order of events in small cases; the seed says which case.
  static let orders = SimulationJob(
    name: "orders", summary: "small cases of the driver's deciders come to a right end in every order of their events"
  ) { simulation in
    let order = OrderCase.all[Int(simulation.seed % UInt64(OrderCase.all.count))]
    let search = OrderSearch(order)
    simulation.note("\(order.name): \(search.orderCount) orders", fact: UInt64(search.orderCount))
    try simulation.require(search.violation == nil, "\(order.name): \(search.violation ?? "")")
  }
}
