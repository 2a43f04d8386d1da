import Foundation

extension MatrixCase {
  /// Values of Foundation, which travel by what is known of their bytes or by Codable.
  static func addFoundation(to cases: inout MatrixCases) {
    cases.ships("Date") {
      let date = opaque(Date(timeIntervalSinceReferenceDate: 123.5))
      try await $0.compare { "\(date.timeIntervalSinceReferenceDate) \($0.zone)" }
    }
    cases.ships("UUID") {
      let uuid = opaque(UUID())
      try await $0.compare { "\(uuid) \($0.zone)" }
    }
    cases.ships("URL") {
      let url = opaque(URL(string: "https://example.org/a%20b?c=d#e"))
      try await $0.compare { "\(url?.absoluteString ?? "none") \(url?.fragment ?? "none") \($0.zone)" }
    }
    cases.ships("short and long Data") {
      let short = opaque(Data([1, 2, 3])), long = opaque(Data((0..<10_000).map { UInt8(truncatingIfNeeded: $0) }))
      try await $0.compare { "\(Array(short)) \(long.count) \(long.reduce(0) { $0 &+ Int($1) }) \($0.zone)" }
    }
    cases.ships("part of Data") {
      let part = opaque(Data((0..<100).map { UInt8($0) })[40..<60])
      try await $0.compare { "\(part.count) \(part.first ?? 0) \($0.zone)" }
    }
    cases.ships("Data as a key, beside a Date that may be absent") {
      let table = opaque([Data([1]): "one", Data(): "none"]), date = opaque(Date?.none)
      try await $0.compare { "\(table[Data([UInt8($0.miles)])] ?? "?") \(date == nil)" }
    }
    cases.ships("struct of Foundation's types") {
      let visit = opaque(
        Visit(
          id: UUID(), day: Date(timeIntervalSinceReferenceDate: 9), page: URL(fileURLWithPath: "/a"), body: Data([7])))
      try await $0.compare {
        "\(visit.id) \(visit.day.timeIntervalSinceReferenceDate) \(visit.page.path) \(visit.body.count) \($0.zone)"
      }
    }
    cases.ships("Foundation's Decimal, which is Codable") {
      let price = opaque(Foundation.Decimal(string: "12.50") ?? 0)
      try await $0.compare { "\(price) \($0.zone)" }
    }
    cases.fails("lock of Foundation", "NSLock") {
      let lock = opaque(NSLock())
      try await $0.compare { trip in lock.withLock { trip.zone } }
    }
  }
}

private struct Visit: Sendable {
  var id: UUID
  var day: Date
  var page: URL
  var body: Data
}
