import FlintCore
import Glibc

// bench-transport CASE          two processes and one connection over the loopback; prints what the client measured
// bench-transport serve CASE    the server: says its port, and serves until its client has left
//
// Prints units (messages or blocks), rate (units a second) and, with one request at a time, p50 and p99 in nanoseconds.
do {
  let words = Array(CommandLine.arguments.dropFirst())
  guard let plan = words.last.flatMap(BenchPlan.named) else {
    print("usage: bench-transport [serve] \(BenchPlan.all.map(\.name).joined(separator: " | "))")
    exit(2)
  }
  if words.count == 1 {
    try await BenchClient.run(plan)
  } else {
    try await BenchServer.run(plan)
  }
} catch {
  print("bench-transport: \(error)")
  exit(1)
}
