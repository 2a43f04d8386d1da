import FlintCore
import FlintLayout
import Glibc

// bench-codec ROWS SUBJECT DIRECTION: moves millions of rows one way. The benchmarks measure it from outside.
func subject(_ rows: String, _ name: String) throws -> (any Subject)? {
  switch (rows, name) {
  case ("numbers", "memcpy"): CopySubject(Samples.numbers)
  case ("numbers", "rows"): try LayoutSubject(Samples.numbers, .rows)
  case ("numbers", "columns"): try LayoutSubject(Samples.numbers, .columns)
  case ("pairs", "rows"): try LayoutSubject(Samples.pairs, .rows)
  case ("pairs", "columns"): try LayoutSubject(Samples.pairs, .columns)
  case ("pairs", "codable"): try CodableSubject(Samples.pairs.map(NamedPair.init))
  case ("pairs", "hand"):
    HandSubject(Samples.pairs) { pair, buffer in
      buffer.put(pair.name)
      buffer.put(pair.count)
    } get: { buffer in
      (try buffer.getText(), try buffer.get(Int.self))
    }
  case ("trips", "rows"): try LayoutSubject(Samples.trips, .rows)
  case ("trips", "columns"): try LayoutSubject(Samples.trips, .columns)
  case ("trips", "codable"): try CodableSubject(Samples.trips)
  case ("trips", "objects"): try LayoutSubject(Samples.trips.map(TripObject.init), .rows)
  case ("trips", "hand"): HandSubject(Samples.trips, put: put, get: get)
  default: nil
  }
}

func put(_ trip: Trip, _ buffer: inout HandBuffer) {
  buffer.put(trip.zone)
  buffer.put(trip.fare)
  buffer.put(trip.flag)
  buffer.put(trip.tip == nil ? 0 as UInt8 : 1)
  if let tip = trip.tip { buffer.put(tip) }
  buffer.put(trip.isShared ? 1 as UInt8 : 0)
}

func get(_ buffer: inout HandBuffer) throws -> Trip {
  Trip(
    zone: try buffer.get(Int32.self), fare: try buffer.get(Double.self), flag: try buffer.getText(),
    tip: try buffer.get(UInt8.self) == 0 ? nil : try buffer.get(Double.self),
    isShared: try buffer.get(UInt8.self) == 1)
}

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count == 3, let direction = arguments.last, ["encode", "decode"].contains(direction),
  var subject = try subject(arguments[1], arguments[2])
else {
  print("usage: bench-codec numbers|pairs|trips rows|columns|memcpy|hand|codable|objects encode|decode")
  exit(2)
}
let passes =
  switch (arguments[1], arguments[2]) {
  case (_, "objects"): 50
  case (_, "codable"): 400
  case ("numbers", _): 50_000
  default: 2_000
  }
var bytes = 0
for _ in 0..<passes {
  if direction == "encode" { bytes = try subject.encode() } else { try subject.decode() }
}
print("rows=\(passes * 4096) bytes=\(bytes)")
