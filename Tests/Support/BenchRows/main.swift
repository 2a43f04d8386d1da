import FlintShuffle
import Glibc

struct Trip: Sendable { var city: String; var zone: Int; var distance: Double; var fare: Double }
func makeTrips(_ n: Int) -> [Trip] {
  let cities = (0..<256).map { $0 % 2 == 0 ? "c\($0)" : "a-long-city-name-\($0)" }
  var rng: UInt64 = 88_172_645_463_325_252
  var trips: [Trip] = []; trips.reserveCapacity(n)
  for _ in 0..<n {
    rng ^= rng << 13; rng ^= rng >> 7; rng ^= rng << 17
    let r = Int(truncatingIfNeeded: rng >> 1)
    trips.append(Trip(city: cities[r & 255], zone: (r >> 8) % 100_000, distance: Double((r >> 30) & 1023) / 10, fare: Double((r >> 40) & 4095) / 100))
  }
  return trips
}
func cpu() -> Double { var t = timespec(); clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); return Double(t.tv_sec) + Double(t.tv_nsec) * 1e-9 }
let n = 10_000_000
let trips = makeTrips(n)
func time(_ name: String, _ f: () -> (Int, Double)) {
  for _ in 0..<3 { let a = cpu(); let r = f(); print(name, (cpu() - a) * 1e9 / Double(n), r) }
}
func total<K>(_ t: AggregationTable<K, Double>) -> (Int, Double) { var rows: [Double] = []; t.append(0..<t.count, to: &rows) { $1 }; return (t.count, rows.reduce(0, +).rounded()) }
@inline(never) func handInt() -> (Int, Double) {
  let t = AggregationTable<Int, Double>()
  for x in trips where x.distance > 20 { t.merge(contentsOf: CollectionOfOne((x.zone, x.fare)), key: { $0.0 }, insert: { $0.1 }, update: { $0 += $1.1 }) }
  return total(t)
}
@inline(never) func handStr() -> (Int, Double) {
  let t = AggregationTable<String, Double>()
  for x in trips where x.distance > 20 { t.merge(contentsOf: CollectionOfOne((x.city, x.fare)), key: { $0.0 }, insert: { $0.1 }, update: { $0 += $1.1 }) }
  return total(t)
}
@inline(never) func fusedInt() -> (Int, Double) {
  let t = AggregationTable<Int, Double>()
  trips.withUnsafeBufferPointer { t.merge(contentsOf: $0.lazy.filter { $0.distance > 20 }, key: { $0.zone }, insert: { $0.fare }, update: { $0 += $1.fare }) }
  return total(t)
}
@inline(never) func fusedStr() -> (Int, Double) {
  let t = AggregationTable<String, Double>()
  trips.withUnsafeBufferPointer { t.merge(contentsOf: $0.lazy.filter { $0.distance > 20 }, key: { $0.city }, insert: { $0.fare }, update: { $0 += $1.fare }) }
  return total(t)
}
let batches = stride(from: 0, to: n, by: 4096).map { Array(trips[$0..<min(n, $0 + 4096)]) }
@inline(never) func run<A, B, K, V>(_ a: ([Trip], inout [A]) -> Void, _ b: ([A], inout [B]) -> Void, _ m: (AggregationTable<K, V>, [B]) -> Void) -> AggregationTable<K, V> {
  let t = AggregationTable<K, V>()
  var x: [A] = [], y: [B] = []
  for batch in batches { x.removeAll(keepingCapacity: true); a(batch, &x); y.removeAll(keepingCapacity: true); b(x, &y); m(t, y) }
  return t
}
@inline(never) func stagedInt() -> (Int, Double) {
  total(run({ (r: [Trip], o: inout [Trip]) in for x in r where x.distance > 20 { o.append(x) } }, { r, o in for x in r { o.append((x.zone, x.fare)) } }, { (t: AggregationTable<Int, Double>, r: [(Int, Double)]) in t.merge(r, key: { $0.0 }, insert: { $0.1 }, update: { $0 += $1.1 }) }))
}
@inline(never) func stagedStr() -> (Int, Double) {
  total(run({ (r: [Trip], o: inout [Trip]) in for x in r where x.distance > 20 { o.append(x) } }, { r, o in for x in r { o.append((x.city, x.fare)) } }, { (t: AggregationTable<String, Double>, r: [(String, Double)]) in t.merge(r, key: { $0.0 }, insert: { $0.1 }, update: { $0 += $1.1 }) }))
}
time("hand int", handInt); time("hand str", handStr)
time("fused int", fusedInt); time("fused str", fusedStr)
time("staged int", stagedInt); time("staged str", stagedStr)
@inline(never) func runSel<A, B, K, V>(_ a: ([Trip], inout [UInt32]) -> Void, _ b: ([Trip], [UInt32], inout [B]) -> Void, _ m: (AggregationTable<K, V>, [B]) -> Void, _: A.Type) -> AggregationTable<K, V> {
  let t = AggregationTable<K, V>()
  var x: [UInt32] = [], y: [B] = []
  for batch in batches { x.removeAll(keepingCapacity: true); a(batch, &x); y.removeAll(keepingCapacity: true); b(batch, x, &y); m(t, y) }
  return t
}
@inline(__always) func sel<R>(_ rows: [R], _ out: inout [UInt32], _ f: (R) -> Bool) {
  out = [UInt32](unsafeUninitializedCapacity: rows.count) { o, n in
    rows.withUnsafeBufferPointer { r in
      var k = 0
      for i in 0..<r.count { o[k] = UInt32(truncatingIfNeeded: i); k &+= f(r[i]) ? 1 : 0 }
      n = k
    }
  }
}
@inline(__always) func mapSel<R, O>(_ rows: [R], _ s: [UInt32], _ out: inout [O], _ f: (R) -> O) {
  rows.withUnsafeBufferPointer { r in s.withUnsafeBufferPointer { s in
    out.append(contentsOf: [O](unsafeUninitializedCapacity: s.count) { o, n in
      let base = o.baseAddress!
      for i in 0..<s.count { (base + i).initialize(to: f(r[Int(s[i])])) }
      n = s.count
    }) }
  }
}
@inline(__always) func mapSel2<R, O>(_ rows: [R], _ s: [UInt32], _ out: inout [O], _ f: (R) -> O) {
  rows.withUnsafeBufferPointer { r in s.withUnsafeBufferPointer { s in
    out.reserveCapacity(s.count)
    for i in 0..<s.count { out.append(f(r[Int(s[i])])) }
  }
  }
}
@inline(never) func selInt() -> (Int, Double) {
  total(runSel({ (r: [Trip], o: inout [UInt32]) in sel(r, &o) { $0.distance > 20 } }, { r, s, o in mapSel(r, s, &o) { ($0.zone, $0.fare) } }, { (t: AggregationTable<Int, Double>, r: [(Int, Double)]) in t.merge(r, key: { $0.0 }, insert: { $0.1 }, update: { $0 += $1.1 }) }, Int.self))
}
@inline(never) func selStr() -> (Int, Double) {
  total(runSel({ (r: [Trip], o: inout [UInt32]) in sel(r, &o) { $0.distance > 20 } }, { r, s, o in mapSel(r, s, &o) { ($0.city, $0.fare) } }, { (t: AggregationTable<String, Double>, r: [(String, Double)]) in t.merge(r, key: { $0.0 }, insert: { $0.1 }, update: { $0 += $1.1 }) }, Int.self))
}
@inline(never) func sel2Int() -> (Int, Double) {
  total(runSel({ (r: [Trip], o: inout [UInt32]) in sel(r, &o) { $0.distance > 20 } }, { r, s, o in mapSel2(r, s, &o) { ($0.zone, $0.fare) } }, { (t: AggregationTable<Int, Double>, r: [(Int, Double)]) in t.merge(r, key: { $0.0 }, insert: { $0.1 }, update: { $0 += $1.1 }) }, Int.self))
}
@inline(never) func sel2Str() -> (Int, Double) {
  total(runSel({ (r: [Trip], o: inout [UInt32]) in sel(r, &o) { $0.distance > 20 } }, { r, s, o in mapSel2(r, s, &o) { ($0.city, $0.fare) } }, { (t: AggregationTable<String, Double>, r: [(String, Double)]) in t.merge(r, key: { $0.0 }, insert: { $0.1 }, update: { $0 += $1.1 }) }, Int.self))
}
time("sel int", selInt); time("sel str", selStr)
time("sel2 int", sel2Int); time("sel2 str", sel2Str)
