public import FlintCore

extension RowLayout {
  /// Writes `count` rows that lie ``stride`` apart from `rows` on.
  ///
  /// Throws `invalid-argument` for values that are nested too deep or whose own encoding fails, and `resource-exhausted`
  /// for more bytes than the writer may hold; the writer is then as it was.
  public func encode(
    rows: UnsafeRawPointer, count: Int, form: BlockForm = .rows, into writer: inout ByteWriter
  ) throws(FlintError) {
    let start = writer.count
    let outer = writer.origin
    defer { writer.origin = outer }
    writer.origin = start
    do throws(LayoutFault) {
      switch form {
      case .rows: try RowEncoder.encode(program, rows, count: count, &writer, 0)
      case .columns:
        try Runs.withSingle(rows, count: count) { (runs) throws(LayoutFault) in
          try ColumnEncoder.encode(program, runs, count: count, stride: stride, &writer, 0)
        }
      }
    } catch {
      writer.truncate(to: start)
      defer { writer.cause = nil }
      throw error.encodingError(cause: writer.cause)
    }
  }

  /// Reads `count` rows to the memory from `rows` on, which is not initialised and has room for them.
  ///
  /// Initialises all rows, or throws and leaves none initialised: `corrupt-data` for bytes that are not such rows,
  /// `memory-budget-exceeded` for more memory than the reader may ask for.
  public func decode(
    count: Int, form: BlockForm = .rows, from reader: inout ByteReader, into rows: UnsafeMutableRawPointer
  ) throws(FlintError) {
    do throws(LayoutFault) {
      try demand(count, form, &reader)
      try decodeDemanded(count, form, &reader, rows)
    } catch {
      defer { reader.cause = nil }
      throw error.decodingError(cause: reader.cause)
    }
  }

  /// Throws unless what is left of bytes and budget may hold `count` rows; charges the rows themselves.
  func demand(_ count: Int, _ form: BlockForm, _ reader: inout ByteReader) throws(LayoutFault) {
    let least = form == .rows ? 8 * program.pointee.minimumBytes : program.pointee.minimumBits
    let (bits, tooMany) = count.multipliedReportingOverflow(by: least)
    if count < 0 || tooMany || bits / 8 > reader.remaining { throw .truncated }
    let (size, tooLarge) = count.multipliedReportingOverflow(by: program.pointee.stride)
    if tooLarge { throw .overBudget }
    try reader.charge(size)
  }

  /// Reads rows after ``demand(_:_:_:)``.
  func decodeDemanded(
    _ count: Int, _ form: BlockForm, _ reader: inout ByteReader, _ rows: UnsafeMutableRawPointer
  ) throws(LayoutFault) {
    let outer = reader.origin
    defer { reader.origin = outer }
    reader.startValue()
    switch form {
    case .rows: try RowDecoder.decode(program, rows, count: count, &reader, 0)
    case .columns:
      try Runs.withSingle(rows, count: count) { (runs) throws(LayoutFault) in
        try ColumnDecoder.decode(program, runs, count: count, stride: stride, &reader, 0)
      }
    }
  }
}
