public import FlintCore

extension HTTPRoute {
  /// `GET /health`: the node's name, how long it has been there, and `facts` about its state, as JSON. For machines that ask
  /// whether the node answers at all, so it says nothing that a stranger could use.
  public static func health(
    of context: NodeContext, facts: @escaping @Sendable () -> [JSONValue.Member] = { [] }
  ) -> HTTPRoute {
    let start = context.time.now
    return HTTPRoute(
      .get, "/health",
      .now { [name = context.name, time = context.time] _ in
        let uptime = start.duration(to: time.now).nanoseconds / 1_000_000_000
        let members = [
          JSONValue.Member("status", "ok"), JSONValue.Member("node", .text(name)),
          JSONValue.Member("uptimeSeconds", .integer(uptime)),
        ]
        return .json(.object(members + facts()))
      })
  }
}
