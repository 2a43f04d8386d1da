// A user's library, built by Scripts/test into a file that the matrix loads at run time. Its asynchronous functions run
// where their caller does (NonisolatedNonsendingByDefault), unlike those of the package.

struct Zone: Codable, Sendable, Hashable {
  var number: Int
  var name: String
}

private func zoneScorer(_ zones: [Zone], bonus: Double) -> @Sendable (Double) -> Double {
  { $0 + bonus * Double(zones.reduce(0) { $0 + $1.number }) + Double(zones.first?.name.count ?? 0) }
}

@inline(never)
@_semantics("optimize.sil.specialize.generic.never")
private func picker<Value: Sendable & Hashable & BinaryFloatingPoint>(_ values: [Value]) -> @Sendable (Value) -> Value {
  { Set(values).contains($0) ? $0 : values[0] }
}

private func waiting(_ factor: Double) -> @Sendable (Double) async -> Double {
  {
    await Task.yield()
    return $0 * factor
  }
}

/// A struct of which nothing but a closure needs the metadata.
private struct Rate {
  var factor: Double
  var offset: Double
}

/// Another one, which the closure captures as an optional.
private struct Limit {
  var most: Double
  var least: Double
}

final class Bonus: Codable, Sendable {
  let value: Double
  init(_ value: Double) { self.value = value }
}

@inline(never)
@_optimize(none)
private func opaque<Value>(_ value: Value) -> Value { value }

@inline(never)
private func scorer(_ rate: Rate) -> @Sendable (Double) -> Double { { $0 * rate.factor + rate.offset } }

@inline(never)
@_optimize(none)
private func scorer(_ bonus: Bonus) -> @Sendable (Double) -> Double { { $0 + bonus.value } }

@inline(never)
private func limiter(_ limit: Limit?) -> @Sendable (Double) -> Double {
  { max(min($0, limit?.most ?? 9), limit?.least ?? 0) }
}

/// A closure over an optional of a private struct.
@_cdecl("make_limiter")
public func makeLimiter(_ place: UnsafeMutableRawPointer) {
  let limit = opaque(true) ? Limit(most: opaque(1.5), least: opaque(0.5)) : nil
  place.initializeMemory(as: (@Sendable (Double) -> Double).self, to: limiter(limit))
}

/// A closure over a private struct.
@_cdecl("make_rate")
public func makeRate(_ place: UnsafeMutableRawPointer) {
  let isHigh = opaque(true)
  place.initializeMemory(
    as: (@Sendable (Double) -> Double).self, to: scorer(Rate(factor: isHigh ? 2 : 1, offset: opaque(0.5))))
}

/// A closure over an object alone.
@_cdecl("make_object_scorer")
public func makeObjectScorer(_ place: UnsafeMutableRawPointer) {
  place.initializeMemory(as: (@Sendable (Double) -> Double).self, to: scorer(opaque(Bonus(2))))
}

/// A closure over nothing.
@_cdecl("make_plain")
public func makePlain(_ place: UnsafeMutableRawPointer) {
  place.initializeMemory(as: (@Sendable (Double) -> Double).self, to: { $0 + 0.25 })
}

/// A closure over structs in an array, and a number.
@_cdecl("make_zone_scorer")
public func makeZoneScorer(_ place: UnsafeMutableRawPointer) {
  place.initializeMemory(
    as: (@Sendable (Double) -> Double).self, to: zoneScorer([Zone(number: 3, name: "abc")], bonus: 2))
}

/// A closure of a generic function.
@_cdecl("make_picker")
public func makePicker(_ place: UnsafeMutableRawPointer) {
  place.initializeMemory(as: (@Sendable (Double) -> Double).self, to: picker([2.0, 5.0]))
}

/// An asynchronous closure.
@_cdecl("make_waiting")
public func makeWaiting(_ place: UnsafeMutableRawPointer) {
  place.initializeMemory(as: (@Sendable (Double) async -> Double).self, to: waiting(2.5))
}
