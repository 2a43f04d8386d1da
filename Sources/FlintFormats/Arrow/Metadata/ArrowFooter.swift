/// What stands at the end of a file of Arrow's: its schema, and where its messages are.
struct ArrowFooter {
  let schema: ArrowSchema
  /// Where the dictionaries' messages begin.
  let dictionaries: [Int64]
  /// Where the record batches' messages begin.
  let batches: [Int64]

  init(_ bytes: UnsafeRawBufferPointer) throws(FormatFault) {
    let table = try FlatTable(root: bytes)
    guard let schema = try table.table(1) else { throw .damaged("its footer has no schema") }
    self.schema = try ArrowSchema(schema, byteCount: bytes.count)
    func starts(_ field: Int) throws(FormatFault) -> [Int64] {
      let words = try table.words(field, width: 3)
      return stride(from: 0, to: words.count, by: 3).map { words[$0] }
    }
    dictionaries = try starts(2)
    batches = try starts(3)
    guard (dictionaries + batches).allSatisfy({ $0 >= 0 }) else {
      throw .damaged("a message lies before its beginning")
    }
  }
}
