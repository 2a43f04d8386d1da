import FlintClosures
import FlintCore
import Testing

@Suite struct ShippedClosureTests {
  @Test("the self-test passes with this toolchain")
  func selfTest() throws {
    try ClosureShipping.selfTest()
    #expect(ClosureShipping.programBuildID?.count == 40)
  }

  @Test("a function type ships without a struct around it")
  func bareFunction() throws {
    let number = 4
    let function: @Sendable (Int) -> Int = { $0 * number }
    let copy = try ShippedClosure.decode(ShippedClosure.encode(function), as: (@Sendable (Int) -> Int).self)
    #expect(copy(3) == 12)
  }

  @Test("an asynchronous closure runs after its journey")
  func asynchronous() async throws {
    let text = "x"
    let closure = AsyncMapping<Int, String> {
      await Task.yield()
      return "\($0)\(text)"
    }
    let copy = try ShippedClosure.decode(ShippedClosure.encode(closure), as: AsyncMapping<Int, String>.self)
    #expect(await copy.call(7) == "7x")
  }

  @Test("an error names the capture, its type, the place of the transformation, and what to do")
  func refusal() throws {
    let place = SourceLocation(file: "Jobs/Taxi.swift", line: 12)
    let error = #expect(throws: FlintError.self) {
      try ShippedClosure.encode(Samples.holding(Unshipped(), 2), at: place)
    }
    #expect(error?.code == .unshippableClosure)
    #expect(error?.location == place)
    #expect(error?.why?.hasPrefix("capture 2 is of type ClosuresTests.Unshipped, which cannot be sent") == true)
    #expect(error?.remedy?.isEmpty == false)
  }

  @Test("the reason tells the way through closures in closures")
  func nestedRefusal() throws {
    let inner = Samples.holding(Unshipped(), 2).call
    let error = #expect(throws: FlintError.self) {
      try ShippedClosure.encode(Mapping<Int, Int> { inner($0) + 1 })
    }
    #expect(error?.why?.contains("capture 1 (") == true)
    #expect(error?.why?.contains("Unshipped") == true)
  }

  @Test("two captured references to one object arrive as two objects")
  func identity() throws {
    let object = Coded(3)
    let other = object
    let closure = Mapping<Int, Bool> { _ in object === other }
    #expect(closure.call(0))
    let copy = try ShippedClosure.decode(ShippedClosure.encode(closure), as: Mapping<Int, Bool>.self)
    #expect(!copy.call(0))
  }

  @Test("many tasks at once ship and rebuild closures")
  func concurrently() async throws {
    let results = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<64 {
        group.addTask {
          let closure = Samples.generic([number, number + 1])
          let copy = try? ShippedClosure.decode(ShippedClosure.encode(closure), as: Mapping<Int, String>.self)
          return copy?.call(1) == closure.call(1)
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(results.count == 64)
    #expect(!results.contains(false))
  }
}
