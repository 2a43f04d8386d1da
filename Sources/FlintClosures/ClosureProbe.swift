internal import FlintCore

/// A closure that the self-test ships.
struct ClosureProbe: Sendable {
  let name: String
  let closure: Closure

  struct Closure: Sendable { let call: @Sendable (Int) -> String }

  private struct AsyncClosure: Sendable { let call: @Sendable (Int) async -> String }

  /// One for each kind of context: none, values, an object, another closure, generic types, a key path.
  static var all: [ClosureProbe] {
    let digits = [4, 5, 6]
    return [
      ClosureProbe(name: "without captures", closure: Closure { "\($0)" }),
      ClosureProbe(name: "with values", closure: values(true, 2.5, "text", nil)),
      ClosureProbe(name: "with an array as context", closure: array(digits)),
      ClosureProbe(name: "with a closure", closure: nested(array(digits), factor: 3)),
      ClosureProbe(name: "with a generic value", closure: generic(digits)),
      ClosureProbe(name: "with a key path", closure: keyPath(\.count)),
    ]
  }

  /// Throws when the closure does not come back, or computes something else.
  func check() throws(FlintError) {
    let bytes = try ShippedClosure.encode(closure)
    let copy = try ShippedClosure.decode(bytes, as: Closure.self)
    guard copy.call(2) == closure.call(2), try ShippedClosure.encode(copy) == bytes else {
      throw FlintError(.corruptData, "a closure changed on its way", why: "a closure \(name) came back as another one")
    }
    // An asynchronous one cannot be called here; what it holds must be the same.
    let call = closure.call
    let asynchronous = try ShippedClosure.encode(AsyncClosure { call($0) })
    let asynchronousCopy = try ShippedClosure.decode(asynchronous, as: AsyncClosure.self)
    guard try ShippedClosure.encode(asynchronousCopy) == asynchronous else {
      throw FlintError(
        .corruptData, "a closure changed on its way", why: "an asynchronous one came back as another one")
    }
  }

  @inline(never)
  private static func values(_ flag: Bool, _ factor: Double, _ text: String, _ absent: Int?) -> Closure {
    Closure { "\(flag) \(Double($0) * factor) \(text) \(absent ?? $0)" }
  }

  @inline(never)
  private static func array(_ numbers: [Int]) -> Closure {
    Closure { "\(numbers[$0 % numbers.count])" }
  }

  @inline(never)
  private static func nested(_ inner: Closure, factor: Int) -> Closure {
    let call = inner.call
    return Closure { call($0 * factor) + "!" }
  }

  // Not specialised, so that the closure really carries its generic type.
  @inline(never)
  @_semantics("optimize.sil.specialize.generic.never")
  private static func generic<Value: Hashable & Sendable>(_ value: Value) -> Closure {
    Closure { "\(Set([value]).count) \(value) \($0)" }
  }

  @inline(never)
  private static func keyPath(_ path: any KeyPath<String, Int> & Sendable) -> Closure {
    Closure { "\(String(repeating: "a", count: $0)[keyPath: path])" }
  }
}
