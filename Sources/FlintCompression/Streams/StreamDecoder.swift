/// One library's way to decompress piece by piece. Offsets in its faults count from the input that it was given.
protocol StreamDecoder: AnyObject {
  /// Whether another frame or member may follow the one that ended.
  var continues: Bool { get }

  /// Forgets everything and waits for the beginning of a frame.
  func reset() throws(CompressionFault)

  /// Takes from `input` and fills `output`, until one of them is used up or a frame ends, for which it returns true.
  func step(_ input: inout InputBytes, _ output: inout OutputBytes) throws(CompressionFault) -> Bool
}
