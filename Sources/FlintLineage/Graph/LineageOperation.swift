/// How a node computes its rows: a value of the layer that builds the graph, opaque to lineage and scheduling.
public protocol LineageOperation: Sendable {}
