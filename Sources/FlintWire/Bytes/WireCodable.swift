/// What has a form on the wire: fields one after another, nothing between them.
protocol WireCodable {
  /// The fewest bytes that a value takes: announced counts are held against it before anything is allocated.
  static var leastSize: Int { get }

  func encode(to writer: inout WireWriter)

  init(from reader: inout WireReader) throws(WireFault)
}
