internal import CUV
internal import FlintCore
internal import FlintSystem

/// What happened to a descriptor.
struct PollEvents: OptionSet {
  let rawValue: Int

  static let readable = PollEvents(rawValue: 1)
  static let writable = PollEvents(rawValue: 2)
  /// Nothing can be sent or received any more, or there is out-of-band data, which nobody here sends.
  static let hungUp = PollEvents(rawValue: 8)
  /// Something is broken; the system tells what when it is asked. The descriptor is no longer watched.
  static let failed = PollEvents(rawValue: 16)
}

/// Who is told what happened to a descriptor, on the loop.
protocol PollOwner: AnyObject {
  func ready(_ events: PollEvents)
}

/// Watches a descriptor: libuv's poll handle. It keeps its owner until it is closed, which comes before the descriptor
/// is.
final class PollHandle {
  private let handle: UnsafeMutablePointer<uv_poll_t>
  private var owner: (any PollOwner)?
  /// Gets what happened, to tell the owner later in the turn; nil for an owner that is told at once.
  private let core: LoopCore?
  /// What it watches for; nil when it does not watch at all.
  private(set) var interest: PollEvents?

  /// Watches nothing at first. Throws when the system refuses to watch such a descriptor.
  convenience init(_ descriptor: CInt, on core: LoopCore, owner: any PollOwner) throws(FlintError) {
    try self.init(descriptor, on: core.loop, core, owner)
  }

  /// For an owner that is no actor's business.
  convenience init(
    _ descriptor: CInt, onlyOn loop: UnsafeMutablePointer<uv_loop_t>, owner: any PollOwner
  ) throws(FlintError) {
    try self.init(descriptor, on: loop, nil, owner)
  }

  private init(
    _ descriptor: CInt, on loop: UnsafeMutablePointer<uv_loop_t>, _ core: LoopCore?, _ owner: any PollOwner
  ) throws(FlintError) {
    self.core = core
    handle = .allocate(capacity: 1)
    let status = uv_poll_init(loop, handle, descriptor)
    guard status == 0 else {
      handle.deallocate()
      throw FlintError(errorNumber: -status, "cannot watch a descriptor")
    }
    self.owner = owner
    handle.pointee.data = Unmanaged.passRetained(self).toOpaque()
  }

  /// Watches for `wanted`, which must hold something: ``PollEvents/hungUp`` alone waits for the end of both directions.
  func watch(_ wanted: PollEvents) {
    guard owner != nil, wanted != interest else { return }
    interest = wanted
    // It fails only for handles that are being closed.
    uv_poll_start(handle, CInt(wanted.rawValue)) { handle, status, events in
      guard let this = handle?.pointee.data else { return }
      Unmanaged<PollHandle>.fromOpaque(this)._withUnsafeGuaranteedRef { $0.note(status, events) }
    }
  }

  func stop() {
    guard owner != nil, interest != nil else { return }
    interest = nil
    uv_poll_stop(handle)
  }

  /// Ends the watch for ever. The descriptor may be closed right after.
  func close() {
    guard owner != nil else { return }
    owner = nil
    interest = nil
    UnsafeMutableRawPointer(handle).withMemoryRebound(to: uv_handle_t.self, capacity: 1) { handle in
      uv_close(handle) { handle in
        guard let handle, let this = handle.pointee.data else { return }
        UnsafeMutableRawPointer(handle).deallocate()
        Unmanaged<PollHandle>.fromOpaque(this).release()
      }
    }
  }

  /// Closes every handle of this kind that a loop has.
  static func closeAll(of loop: UnsafeMutablePointer<uv_loop_t>) {
    uv_walk(
      loop,
      { handle, _ in
        guard let handle, handle.pointee.type == UV_POLL, let this = handle.pointee.data else { return }
        Unmanaged<PollHandle>.fromOpaque(this).takeUnretainedValue().close()
      }, nil)
  }

  private func note(_ status: CInt, _ events: CInt) {
    guard owner != nil else { return }
    if status < 0 { interest = nil }
    let events: PollEvents = status < 0 ? .failed : PollEvents(rawValue: Int(events))
    if let core { core.happened.append((self, events)) } else { tell(events) }
  }

  /// Tells the owner, unless the handle was closed meanwhile.
  func tell(_ events: PollEvents) { owner?.ready(events) }
}
