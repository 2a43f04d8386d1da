/// A life of an executor, as the event log names it.
package struct ExecutorKey: Hashable, Comparable, Sendable, CustomStringConvertible {
  let executor: Int
  let incarnation: Int

  package static func < (left: ExecutorKey, right: ExecutorKey) -> Bool {
    (left.executor, left.incarnation) < (right.executor, right.incarnation)
  }

  package var description: String { "executor \(executor)/\(incarnation)" }
}
