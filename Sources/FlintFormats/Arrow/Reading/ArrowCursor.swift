/// How far the columns of a message are read: the numbers of the next node, the next buffer and the next view.
struct ArrowCursor {
  var node = 0
  var buffer = 0
  var view = 0

  /// Steps over a column.
  mutating func skip(_ field: ArrowField, _ header: ArrowBatchHeader) throws(FormatFault) {
    try field.walk { (field) throws(FormatFault) in
      node += 1
      guard field.coding == nil else {
        buffer += 2
        return
      }
      buffer += field.type.bufferCount
      guard case .view = field.type else { return }
      guard view < header.viewBuffers.count else { throw .truncated("the list of its views") }
      buffer += header.viewBuffers[view]
      view += 1
    }
    guard node <= header.nodes.count, buffer <= header.buffers.count else {
      throw .truncated("the list of its buffers")
    }
  }
}
