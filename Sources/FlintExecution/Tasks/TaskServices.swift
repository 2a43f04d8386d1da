internal import FlintCore

/// What every task of one executor works with.
struct TaskServices: Sendable {
  let context: NodeContext
  let driver: any DriverChannel
  let stores: any TaskStores
  let limits: Limits
  let memory: MemoryGuard
}
