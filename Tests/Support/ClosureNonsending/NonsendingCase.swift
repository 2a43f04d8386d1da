internal import FlintClosures

/// A closure of a module whose asynchronous functions run where their caller does, as a user's module may be built, and what
/// shall become of it.
package struct NonsendingCase: Sendable {
  package typealias Job = @Sendable () async throws -> [String]

  package let name: String
  /// What the refusal must name; nil when the closure must be shipped.
  package let refusal: String?
  /// What the job gives.
  package let expected: [String]
  /// Ships the closure. The job, which is to run in another process, rebuilds and calls it.
  package let ship: @Sendable () throws -> Job

  static let rows = [1.5, 4]

  /// A closure of an asynchronous type, in a struct of this module.
  static func ships(
    _ name: String, _ expected: String..., make: @escaping @Sendable () -> Work
  ) -> NonsendingCase {
    NonsendingCase(name: "nonsending: " + name, refusal: nil, expected: expected) { try job(make()) }
  }

  static func fails(_ name: String, _ refusal: String, make: @escaping @Sendable () -> Work) -> NonsendingCase {
    NonsendingCase(name: "nonsending: " + name, refusal: refusal, expected: []) { try job(make()) }
  }

  init(name: String, refusal: String?, expected: [String], ship: @escaping @Sendable () throws -> Job) {
    self.name = name
    self.refusal = refusal
    self.expected = expected
    self.ship = ship
  }

  private static func job(_ work: Work) throws -> Job {
    let bytes = try ShippedClosure.encode(work)
    return {
      let copy = try ShippedClosure.decode(bytes, as: Work.self)
      var lines: [String] = []
      for row in rows { lines.append("\(try await copy.call(row))") }
      return lines
    }
  }
}

/// What travels: a stored asynchronous function of this module.
struct Work: Sendable { let call: @Sendable (Double) async throws -> Double }

/// The same, generic.
struct Batch<Row, Result>: Sendable { let call: @Sendable (Row) async throws -> Result }

/// Returns its argument in a way that the optimiser cannot follow.
@inline(never)
@_optimize(none)
func opaque<Value>(_ value: Value) -> Value { value }
