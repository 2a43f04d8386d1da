internal import CFlint
package import FlintCore
internal import Glibc

/// Waits for many descriptors at once: the system's epoll, level-triggered. Any thread may add and remove while one
/// thread waits.
package struct Poller: Sendable {
  /// What a descriptor is watched for. Breaks and hang-ups are told whatever is asked.
  package struct Interest: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    package static let reading = Interest(rawValue: 1)
    package static let writing = Interest(rawValue: 2)

    fileprivate var events: UInt32 {
      (contains(.reading) ? EPOLLIN.rawValue : 0) | (contains(.writing) ? EPOLLOUT.rawValue : 0)
    }
  }

  /// What happened to one descriptor.
  package struct Event: Sendable {
    /// The token with which the descriptor was added.
    package let token: UInt64
    fileprivate let events: UInt32

    package var isReadable: Bool { events & EPOLLIN.rawValue != 0 }
    package var isWritable: Bool { events & EPOLLOUT.rawValue != 0 }
    /// The descriptor has an error, which the next call on it tells.
    package var isBroken: Bool { events & EPOLLERR.rawValue != 0 }
    /// Both directions are over, or the other end of a pipe is gone.
    package var isHungUp: Bool { events & EPOLLHUP.rawValue != 0 }
  }

  private let descriptor: Descriptor

  package init() throws(FlintError) {
    descriptor = Descriptor(
      adopting: try systemCall("cannot make a poller") { epoll_create1(CInt(EPOLL_CLOEXEC)) })
  }

  package func add(_ number: CInt, token: UInt64, _ interest: Interest) throws(FlintError) {
    try control(EPOLL_CTL_ADD, number, token, interest)
  }

  package func change(_ number: CInt, token: UInt64, _ interest: Interest) throws(FlintError) {
    try control(EPOLL_CTL_MOD, number, token, interest)
  }

  /// Watches `number` no longer. An event that a waiting thread has already taken may still come.
  package func remove(_ number: CInt) {
    epoll_ctl(descriptor.number, EPOLL_CTL_DEL, number, nil)
  }

  /// Waits at most `milliseconds`, or without end when that is nil, and puts what happened in place of `events`.
  package func wait(milliseconds: CInt?, into events: inout [Event]) {
    events.removeAll(keepingCapacity: true)
    withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: 128) { buffer in
      let count = epoll_wait(descriptor.number, buffer.baseAddress, CInt(buffer.count), milliseconds ?? -1)
      // Nothing can fail here but for a signal, after which the caller comes again anyway.
      precondition(count >= 0 || errno == EINTR, "epoll_wait: \(FlintError.systemWords(for: errno))")
      for event in buffer.prefix(Int(max(count, 0))) {
        events.append(Event(token: event.data.u64, events: event.events))
      }
    }
  }

  private func control(
    _ operation: CInt, _ number: CInt, _ token: UInt64, _ interest: Interest
  ) throws(FlintError) {
    var event = epoll_event(events: interest.events, data: epoll_data_t(u64: token))
    _ = try systemCall("cannot watch a descriptor") { epoll_ctl(descriptor.number, operation, number, &event) }
  }
}
