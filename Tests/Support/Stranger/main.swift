internal import Flint

// A program without an application's entry point, which asks for an executor. Each start prints a line, so that a test
// sees whether it ran more than once.
print("started")
do {
  print(try await Session().onExecutor { 1 })
} catch let error as FlintError {
  print(error.code.rawValue)
}
