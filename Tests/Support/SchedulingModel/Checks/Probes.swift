/// Counts rare paths.
package struct Probes {
  package private(set) var counts: [String: Int] = [:]

  package mutating func count(_ name: String, _ times: Int = 1) { counts[name, default: 0] += times }
}
