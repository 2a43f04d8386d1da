public import FlintWire

/// Which frames a fault strikes.
public struct FramePattern: Hashable, Sendable {
  /// On which connections, and which way.
  public var selector: LinkSelector
  /// Frames of this kind; nil for any.
  public var frame: FrameKind?
  /// Frames with a message of this kind; nil for any.
  public var message: MessageKind?

  /// Any frame, unless something is named.
  public init(_ selector: LinkSelector = LinkSelector(), frame: FrameKind? = nil, message: MessageKind? = nil) {
    self.selector = selector
    self.frame = frame
    self.message = message
  }

  func picks(_ header: FrameHeader, of dialler: Introduction?, _ direction: LinkDirection) -> Bool {
    if let frame, header.kind != frame { return false }
    if let message, header.message != message.rawValue { return false }
    return selector.picks(dialler, direction)
  }
}
