internal import Flint

// A program without an application's entry point, which asks for executors. Each start prints a line, so that a test
// sees whether it ran more than once.
print("started")

/// A global of main.swift. Closures do not capture it, and a process that did not run the line above it would see zero.
let rate = 2.5

let bare = try ShippedClosure.encode { @Sendable in 1.5 }
let reading = try ShippedClosure.encode { @Sendable in rate }
print("a global travels: \(reading.count != bare.count)")
do {
  let flint = try await Session.builder.master("local-cluster[1,1,256m]").config("flint.eventLog.enabled", "false")
    .getOrCreate()
  print(try await flint.range(0..<1).map { Double($0) * rate }.collect())
} catch let error as FlintError {
  print(error.code.rawValue)
}
