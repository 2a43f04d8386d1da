/// What happened in a simulation, as a hash of all of it and, when somebody asked, as text.
struct Trace {
  /// Equal for equal runs, and different for different ones, but for the content of files.
  private(set) var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  /// Gets each event as a line; nil in the usual run, which builds no text.
  var record: ((String) -> Void)?

  /// Adds an event to the hash: its kind, its moment, and two facts about it.
  @inline(__always)
  mutating func add(_ kind: TraceEvent, at time: Int64, _ first: UInt64, _ second: UInt64) {
    var bits = hash ^ (UInt64(kind.rawValue) << 56) ^ UInt64(bitPattern: time)
    bits = (bits ^ (bits >> 29)) &* 0x9E37_79B9_7F4A_7C15 ^ first
    bits = (bits ^ (bits >> 32)) &* 0xD6E8_FEB8_6659_FD93 ^ second
    hash = bits ^ (bits >> 31)
  }

  /// Stands for a message in the trace.
  static func fingerprint(_ bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBytes(fingerprint) }

  /// Stands for a text in the trace.
  static func fingerprint(_ text: String) -> UInt64 {
    var text = text
    return text.withUTF8 { fingerprint(UnsafeRawBufferPointer($0)) }
  }

  private static func fingerprint(_ memory: UnsafeRawBufferPointer) -> UInt64 {
    var hash = UInt64(memory.count)
    var offset = 0
    while offset + 8 <= memory.count {
      hash = (hash ^ memory.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 32
      offset += 8
    }
    for byte in memory[offset...] { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return hash
  }
}

/// The kinds of event that a trace tells apart.
enum TraceEvent: UInt8 {
  case jobRan = 1
  case timerFired, processStarted, processEnded, processPaused, processResumed, hostCrashed
  case bytesSent, bytesDelivered, bytesLost, streamOpened, streamEnded, dialled
  case fileOperation, fileFault, note
}
