import Flint
import Glibc

/// Jobs with more stages, and with tasks that take their time.
extension JobProbe {
  static func chain(_ flint: Session, _ options: Options) async throws {
    let reduceGate = options.reduceGate
    let numbers = flint.range(0..<options.rows, partitions: options.partitions)
    let first = numbers.map { ($0 % 50, $0) }.reduceByKey(+)
    let second = first.map { key, sum in (key % 7, sum) }.reduceByKey(+)
    let last = second.map { _, sum -> Int in
      Gate.pass(reduceGate)
      return sum
    }
    let sum = try await last.reduce(+)
    print(sum ?? 0)
  }

  static func deaf(_ flint: Session, _ options: Options) async throws {
    let numbers = flint.range(0..<options.rows, partitions: options.partitions)
    let work = Task {
      try await numbers.map { number in
        while number == 7 { _ = getppid() }
        return number
      }.count()
    }
    Gate.pass(options.driverGate)
    work.cancel()
    _ = try? await work.value
    print(try await numbers.reduce(+) ?? 0)
  }

  static func slow(_ flint: Session, _ options: Options) async throws {
    let (tokens, gate) = (options.failures ?? "", options.mapGate)
    let numbers = flint.range(0..<options.rows, partitions: options.partitions).map { number in
      if number == 0, Token.take(tokens) { Gate.pass(gate) }
      return number
    }
    print(try await numbers.reduce(+) ?? 0)
  }

  static func shared(_ flint: Session, _ options: Options) async throws {
    let gate = options.reduceGate
    let numbers = flint.range(0..<options.rows, partitions: options.partitions)
    let sums = numbers.map { ($0 % 50, $0) }.reduceByKey(+)
    let first = Task {
      let waiting = sums.map { key, sum -> Int in
        Gate.pass(gate)
        return sum
      }
      return try await waiting.count()
    }
    Gate.pass(options.driverGate)
    let second = Task { try await sums.map { _, sum in sum }.reduce(+) }
    first.cancel()
    print((try? await first.value) ?? -1)
    print(try await second.value ?? 0)
  }

  static func hog(_ flint: Session, _ options: Options) async throws {
    let (tokens, gate, size) = (options.failures ?? "", options.mapGate, 400 << 20)
    let numbers = flint.range(0..<options.rows, partitions: options.partitions).map { number in
      if number % 250 == 0 { Gate.pass(gate) }
      if number == 7, Token.take(tokens) {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 4096)
        memset(memory, 1, size)
        memory.deallocate()
      }
      return number
    }
    print(try await numbers.reduce(+) ?? 0)
  }
}
