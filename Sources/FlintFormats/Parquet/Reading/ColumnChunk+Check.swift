extension ColumnChunk {
  /// Demands that the chunk is the column's, that it lies in the file, and that it is of a kind that is read here.
  func check(_ column: LeafColumn, fileSize: Int64) throws(FormatFault) {
    guard !isEncrypted else { throw .unsupported("it is encrypted") }
    guard !isElsewhere else { throw .unsupported("it lies in another file") }
    guard type == column.physical else { throw .damaged("its chunk has another type than its schema") }
    if let unknownCodec { throw .unsupported("it is compressed by the codec \(unknownCodec)") }
    guard start >= 4, compressedSize >= 0, start <= fileSize, compressedSize <= fileSize - start else {
      throw .damaged("its chunk lies outside of the file")
    }
  }
}
