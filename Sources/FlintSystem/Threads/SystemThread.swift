internal import CFlint
package import FlintCore
internal import Glibc

/// Starts threads. They end by themselves when their body returns; nobody joins them.
package enum SystemThread {
  /// Runs `body` on a new thread called `name`, which the system cuts at 15 bytes. Signals that are sent to the process
  /// do not arrive on it.
  package static func start(
    name: String, stackSize: ByteCount, _ body: @escaping @Sendable () -> Void
  ) throws(FlintError) {
    let box = Unmanaged.passRetained(Body(run: body))
    let number = flint_thread_start(
      name, Int(stackSize.bytes), { Unmanaged<Body>.fromOpaque($0).takeRetainedValue().run() }, box.toOpaque())
    guard number == 0 else {
      box.release()
      throw FlintError(errorNumber: number, "cannot start the thread \(name)")
    }
  }

  /// Names the calling thread for as long as it lives; never 0.
  package static var current: UInt { pthread_self() }

  /// Enough for threads that run only our own code.
  package static let smallStack = ByteCount.kibibytes(512)

  private final class Body: Sendable {
    let run: @Sendable () -> Void

    init(run: @escaping @Sendable () -> Void) {
      self.run = run
    }
  }
}
