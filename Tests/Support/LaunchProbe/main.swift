internal import FlintCore
internal import FlintLaunch
internal import FlintSystem
internal import Glibc

// usage: launch-probe --scenario NAME [--deadline DURATION]
//
// Its driver starts one executor for the scenario, and prints the answer or the error's code and reason.
struct ProbeOptions: Decodable {
  var scenario: Scenario
  var deadline: Duration?
}

@Sendable func drive(_ surroundings: ProcessSurroundings) async -> Int32 {
  do {
    let line = try CommandLineOptions<ProbeOptions>(
      surroundings.arguments, program: surroundings.program, summary: "Probes the start of executors.")
    guard case .run(let options, _) = line else { return ApplicationEntry.wrongStart }
    let threads = try FileThreads(count: 1)
    let call = ExecutorCall(
      launcher: try SystemProcessLauncher(threads: threads), time: try SystemTime(),
      environment: surroundings.environment)
    let request = Array(options.scenario.rawValue.utf8)
    let answer = try await call.run(request, deadline: options.deadline ?? .seconds(60))
    print(options.scenario.report(answer: String(decoding: answer, as: UTF8.self)))
    return 0
  } catch let error as FlintError {
    print("\(error.code.rawValue): \(error.what), \(error.why ?? "")")
    return 1
  } catch {
    print("\(error)")
    return 1
  }
}

ApplicationEntry.enter(
  driver: drive,
  executor: { request in
    guard let scenario = Scenario(rawValue: String(decoding: request, as: UTF8.self)) else {
      throw FlintError(.invalidArgument, "the executor got no scenario")
    }
    return Array(try await scenario.perform().utf8)
  })
