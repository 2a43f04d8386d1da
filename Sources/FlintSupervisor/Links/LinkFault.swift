/// What happens to one frame on its way through a ``FaultProxy``.
///
/// The stream of a connection numbers its frames. A fault that is said to be silent numbers those behind it anew, so that no end
/// can tell from the stream that anything was wrong; the others leave a stream that no honest peer has sent.
public enum LinkFault: Hashable, Sendable {
  /// A part of a frame.
  public enum Part: String, CaseIterable, Hashable, Sendable {
    /// Any of the 32 bytes before the body but its length.
    case header
    /// The length of the body, in the header.
    case length
    /// The body; of a frame without one, the header.
    case body
    /// The bytes of the block that follows the frame.
    case block
  }

  /// It is taken out, silently.
  case drop
  /// It is taken out, and leaves a gap in the numbers.
  case tear
  /// It comes a second time as a frame of its own, silently.
  case double
  /// It comes a second time with the number that it had.
  case replay
  /// It comes after so many later ones, silently.
  case postpone(frames: Int)
  /// One bit of it is another one.
  case corrupt(Part, bit: Int)
  /// The connection breaks after so many bytes of it.
  case cut(afterBytes: Int)
  /// From it on nothing passes either way, and neither end is told.
  case freeze
}
