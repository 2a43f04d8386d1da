extension NonsendingCase {
  package static let all: [NonsendingCase] = closures + conversions + isolations + functions + generics

  private static let closures: [NonsendingCase] = [
    .ships("asynchronous closure", "3.0", "8.0") {
      let k = opaque(2.0)
      return Work {
        await Task.yield()
        return $0 * k
      }
    },
    .ships("synchronous closure", "3.0", "8.0") {
      let k = opaque(2.0)
      return Work { $0 * k }
    },
    .ships("asynchronous closure with an object as context", "3.0", "8.0") {
      let factor = opaque(Factor(2))
      return Work {
        await Task.yield()
        return $0 * factor.value
      }
    },
    .ships("stored asynchronous closure in another one", "4.0", "9.0") {
      let k = opaque(2.0)
      let inner = opaque(
        Work {
          await Task.yield()
          return $0 * k
        }
      ).call
      return Work { try await inner($0) + 1 }
    },
    .ships("optional asynchronous closure in another one", "4.0", "9.0") {
      let k = opaque(2.0)
      let inner: (@Sendable (Double) async -> Double)? = {
        await Task.yield()
        return $0 * k
      }
      return Work { (await inner?($0) ?? 0) + 1 }
    },
    .fails("struct that holds an asynchronous closure", "closure inside a value") {
      let work = opaque(Work { $0 })
      return Work { try await work.call($0) }
    },
    .fails("object that is not Codable two closures in", "Unshipped") {
      let object = opaque(Unshipped(2))
      let inner = opaque(Work { $0 * object.value }).call
      return Work { try await inner($0) }
    },
  ]

  private static let conversions: [NonsendingCase] = [
    .ships("captured synchronous closure as an asynchronous one", "3.0", "8.0") {
      let k = opaque(2.0)
      let plain: @Sendable (Double) -> Double = { $0 * k }
      let waiting: @Sendable (Double) async -> Double = plain
      return Work { await waiting($0) }
    },
    .ships("closure of the caller's place as a concurrent one", "3.0", "8.0") {
      let k = opaque(2.0)
      let inherited: @Sendable (Double) async -> Double = { $0 * k }
      let concurrent: @concurrent @Sendable (Double) async -> Double = inherited
      return Work { await concurrent($0) }
    },
    .ships("concurrent closure as one of the caller's place", "3.0", "8.0") {
      let k = opaque(2.0)
      let concurrent: @concurrent @Sendable (Double) async -> Double = { $0 * k }
      let inherited: @Sendable (Double) async -> Double = concurrent
      return Work { await inherited($0) }
    },
    .ships("closure that does not throw as one that does", "3.0", "8.0") {
      let k = opaque(2.0)
      let plain: @Sendable (Double) async -> Double = { $0 * k }
      return Work(call: plain)
    },
  ]

  private static let isolations: [NonsendingCase] = [
    .ships("concurrent closure", "3.0", "8.0") {
      let k = opaque(2.0)
      let concurrent: @concurrent @Sendable (Double) async -> Double = {
        await Task.yield()
        return $0 * k
      }
      return Work { await concurrent($0) }
    },
    .ships("closure of the main actor", "3.0", "8.0") {
      let k = opaque(2.0)
      let onMain: @MainActor @Sendable (Double) async -> Double = { $0 * k }
      return Work { await onMain($0) }
    },
    // It carries the actor that it belongs to, or nil.
    .fails("closure that knows its isolation", "Optional<Swift.Actor>, which cannot be sent") {
      let k = opaque(2.0)
      let isolated: @isolated(any) @Sendable (Double) async -> Double = { $0 * k }
      return Work { await isolated($0) }
    },
    .ships("closure that is given its isolation", "3.0", "8.0") {
      let k = opaque(2.0)
      let given: @Sendable (isolated (any Actor)?, Double) async -> Double = { $1 * k }
      return Work { await given(nil, $0) }
    },
  ]

  private static let functions: [NonsendingCase] = [
    .ships("method of a struct", "3.0", "8.0") { Work(call: opaque(Scale(factor: 2)).scaled) },
    .ships("concurrent method of a struct", "3.0", "8.0") { Work(call: opaque(Scale(factor: 2)).scaledAnywhere) },
    .ships("method of an object", "3.0", "8.0") { Work(call: opaque(Factor(2)).scaled) },
    .ships("local function", "3.5", "6.0") {
      let k = opaque(2.0)
      @Sendable func local(_ number: Double) async -> Double {
        await Task.yield()
        return number + k
      }
      return Work(call: local)
    },
    .ships("global function", "2.5", "5.0") { Work(call: incremented) },
    .ships("concurrent global function", "2.5", "5.0") { Work(call: incrementedAnywhere) },
    .fails("closure that throws", "Thrown") {
      let k = opaque(2.0)
      return Work {
        if $0 < k { throw Thrown() }
        return $0
      }
    },
  ]

  private static let generics: [NonsendingCase] = [
    .ships("generic closure", "4.5", "12.0") {
      let call = tripled(opaque(3.0)).call
      return Work { try await call($0) }
    },
    .ships("generic closure around a captured one", "3.0", "8.0") {
      let k = opaque(2.0)
      let composed = composed(
        { (number: Double) in
          await Task.yield()
          return "\(number * k)"
        },
        { (text: String) in Double(text) ?? 0 })
      return Work(call: composed)
    },
  ]
}

struct Thrown: Error {}

struct Scale: Sendable {
  var factor: Double

  func scaled(_ number: Double) async -> Double {
    await Task.yield()
    return number * factor
  }

  @concurrent func scaledAnywhere(_ number: Double) async -> Double { number * factor }
}

final class Factor: Codable, Sendable {
  let value: Double

  init(_ value: Double) { self.value = value }

  func scaled(_ number: Double) async -> Double { number * value }
}

final class Unshipped: Sendable {
  let value: Double

  init(_ value: Double) { self.value = value }
}

func incremented(_ number: Double) async -> Double { number + 1 }
@concurrent func incrementedAnywhere(_ number: Double) async -> Double { number + 1 }

@inline(never)
@_semantics("optimize.sil.specialize.generic.never")
private func tripled<Number: FloatingPoint & Sendable>(_ factor: Number) -> Batch<Number, Number> {
  Batch {
    await Task.yield()
    return $0 * factor
  }
}

@inline(never)
@_semantics("optimize.sil.specialize.generic.never")
private func composed<Input, Middle, Output>(
  _ first: @escaping @Sendable (Input) async -> Middle, _ second: @escaping @Sendable (Middle) async -> Output
) -> @Sendable (Input) async throws -> Output {
  { await second(first($0)) }
}
