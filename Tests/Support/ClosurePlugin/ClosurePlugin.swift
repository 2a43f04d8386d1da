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

@_cdecl("make_zone_scorer")
func makeZoneScorer(_ place: UnsafeMutableRawPointer) {
  place.initializeMemory(
    as: (@Sendable (Double) -> Double).self, to: zoneScorer([Zone(number: 3, name: "abc")], bonus: 2))
}

@_cdecl("make_picker")
func makePicker(_ place: UnsafeMutableRawPointer) {
  place.initializeMemory(as: (@Sendable (Double) -> Double).self, to: picker([2.0, 5.0]))
}

@_cdecl("make_waiting")
func makeWaiting(_ place: UnsafeMutableRawPointer) {
  place.initializeMemory(as: (@Sendable (Double) async -> Double).self, to: waiting(2.5))
}
