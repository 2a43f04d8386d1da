internal import FlintCore

extension ApplicationSummary {
  /// For people, some lines.
  public var text: String {
    var lines = [
      "\(application): \(status.rawValue) in \(Self.seconds(wall)) s (\(Self.seconds(cpu)) s of processor time)"
    ]
    if let error { lines.append("  error: \(error)") }
    lines.append(
      "  \(jobs) jobs, \(stages) stages, tasks: \(tasks.succeeded) succeeded, \(tasks.failed) failed, \(tasks.killed) killed"
        + (tasks.speculative > 0 ? ", \(tasks.speculative) speculative" : ""))
    lines.append(
      "  rows: \(metrics.rowsRead) read, \(metrics.rowsWritten) written; bytes: "
        + "\(Self.size(metrics.bytesRead)) read, \(Self.size(metrics.bytesWritten)) written")
    lines.append(
      "  shuffle: \(Self.size(metrics.shuffleBytesWritten)) written, \(Self.size(metrics.shuffleBytesRead)) read; "
        + "spilled: \(Self.size(metrics.spilledBytes))")
    for loss in executorsLost { lines.append("  lost: \(loss.id), \(loss.cause.visible)") }
    if partitionsRecomputed > 0 || !executorsLost.isEmpty {
      lines.append("  partitions recomputed: \(partitionsRecomputed)")
    }
    return lines.joined(separator: "\n")
  }

  private static func size(_ bytes: UInt64) -> String { ByteCount(Int64(clamping: bytes)).description }

  /// With three digits behind the point.
  static func seconds(_ duration: Duration) -> String {
    let milliseconds = max(0, duration.nanoseconds / 1_000_000)
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }

  /// As one JSON object with a line break behind it.
  public var json: [UInt8] {
    var json = JSONObject()
    json.text("application", application)
    json.text("status", status.rawValue)
    json.text("error", error)
    json.raw("jobs", "\(jobs)")
    json.raw("stages", "\(stages)")
    var tally = JSONObject()
    tally.raw("succeeded", "\(tasks.succeeded)")
    tally.raw("failed", "\(tasks.failed)")
    tally.raw("killed", "\(tasks.killed)")
    tally.raw("speculative", "\(tasks.speculative)")
    json.raw("tasks", tally.bytes)
    json.list(
      "executorsLost",
      executorsLost.map { loss in
        var object = JSONObject()
        object.text("id", loss.id.description)
        object.text("cause", loss.cause)
        return object.bytes
      })
    json.raw("partitionsRecomputed", "\(partitionsRecomputed)")
    let counts = [
      ("rowsRead", metrics.rowsRead), ("rowsWritten", metrics.rowsWritten), ("bytesRead", metrics.bytesRead),
      ("bytesWritten", metrics.bytesWritten), ("shuffleBytesWritten", metrics.shuffleBytesWritten),
      ("shuffleBytesRead", metrics.shuffleBytesRead), ("spilledBytes", metrics.spilledBytes),
    ]
    for (key, count) in counts { json.raw(key, "\(count)") }
    var memory = JSONObject()
    for (process, bytes) in peakMemoryBytes.sorted(by: { $0.key < $1.key }) { memory.raw(process, "\(bytes)") }
    json.raw("peakMemoryBytes", memory.bytes)
    json.raw("wallSeconds", Self.seconds(wall))
    json.raw("cpuSeconds", Self.seconds(cpu))
    return json.bytes + [UInt8(ascii: "\n")]
  }
}

/// One JSON object, field by field.
struct JSONObject {
  private var content: [UInt8] = []

  var bytes: [UInt8] { [UInt8(ascii: "{")] + content + [UInt8(ascii: "}")] }

  mutating func text(_ key: String, _ value: String?) {
    name(key)
    if let value { content.append(json: value) } else { content += "null".utf8 }
  }

  mutating func raw(_ key: String, _ value: String) { raw(key, Array(value.utf8)) }

  mutating func raw(_ key: String, _ value: [UInt8]) {
    name(key)
    content += value
  }

  mutating func list(_ key: String, _ values: [[UInt8]]) {
    name(key)
    content.append(UInt8(ascii: "["))
    content += values.joined(separator: [UInt8(ascii: ",")])
    content.append(UInt8(ascii: "]"))
  }

  private mutating func name(_ key: String) {
    if !content.isEmpty { content.append(UInt8(ascii: ",")) }
    content.append(json: key)
    content.append(UInt8(ascii: ":"))
  }
}
