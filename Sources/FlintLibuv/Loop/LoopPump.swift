/// Tells the owners of descriptors what happened to them, from within a job of the loop.
///
/// libuv's callbacks come from outside of Swift's concurrency. Code that they call would have to ask the runtime at length
/// whether it may enter an actor of the loop; within a job of that loop the answer is a comparison. So the callbacks only
/// note what happened, and one Swift task, resumed once a turn, tells.
actor LoopPump {
  private let loop: EventLoop

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  init(loop: EventLoop) { self.loop = loop }

  /// Works until the loop ends.
  func run() async {
    while true {
      let goesOn = await withUnsafeContinuation { loop.core.pumpWaits($0) }
      guard goesOn else { return }
      loop.core.deliver()
    }
  }
}
