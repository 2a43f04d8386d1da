internal import CFlint
internal import FlintColumns
internal import FlintCore
internal import Glibc

/// The records of some bytes of a separated text: where their fields end.
///
/// Field ends lie one behind another, so field `f` of a row stands between the ends `rows[row] + f - 1` and
/// `rows[row] + f`. A field that is missing has a negative length.
final class CSVRecords {
  /// A record that has too few or too many fields.
  struct Ragged {
    let row: Int
    let start: Int
    let count: Int
    let fields: Int
  }

  private let rules: CSVRules
  private let memory: ColumnMemory
  private var endBuffer: ColumnBuffer
  private var recordBuffer: ColumnBuffer
  /// How many records are looked for at once.
  private let most: Int

  private let rowBuffer: ColumnBuffer
  private let lastBuffer: ColumnBuffer
  /// How many rows there are.
  private(set) var rowCount = 0
  /// Bytes of whole records that were looked at.
  private(set) var used = 0
  /// Records that do not have the expected number of fields and are rows nevertheless.
  private(set) var ragged: [Ragged] = []
  /// The first record of that kind that is none, by the mode.
  private(set) var refused: Ragged?
  /// Whether a byte above 127 is among the bytes.
  private(set) var hasHigh = false

  init(_ rules: CSVRules, most: Int, _ memory: ColumnMemory) throws(FlintError) {
    self.rules = rules
    self.most = most
    self.memory = memory
    endBuffer = try memory.buffer(0)
    recordBuffer = try memory.buffer((most + 128) * 4)
    rowBuffer = try memory.buffer(most * 4)
    lastBuffer = try memory.buffer(most * 4)
  }

  var ends: UnsafePointer<UInt32> { UnsafePointer(endBuffer.pointer(to: UInt32.self)) }
  /// The numbers of the rows' first fields among the ends.
  var rows: UnsafePointer<UInt32> { UnsafePointer(rowBuffer.pointer(to: UInt32.self)) }

  /// How many fields a row has, when any number was expected.
  func fieldCount(ofRow row: Int) -> Int {
    Int(lastBuffer.pointer(to: UInt32.self)[row]) - Int(rows[row]) + 1
  }

  /// Bytes up to the end of a row, when any number of fields was expected.
  func end(ofRow row: Int) -> Int { Int(ends[Int(lastBuffer.pointer(to: UInt32.self)[row])]) + 1 }

  /// Finds the whole records among `bytes`, which begin with one. `width` fields are expected, or any number when it
  /// is nil.
  ///
  /// Throws for a record with more fields than options allow.
  func find(in bytes: UnsafeRawBufferPointer, width: Int?) throws(CSVFault) {
    (rowCount, used, refused) = (0, 0, nil)
    ragged.removeAll(keepingCapacity: true)
    guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), !bytes.isEmpty else { return }
    guard bytes.count < Int(Int32.max) else { throw .record(0, "it is longer than 2 GiB") }
    // Every byte may end a field. Rarely does more than each fourth, and then fewer records are found at once.
    let foundRoom = max(bytes.count / 4, rules.options.maxColumns) + 256
    let room = foundRoom + rules.options.maxColumns + 16
    if endBuffer.count < room * 4 { endBuffer = try reserve(room * 4) }
    // Of a carriage return at the end nobody knows yet whether a line feed follows.
    let isOpen = rules.form.feed_ends && rules.form.return_ends && base[bytes.count - 1] == UInt8(ascii: "\r")
    let ends = endBuffer.pointer(to: UInt32.self)
    ends[0] = .max
    var (form, found) = (rules.form, flint_records_found())
    flint_find_records(
      &form, base, 0, bytes.count - (isOpen ? 1 : 0), ends + 1, foundRoom, recordBuffer.pointer(to: UInt32.self),
      most + 64, &found)
    hasHigh = found.has_high
    if found.records == 0, found.ends > rules.options.maxColumns {
      throw .record(0, "it has more than \(rules.options.maxColumns) fields")
    }
    var free = found.ends + 1
    try collect(min(found.records, most), base, width, &free, room)
  }

  private func reserve(_ count: Int) throws(CSVFault) -> ColumnBuffer {
    do throws(FlintError) { return try memory.buffer(count) } catch { throw .other(error) }
  }

  private func collect(
    _ records: Int, _ bytes: UnsafePointer<UInt8>, _ width: Int?, _ free: inout Int, _ room: Int
  ) throws(CSVFault) {
    let ends = endBuffer.pointer(to: UInt32.self)
    let upTo = recordBuffer.pointer(to: UInt32.self)
    let rows = rowBuffer.pointer(to: UInt32.self)
    // One field may be a blank line or a comment.
    let regular = width == nil || width == 1 ? -1 : width ?? -1
    var (previous, count) = (0, 0)
    for record in 0..<records {
      let last = Int(upTo[record])
      if last &- previous == regular {
        rows[count] = UInt32(truncatingIfNeeded: previous &+ 1)
        count &+= 1
      } else if let first = try odd(previous + 1, last, bytes, width, row: count, &free, room) {
        rows[count] = UInt32(truncatingIfNeeded: first)
        lastBuffer.pointer(to: UInt32.self)[count] = UInt32(truncatingIfNeeded: last)
        count &+= 1
      }
      if refused != nil { break }
      // There is no room to complete records that are too short.
      if free < 0 {
        rowCount = count
        return
      }
      used = Int(ends[last]) + 1
      previous = last
    }
    rowCount = count
  }

  /// The number of the first field of a record that needs a closer look; nil when it is no row.
  private func odd(
    _ first: Int, _ last: Int, _ bytes: UnsafePointer<UInt8>, _ width: Int?, row: Int, _ free: inout Int, _ room: Int
  ) throws(CSVFault) -> Int? {
    let ends = endBuffer.pointer(to: UInt32.self)
    let start = Int(ends[first - 1] &+ 1)
    var end = Int(ends[last])
    let fields = last - first + 1
    if rules.stripsReturn, end > start, bytes[end] == UInt8(ascii: "\n"), bytes[end - 1] == UInt8(ascii: "\r") {
      end -= 1
    }
    if fields == 1, start == end || rules.form.comment == Int32(bytes[start]) { return nil }
    guard let width, fields != width else { return first }
    guard fields <= rules.options.maxColumns else {
      throw .record(start, "it has \(fields) fields, and maxColumns allows \(rules.options.maxColumns)")
    }
    let record = Ragged(row: row, start: start, count: end - start, fields: fields)
    switch rules.options.mode {
    case .dropMalformed: return nil
    case .failFast:
      refused = record
      return nil
    case .permissive: break
    }
    ragged.append(record)
    if fields > width { return first }
    guard free + width + 1 < room else {
      ragged.removeLast()
      free = -1
      return nil
    }
    // A copy with the missing fields, each of which ends before it begins.
    let copy = free + 1
    for index in -1..<fields { ends[copy + index] = ends[first + index] }
    ends[copy + fields - 1] = UInt32(end)
    for index in fields..<width { ends[copy + index] = UInt32(end) }
    free += width + 1
    return copy
  }
}
