internal import FlintTasks

/// An operation that needs nothing but its factory.
struct PlainOperation: NodeOperation {
  let factory: NodeFactory
}
