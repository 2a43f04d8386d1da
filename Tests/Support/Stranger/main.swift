internal import Flint

// A program without an application's entry point, which asks for an executor. Each start prints a line, so that a test
// sees whether it ran more than once.
print("started")

/// A global of main.swift. Closures do not capture it, and a process that did not run the line above it would see zero.
let rate = 2.5

let bare = try ShippedClosure.encode { @Sendable in 1.5 }
let reading = try ShippedClosure.encode { @Sendable in rate }
print("a global travels: \(reading.count != bare.count)")
do {
  print(try await Session().onExecutor { rate })
} catch let error as FlintError {
  print(error.code.rawValue)
}
