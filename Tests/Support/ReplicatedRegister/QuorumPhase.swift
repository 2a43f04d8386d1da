/// One phase of an operation: a request to every replica, over when a majority has answered. A pure machine: events in,
/// actions out.
struct QuorumPhase {
  enum Event: Equatable {
    case started
    case answered(replica: Int, RegisterMessage)
    /// Time to repeat what has not been answered.
    case retryDue
  }

  enum Action: Equatable {
    case send(RegisterMessage, to: Int)
    /// A majority has answered; the newest value among the answers, for a query.
    case finish(TaggedValue?)
  }

  private let request: RegisterMessage
  private let replicaCount: Int
  private let retries: Bool
  private var answered: Set<Int> = []
  private var newest: TaggedValue?

  init(_ request: RegisterMessage, replicaCount: Int, retries: Bool = true) {
    self.request = request
    self.replicaCount = replicaCount
    self.retries = retries
  }

  mutating func handle(_ event: Event) -> [Action] {
    switch event {
    case .started: return sends()
    case .retryDue: return retries && !isOver ? sends() : []
    case .answered(let replica, let message):
      guard !isOver, matches(message), answered.insert(replica).inserted else { return [] }
      if case .state(_, let tagged) = message { newest = max(newest ?? .initial, tagged) }
      return isOver ? [.finish(newest)] : []
    }
  }

  private var isOver: Bool { answered.count > replicaCount / 2 }

  private func sends() -> [Action] {
    (0..<replicaCount).filter { !answered.contains($0) }.map { .send(request, to: $0) }
  }

  private func matches(_ message: RegisterMessage) -> Bool {
    switch (request, message) {
    case (.query(let asked), .state(let phase, _)): asked == phase
    case (.store(let asked, _), .stored(let phase)): asked == phase
    default: false
    }
  }
}
