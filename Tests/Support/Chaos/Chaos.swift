import FlintCore
import FlintLaunch
import FlintLibuv
import FlintSystem
import Glibc

/// Breaks real processes: `Scripts/chaos SCENARIO|all`.
///
/// Each scenario runs in a process of its own, where the machine allows it as the first of a process namespace with a `/tmp`
/// of its own: so nothing of it outlives it, and whatever it leaves behind is seen.
@main struct Chaos {
  static func main() async {
    let surroundings = ProcessSurroundings()
    do {
      let machine = try LibuvNode(name: "chaos", logHandler: MemoryLogHandler())
      let code = try await run(surroundings, machine)
      await machine.shutdown()
      exit(code)
    } catch {
      StandardError.say((error as? FlintError)?.rendered() ?? "\(error)")
      exit(2)
    }
  }

  private static func run(_ surroundings: ProcessSurroundings, _ machine: LibuvNode) async throws -> Int32 {
    let orders = try ChaosOrders(surroundings.arguments)
    switch orders.work {
    case .list:
      for scenario in ProcessScenario.all {
        let numbers = scenario.faults.isEmpty ? "-" : scenario.faults.map { "\($0)" }.joined(separator: ",")
        print("\(scenario.name.padded(to: 44)) \(numbers.padded(to: 8)) \(scenario.summary)")
      }
      print("")
      for absent in ProcessScenario.absent { print("fault \(absent.fault) has no scenario here: \(absent.why)") }
      return 0
    case .inside(let name):
      return try await InsideRun(try orders.scenario(name), surroundings, machine).run()
    case .all: return try await OutsideRun(ProcessScenario.all, orders, surroundings, machine).run()
    case .some(let names):
      return try await OutsideRun(try names.map(orders.scenario), orders, surroundings, machine).run()
    }
  }
}
