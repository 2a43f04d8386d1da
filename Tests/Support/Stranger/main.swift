internal import FlintCore
internal import FlintLaunch
internal import FlintSystem

// A program without an application's entry point, which asks for an executor. Each start prints a line, so that a test
// sees whether it ran more than once.
print("started")
let call = ExecutorCall(
  launcher: try SystemProcessLauncher(threads: try FileThreads(count: 1)), time: try SystemTime(), environment: [:])
do {
  _ = try await call.run([], deadline: .seconds(10))
  print("an executor answered")
} catch let error as FlintError {
  print(error.code.rawValue)
}
