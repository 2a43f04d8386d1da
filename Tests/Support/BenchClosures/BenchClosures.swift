import FlintClosures
import Glibc

/// Work for the benchmarks, which measure it from outside. Prints one line that says how much was done.
@main struct BenchClosures {
  struct Function: Sendable { let call: @Sendable (Double) -> Double }

  static func main() throws {
    let native = scaling(by: 1.0001)
    switch CommandLine.arguments.dropFirst().first {
    case "native": run(native)
    case "shipped": run(try ShippedClosure.decode(ShippedClosure.encode(native)))
    case "ship": try ship(native)
    default:
      print("usage: bench-closures native | shipped | ship")
      exit(2)
    }
  }

  @inline(never)
  @_optimize(none)
  private static func scaling(by factor: Double) -> Function { Function { $0 * factor + 1 } }

  /// Calls a function whose code the compiler does not see.
  @inline(never)
  private static func run(_ function: Function) {
    var value = 1.0
    let count = 500_000_000
    for _ in 0..<count {
      value = function.call(value)
      if value > 1e9 { value = 1 }
    }
    print("calls=\(count) value=\(value)")
  }

  /// Ships and rebuilds a closure with one Double.
  private static func ship(_ function: Function) throws {
    var copy = function
    let count = 300_000
    for _ in 0..<count { copy = try ShippedClosure.decode(ShippedClosure.encode(copy)) }
    print("ships=\(count) value=\(copy.call(1))")
  }
}
