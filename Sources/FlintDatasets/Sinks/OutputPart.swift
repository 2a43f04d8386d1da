/// A line of an output's manifest: one part that was committed.
package struct OutputPart: Sendable {
  let name: String
  let bytes: Int64
  let rows: UInt64

  /// As JSON. Names are Flint's own and need no escapes.
  var json: String { "{\"name\":\"\(name)\",\"bytes\":\(bytes),\"rows\":\(rows)}" }
}
