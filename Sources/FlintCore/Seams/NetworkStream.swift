/// One end of an ordered stream of bytes between two nodes. See ``Network`` for where its methods may be called.
///
/// A stream that is let go without an end is aborted.
public protocol NetworkStream: AnyObject, Sendable {
  /// The other end, as far as it is known.
  var remote: Endpoint { get }

  /// What is known for certain of the other end. It does not change.
  var peer: PeerIdentity { get }

  /// Bytes that were handed over to be sent and have not been taken by the system, those of files included.
  var queuedByteCount: Int { get }

  /// How few queued bytes make a queue that has been above them count as drained: see
  /// ``StreamReceiver/streamDrained()``. At first none.
  var lowWaterMark: Int { get set }

  /// Hands the stream's events to `receiver`, which the stream keeps until the last event. Call it once; what arrived
  /// before waits for it.
  func start(_ receiver: any StreamReceiver)

  /// Queues a copy of `bytes`. After the stream's end it does nothing.
  ///
  /// The queue has no bound of its own: a sender that sees ``queuedByteCount`` above its high-water mark stops until
  /// ``StreamReceiver/streamDrained()``.
  func send(_ bytes: UnsafeRawBufferPointer)

  /// Queues `range` of `slab` without copying it: the stream holds the slab until the system has taken the bytes, and
  /// nobody may change them before. For blocks; small runs are sent faster by a copy.
  func send(_ slab: Slab, range: Range<Int>)

  /// Queues `range` of `file`, in bytes, which is read as the system takes it and need not pass through this process's
  /// memory. The stream holds the file until then; its owner does not close it before.
  ///
  /// A file that cannot be read, or ends too early, ends the stream for both sides: ``StreamEnd/failed(_:)`` with
  /// `input-output` here. The peer was promised bytes that do not exist.
  func send(_ file: any OpenFile, range: Range<Int64>)

  /// No more ``StreamReceiver/streamReceived(_:)`` until ``resumeReceiving()``: the peer feels the back-pressure.
  func pauseReceiving()
  func resumeReceiving()

  /// Says to the peer that nothing more will be sent, once the queue is empty. Bytes may still be received.
  func finishSending()

  /// Ends the stream at once: the queue is thrown away, the receiver gets no further call.
  func abort()
}

extension NetworkStream {
  /// Queues a copy of `bytes`.
  public func send(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { send($0) }
  }
}

/// Who gets the events of a ``NetworkStream``, one after another, on the node's control executor. None comes from within
/// a call of the stream's own methods, so a receiver may call them in the middle of a change of its state.
public protocol StreamReceiver: AnyObject, Sendable {
  /// Where the receiver would have the next bytes, to save a copy of large ones; nil when it does not care. A stream may
  /// put them there, from the start on, or anywhere else: ``streamReceived(_:)`` says where they are. The memory is the
  /// stream's until the next event.
  func streamWantsMemory() -> UnsafeMutableRawBufferPointer?

  /// The next bytes, cut anywhere; they are valid during the call only.
  func streamReceived(_ bytes: UnsafeRawBufferPointer)

  /// The queue of bytes to send has sunk to ``NetworkStream/lowWaterMark``.
  func streamDrained()

  /// Nothing more will be received. After ``StreamEnd/finished`` the stream can still send, and may still fail while it
  /// does; after ``StreamEnd/failed(_:)`` it is over.
  func streamEnded(_ end: StreamEnd)
}

extension StreamReceiver {
  /// No memory of its own.
  public func streamWantsMemory() -> UnsafeMutableRawBufferPointer? { nil }
}

/// How a stream's receiving side ended.
public enum StreamEnd: Sendable {
  /// The peer finished sending.
  case finished
  /// The stream broke: reset by the peer, unreachable, or an error of the system.
  case failed(FlintError)
}
