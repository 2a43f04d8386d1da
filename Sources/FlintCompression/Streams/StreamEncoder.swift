/// One library's way to compress piece by piece.
protocol StreamEncoder: AnyObject {
  /// Forgets everything and begins a new frame.
  func reset() throws(CompressionFault)

  /// Takes from `input` and fills `output`, until one of them is used up. With `isLast`, when the input is used up, it
  /// ends the frame, and returns true once all of it is written.
  func step(_ input: inout InputBytes, _ output: inout OutputBytes, isLast: Bool) throws(CompressionFault) -> Bool

  /// How many bytes a frame for `count` bytes has at most.
  func bound(_ count: Int) -> Int
}
