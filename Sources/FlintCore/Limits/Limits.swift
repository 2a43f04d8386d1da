/// Every limit of the engine, in one place and with its default.
///
/// Whoever starts a node calls ``validate()`` once. A limit is added in two lines: its property here and its entry in
/// ``all``; a test counts that none is forgotten.
public struct Limits: Sendable, Equatable {
  // MARK: Connections.

  /// The length of the first frame of a connection; nothing longer is read before the peer is known.
  public var handshakeLength: ByteCount = .kibibytes(4)
  /// What is read of a TLS handshake with certificates, which are longer than any first frame.
  public var certificateHandshakeLength: ByteCount = .kibibytes(16)
  /// The length of any frame.
  public var frameLength: ByteCount = .mebibytes(16)
  /// Queued bytes of a connection below which its senders go on.
  public var lowWaterMark: ByteCount = .kibibytes(256)
  /// Queued bytes of a connection above which its senders stop.
  public var highWaterMark: ByteCount = .mebibytes(1)
  /// How long a dial waits for the peer.
  public var dialDeadline: Duration = .seconds(5)
  /// How long a new connection may take to say who it is.
  public var handshakeDeadline: Duration = .seconds(5)
  /// How many new connections from one address may be there that have not said who they are.
  public var halfOpenConnections: Int = 64
  /// Connections of one secured port that have not said who they are, from all addresses.
  public var allHalfOpenConnections: Int = 256
  /// How long a connection may hold bytes of which the peer takes none.
  public var writeDeadline: Duration = .seconds(10)
  /// How long a request waits for its answer, unless it says otherwise.
  public var requestDeadline: Duration = .seconds(30)
  /// How many requests of one connection may wait for their answers.
  public var requestsInFlight: Int = 4096
  /// How long to wait before a lost connection is dialled again; twice as long after each failure.
  public var redialAfter: Duration = .milliseconds(50)
  /// How long to wait before it is dialled again, at most.
  public var redialAtMost: Duration = .seconds(5)

  // MARK: HTTP.

  /// Connections of an HTTP port.
  public var httpConnections: Int = 256
  /// Connections of an HTTP port from one address.
  public var httpConnectionsPerAddress: Int = 64
  /// How long a client may take for its whole request, and be silent before the next one.
  public var httpDeadline: Duration = .seconds(30)
  /// The memory of a connection, in which the head of a request must fit.
  public var httpHeadLength: ByteCount = .kibibytes(32)
  /// The body of a request.
  public var httpBodyLength: ByteCount = .mebibytes(1)
  /// Events that wait for a slow client before its stream is cut.
  public var httpEventBytes: ByteCount = .mebibytes(1)
  /// How often an event stream without events shows that it lives.
  public var httpEventPause: Duration = .seconds(15)

  // MARK: Executors.

  /// How often an executor says that it is alive.
  public var heartbeatInterval: Duration = .seconds(1)
  /// How long an executor may be silent before it gets no new tasks.
  public var suspectAfter: Duration = .seconds(3)
  /// How long an executor may be silent before it is lost and its tasks run elsewhere.
  public var fencedAfter: Duration = .seconds(5)
  /// How long an executor hears nothing of its driver before it ends: a driver that stood still finds its executors again.
  public var driverSilence: Duration = .seconds(30)
  /// How often an executor's process may die at its start before the application gives up.
  public var executorStarts: Int = 5
  /// How long tasks wait before the application asks for more executors.
  public var backlogWait: Duration = .seconds(1)
  /// How long an executor has nothing to do before the application lets it go.
  public var idleTime: Duration = .seconds(60)

  // MARK: Tasks and stages.

  /// How often a task may fail by its own fault, at most 255.
  public var taskAttempts: Int = 4
  /// How often a task is started in all, after failures that were not its own too: one that takes every executor with it
  /// must not go on for ever. At most 32,767.
  public var taskStarts: Int = 20
  /// How often a stage is tried.
  public var stageAttempts: Int = 4
  /// How long a task waits for a place near its data.
  public var localityWait: Duration = .seconds(3)
  /// How many tasks that were sent before there was a slot for them may wait on an executor.
  public var tasksAhead: Int = 64
  /// How soon a task that is sent ahead must be expected to begin.
  public var aheadTime: Duration = .milliseconds(2)
  /// How long an executor may end nothing before what waits there is taken back.
  public var aheadPatience: Duration = .milliseconds(20)
  /// How long a task's end may wait to be told together with others, while more of them wait to begin.
  public var statusWait: Duration = .milliseconds(1)
  /// How long a task that was told to end may hold its slot before its executor is ended for it.
  public var killWait: Duration = .seconds(10)
  /// How long a program that was told to end may go on before its application is ended around it.
  public var endWait: Duration = .seconds(3)
  /// How long tasks that must run at once wait for more slots than there are.
  public var barrierWait: Duration = .seconds(30)
  /// In percent: how much of a stage must be done before a task counts as slow.
  public var speculationQuantile: Int = 75
  /// In percent: how much longer than the median a slow task has run.
  public var speculationMultiplier: Int = 150
  /// A task that has run for less is not slow.
  public var speculationFloor: Duration = .milliseconds(100)
  /// How often somebody looks for slow tasks.
  public var speculationInterval: Duration = .milliseconds(100)
  /// How many tasks of one stage may fail on an executor before it gets no more of them.
  public var stageFailures: Int = 2
  /// How many tasks of all stages may fail on an executor before it gets none at all.
  public var executorFailures: Int = 4
  /// How many executors of a node may be excluded before all of them are.
  public var nodeExclusions: Int = 2
  /// How long an executor stays excluded, and how long a failure is held against it.
  public var exclusionTime: Duration = .seconds(600)
  /// How long tasks wait when every executor is excluded from them.
  public var excludedWait: Duration = .seconds(30)
  /// How long a job may stand still before it is said what waits for what.
  public var noProgressAfter: Duration = .seconds(60)
  /// How soon a request that can never be met is refused.
  public var refusalDeadline: Duration = .seconds(1)

  // MARK: Rows and results.

  /// Rows that one call of a batch closure gets.
  public var rowsPerBatch: Int = 4096
  /// Bytes of a result that travel in one message.
  public var resultChunk: ByteCount = .mebibytes(1)
  /// Bytes that `collect` may bring to the driver.
  public var collectedBytes: ByteCount = .gibibytes(1)
  /// Bytes of rows that the driver fetches ahead of who reads them one by one.
  public var rowsAhead: ByteCount = .mebibytes(4)
  /// Bytes of one row that a source makes: of a line, or of a file that is one row.
  public var inputRow: ByteCount = .mebibytes(256)
  /// Bytes of the footer of a Parquet file, which names every chunk of every column.
  public var parquetFooter: ByteCount = .mebibytes(64)
  /// Bytes of one page of a Parquet file, once it is decompressed.
  public var parquetPage: ByteCount = .mebibytes(256)
  /// Bytes of the metadata of one message of a file of Arrow's, or of its footer, which says where all messages are.
  public var arrowMetadata: ByteCount = .mebibytes(64)
  /// Bytes of one buffer of a file of Arrow's, once it is decompressed.
  public var arrowBuffer: ByteCount = .gibibytes(1)

  // MARK: Queries.

  /// Bytes of the text of a query.
  public var queryLength: ByteCount = .mebibytes(8)
  /// How deep brackets, functions and queries may stand in one another in a query: who reads it goes as deep.
  public var queryDepth: Int = 100

  /// Bytes of partial aggregates at which a task gives them out before it has seen all rows.
  public var partialAggregates: ByteCount = .mebibytes(64)

  /// Bytes of a side of a join up to which it is sent to every task, by what is known before it is computed.
  public var broadcastRows: ByteCount = .mebibytes(10)

  // MARK: Memory.

  /// What an executor's process may take beside its budget: the program, its libraries, its threads.
  public var memoryBeside: ByteCount = .mebibytes(48)
  /// How often, at borders of batches, somebody looks at how much memory the process has.
  public var memoryInterval: Duration = .milliseconds(20)
  /// How often in a row a process may be found above its budget before a task fails for it.
  public var memoryPatience: Int = 50

  // MARK: Shuffle.

  /// Bytes of a map output up to which it stays in memory.
  public var memoryMapOutput: ByteCount = .kibibytes(256)
  /// Bytes of a map output that its writer collects before it writes them to a file.
  public var mapOutputBuffer: ByteCount = .mebibytes(8)
  /// Bytes that a reducer asks for in one request.
  public var fetchRequest: ByteCount = .mebibytes(8)
  /// Bytes that a reducer has asked for and not yet received.
  public var fetchBytesInFlight: ByteCount = .mebibytes(48)
  /// How often a fetch is tried before its block counts as lost.
  public var fetchAttempts: Int = 3

  /// The defaults.
  public init() {}
}
