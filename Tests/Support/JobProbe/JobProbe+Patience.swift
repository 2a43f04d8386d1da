import Flint
import Glibc

/// Jobs with more stages, and with tasks that take their time.
extension JobProbe {
  static func chain(_ flint: Session, _ options: Options) async throws {
    let (mapGate, reduceGate, step) = (options.mapGate, options.reduceGate, max(1, options.rows / options.partitions))
    let numbers = flint.range(0..<options.rows, partitions: options.partitions).map { number in
      if number % step == 0 { Gate.pass(mapGate) }
      return number
    }
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

  static func dealt(_ flint: Session, _ options: Options) async throws {
    let (tokens, reduceGate, zeroGate) = (options.failures ?? "", options.reduceGate, options.zeroGate)
    let (mapGate, step) = (options.mapGate, max(1, options.rows / options.partitions))
    let numbers = flint.range(0..<options.rows, partitions: options.partitions).map { number in
      if number % step == 0 { Gate.pass(mapGate) }
      return number
    }
    let keyed = numbers.repartition(3).mapPartitions { rows in
      let shift = Token.take(tokens) ? 1 : 0
      return rows.enumerated().map { (($0.offset + shift) % 7, ($0.element, 1)) }
    }
    let sums = keyed.reduceByKey(partitions: 3) { ($0.0 + $1.0, $0.1 + $1.1) }.map { key, sum in
      Gate.pass(reduceGate)
      if key == 0 { Gate.pass(zeroGate) }
      return sum
    }
    let found = try await sums.collect()
    print(found.reduce(0) { $0 + $1.0 }, found.reduce(0) { $0 + $1.1 })
  }

  static func copies(_ flint: Session, _ options: Options) async throws {
    let (tokens, firstGate, lastGate) = (options.failures ?? "", options.firstGate, options.lastGate)
    let last = options.rows - 1
    let lines = flint.range(0..<options.rows, partitions: options.partitions).map { number in
      if number == 0, Token.take(tokens) { Gate.pass(firstGate) }
      if number == last { Gate.pass(lastGate) }
      return "\(number)"
    }
    try await lines.saveAsTextFile(options.output ?? "output")
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
