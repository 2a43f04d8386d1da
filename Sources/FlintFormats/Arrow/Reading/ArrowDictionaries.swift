internal import FlintColumns
internal import FlintCore

/// The dictionaries that have come so far.
struct ArrowDictionaries {
  private var parts: [Int64: [Vector]] = [:]

  /// Takes note of the values of a dictionary: in place of what there was, or behind it.
  mutating func add(_ values: Vector, to id: Int64, isMore: Bool) {
    if isMore { parts[id, default: []].append(values) } else { parts[id] = [values] }
  }

  /// The values of a dictionary; nil when none has come.
  mutating func values(_ id: Int64, _ memory: ColumnMemory) throws(FormatFault) -> Vector? {
    guard let known = parts[id] else { return nil }
    if known.count == 1 { return known[0] }
    do throws(FlintError) {
      let all = try Kernels(memory).concatenate(known)
      parts[id] = [all]
      return all
    } catch { throw .other(error) }
  }
}
