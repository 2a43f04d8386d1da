internal import FlintCore

/// Finds out whether what went wrong in a loop over all rows went wrong in one that counts.
struct Faults {
  let validity: Validity?
  let selection: Selection?
  let count: Int

  /// The first row that counts, is not null, and of which `isFaulty` is true.
  func first(_ isFaulty: (Int) -> Bool) -> Int? {
    let bits = validity?.bits
    if let selection {
      let rows = selection.rows
      for index in 0..<selection.count {
        let row = Int(rows[index])
        if bits?[row] ?? true, isFaulty(row) { return row }
      }
      return nil
    }
    return (0..<count).first { (bits?[$0] ?? true) && isFaulty($0) }
  }
}
