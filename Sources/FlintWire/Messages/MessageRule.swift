public import FlintCore

/// What holds for every message of one kind: the one table of the protocol.
public struct MessageRule: Hashable, Sendable {
  /// How a kind takes part in an exchange.
  public enum Form: Hashable, Sendable {
    /// It is answered by a message of this kind, or by an error.
    case request(answer: MessageKind)
    /// It answers a request.
    case answer
    /// It is not answered.
    case oneWay
  }

  /// What happens when it is sent a second time, on another connection, because nobody knows whether the first arrived.
  /// On one connection nothing is delivered twice.
  public enum Repeats: Hashable, Sendable {
    /// It may be sent again; what it names tells its receiver that it knows it already.
    case allowed(by: String)
    /// Its sender never sends it again.
    case forbidden
  }

  /// What kind of exchange it belongs to.
  public let form: Form
  /// Whether it may be sent again.
  public let repeats: Repeats
  /// On which connections it travels.
  public let channel: Introduction.Channel
  /// Who may send it to whom.
  public let routes: [Route]

  /// From one role to another.
  public struct Route: Hashable, Sendable {
    /// Who sends.
    public let from: PeerRole
    /// Who receives.
    public let to: PeerRole

    /// A route.
    public init(_ from: PeerRole, _ to: PeerRole) {
      self.from = from
      self.to = to
    }
  }

  private init(
    _ form: Form, _ repeats: Repeats, on channel: Introduction.Channel = .control, _ routes: [Route]
  ) {
    self.form = form
    self.repeats = repeats
    self.channel = channel
    self.routes = routes
  }

  /// The rule of `kind`.
  public static func rule(of kind: MessageKind) -> MessageRule {
    switch kind {
    case .echo: MessageRule(.request(answer: .echoed), .allowed(by: "nothing: it changes nothing"), everybody)
    case .echoed: MessageRule(.answer, .forbidden, everybody)
    case .registerExecutor:
      MessageRule(.request(answer: .executorRegistered), .allowed(by: "the executor's incarnation"), toDriver)
    case .executorRegistered: MessageRule(.answer, .forbidden, fromDriver)
    case .reportExecutor: MessageRule(.oneWay, .allowed(by: "the report's number"), toDriver)
    case .stopExecutor: MessageRule(.oneWay, .allowed(by: "the executor's incarnation"), fromDriver)
    case .describeStage: MessageRule(.oneWay, .allowed(by: "the stage"), fromDriver)
    case .forgetStages: MessageRule(.oneWay, .allowed(by: "the stages"), fromDriver)
    // A launch whose fate is unknown is followed by another attempt, never by itself.
    case .launchTask: MessageRule(.oneWay, .forbidden, fromDriver)
    case .killTask: MessageRule(.oneWay, .allowed(by: "the attempt"), fromDriver)
    case .recallTasks: MessageRule(.oneWay, .allowed(by: "the executor's incarnation"), fromDriver)
    case .updateStatus:
      MessageRule(.request(answer: .statusNoted), .allowed(by: "the attempt and its status"), toDriver)
    case .statusNoted: MessageRule(.answer, .forbidden, fromDriver)
    case .askCommit: MessageRule(.request(answer: .answerCommit), .allowed(by: "the attempt"), toDriver)
    case .answerCommit: MessageRule(.answer, .forbidden, fromDriver)
    case .askMapOutputs:
      MessageRule(.request(answer: .answerMapOutputs), .allowed(by: "nothing: it changes nothing"), toDriver)
    case .answerMapOutputs: MessageRule(.answer, .forbidden, fromDriver)
    case .blockStored: MessageRule(.oneWay, .allowed(by: "the block and its place"), toDriver)
    case .blockDropped: MessageRule(.oneWay, .allowed(by: "the block and its executor"), toDriver)
    case .askBlock: MessageRule(.request(answer: .answerBlock), .allowed(by: "nothing: it changes nothing"), toDriver)
    case .answerBlock: MessageRule(.answer, .forbidden, fromDriver)
    case .removeBlocks: MessageRule(.oneWay, .allowed(by: "the blocks"), fromDriver)
    case .askPeers: MessageRule(.request(answer: .answerPeers), .allowed(by: "nothing: it changes nothing"), toDriver)
    case .answerPeers: MessageRule(.answer, .forbidden, fromDriver)
    case .fetchBlock:
      MessageRule(.request(answer: .sendBlock), .allowed(by: "nothing: it changes nothing"), on: .blocks, fetchers)
    case .sendBlock:
      MessageRule(.answer, .forbidden, on: .blocks, fetchers.map { Route($0.to, $0.from) })
    case .copyBlock:
      MessageRule(.request(answer: .blockCopied), .allowed(by: "the block and its try"), on: .blocks, amongExecutors)
    case .blockCopied: MessageRule(.answer, .forbidden, on: .blocks, amongExecutors)
    case .inspect: MessageRule(.request(answer: .inspected), .allowed(by: "nothing: it changes nothing"), observers)
    case .inspected: MessageRule(.answer, .forbidden, observers.map { Route($0.to, $0.from) })
    }
  }

  /// Who looks, and at whom.
  private static let observers = [PeerRole.driver, .executor, .worker].map { Route(.observer, $0) }
  private static let toDriver = [Route(.executor, .driver)]
  private static let fromDriver = [Route(.driver, .executor)]
  private static let amongExecutors = [Route(.executor, .executor)]
  /// Whoever reads blocks, and from whom. Executors dial one another, the driver for broadcasts, and their worker.
  private static let fetchers = [
    Route(.executor, .executor), Route(.executor, .driver), Route(.executor, .worker), Route(.driver, .executor),
    Route(.driver, .worker),
  ]
  private static let everybody = PeerRole.allCases.flatMap { from in PeerRole.allCases.map { Route(from, $0) } }
}
