extension Limits {
  /// The table of all limits, in the order of their properties.
  public static let all: [Limit] = [
    handshakeLength, certificateHandshakeLength, frameLength, lowWaterMark, highWaterMark, dialDeadline,
    handshakeDeadline, halfOpenConnections, allHalfOpenConnections, writeDeadline, requestDeadline, requestsInFlight,
    redialAfter, redialAtMost,
    httpConnections, httpConnectionsPerAddress, httpDeadline, httpHeadLength, httpBodyLength, httpEventBytes,
    httpEventPause,
    heartbeatInterval, suspectAfter, fencedAfter, driverSilence, executorStarts, backlogWait, idleTime,
    taskAttempts, taskStarts, stageAttempts, localityWait, tasksAhead, aheadTime, aheadPatience, statusWait, killWait,
    endWait, barrierWait,
    speculationQuantile, speculationMultiplier, speculationFloor, speculationInterval,
    stageFailures, executorFailures, nodeExclusions, exclusionTime, excludedWait,
    noProgressAfter, refusalDeadline,
    rowsPerBatch, resultChunk, collectedBytes, rowsAhead, inputRow,
    parquetFooter, parquetPage, arrowMetadata, arrowBuffer, queryLength, queryDepth, partialAggregates, broadcastRows,
    memoryBeside, memoryInterval, memoryPatience,
    memoryMapOutput, mapOutputBuffer, fetchRequest, fetchBytesInFlight, fetchAttempts,
  ]

  /// What must hold between limits.
  static let relations: [LimitRelation] = [
    LimitRelation(handshakeLength, .atMost, frameLength, "a handshake is a frame"),
    LimitRelation(halfOpenConnections, .atMost, allHalfOpenConnections, "one address could never reach its limit"),
    LimitRelation(lowWaterMark, .below, highWaterMark, "a sender would stop and never go on"),
    LimitRelation(redialAfter, .atMost, redialAtMost, "the first wait would already be too long"),
    LimitRelation(httpConnectionsPerAddress, .atMost, httpConnections, "one address could never reach its limit"),
    LimitRelation(heartbeatInterval, .below, writeDeadline, "a stalled connection is noticed at a heartbeat"),
    LimitRelation(heartbeatInterval, .below, suspectAfter, "every executor would be suspect between two heartbeats"),
    LimitRelation(suspectAfter, .below, fencedAfter, "an executor would be lost before it is suspect"),
    LimitRelation(fencedAfter, .atMost, driverSilence, "an executor would leave a driver that still counts on it"),
    LimitRelation(fencedAfter, .below, noProgressAfter, "a lost executor would be reported as a job that stands still"),
    LimitRelation(localityWait, .below, noProgressAfter, "a wait for a near place would be reported as a standstill"),
    LimitRelation(taskAttempts, .atMost, taskStarts, "a task would never use up its tries"),
    LimitRelation(aheadPatience, .below, noProgressAfter, "a wait for a slot would be reported as a standstill"),
    LimitRelation(statusWait, .below, aheadPatience, "an executor would seem to end nothing"),
    LimitRelation(killWait, .below, noProgressAfter, "a task that does not end would be reported as a standstill"),
    LimitRelation(barrierWait, .below, noProgressAfter, "a wait for slots would be reported as a standstill"),
    LimitRelation(excludedWait, .below, noProgressAfter, "a wait for a healthy executor would be reported as one"),
    LimitRelation(resultChunk, .atMost, frameLength, "a chunk travels in one frame"),
    LimitRelation(resultChunk, .atMost, collectedBytes, "the first chunk would already be too much"),
    LimitRelation(fetchRequest, .atMost, fetchBytesInFlight, "the first request would already be too much"),
  ]

  private static let handshakeLength = Limit(
    "handshakeLength", \.handshakeLength, hostile: ByteCount(512)...ByteCount(4096), "length of a first frame")
  private static let certificateHandshakeLength = Limit(
    "certificateHandshakeLength", \.certificateHandshakeLength, hostile: ByteCount(4096)...ByteCount(16_384),
    "bytes of a handshake with certificates")
  private static let frameLength = Limit(
    "frameLength", \.frameLength, hostile: ByteCount(4096)...ByteCount(70_001), "length of a frame")
  private static let lowWaterMark = Limit(
    "lowWaterMark", \.lowWaterMark, hostile: ByteCount(1)...ByteCount(999), "queued bytes at which senders go on")
  private static let highWaterMark = Limit(
    "highWaterMark", \.highWaterMark, hostile: ByteCount(2)...ByteCount(4999), "queued bytes at which senders stop")
  private static let dialDeadline = Limit(
    "dialDeadline", \.dialDeadline, hostile: .milliseconds(50)...(.seconds(30)), "wait for a dialled peer")
  private static let handshakeDeadline = Limit(
    "handshakeDeadline", \.handshakeDeadline, hostile: .milliseconds(50)...(.seconds(30)), "wait for a handshake")

  private static let halfOpenConnections = Limit(
    "halfOpenConnections", \.halfOpenConnections, hostile: 2...9, "unknown connections from one address")
  private static let allHalfOpenConnections = Limit(
    "allHalfOpenConnections", \.allHalfOpenConnections, hostile: 9...99, "unknown connections of a port")
  private static let writeDeadline = Limit(
    "writeDeadline", \.writeDeadline, hostile: .milliseconds(500)...(.seconds(10)), "wait for a peer that takes nothing"
  )
  private static let requestDeadline = Limit(
    "requestDeadline", \.requestDeadline, hostile: .milliseconds(100)...(.seconds(30)), "wait for an answer")
  private static let requestsInFlight = Limit(
    "requestsInFlight", \.requestsInFlight, hostile: 1...9, "requests of a connection that wait for answers")
  private static let redialAfter = Limit(
    "redialAfter", \.redialAfter, hostile: .milliseconds(1)...(.milliseconds(100)), "first wait before dialling again")
  private static let redialAtMost = Limit(
    "redialAtMost", \.redialAtMost, hostile: .milliseconds(100)...(.seconds(2)), "longest wait before dialling again")

  private static let httpConnections = Limit(
    "httpConnections", \.httpConnections, hostile: 2...99, "connections of an HTTP port")
  private static let httpConnectionsPerAddress = Limit(
    "httpConnectionsPerAddress", \.httpConnectionsPerAddress, hostile: 1...9, "HTTP connections from one address")
  private static let httpDeadline = Limit(
    "httpDeadline", \.httpDeadline, hostile: .milliseconds(100)...(.seconds(30)), "wait for an HTTP request")
  private static let httpHeadLength = Limit(
    "httpHeadLength", \.httpHeadLength, hostile: ByteCount(2048)...ByteCount(8192), "head of an HTTP request")
  private static let httpBodyLength = Limit(
    "httpBodyLength", \.httpBodyLength, hostile: ByteCount(1)...ByteCount(999), "body of an HTTP request")
  private static let httpEventBytes = Limit(
    "httpEventBytes", \.httpEventBytes, hostile: ByteCount(1)...ByteCount(9999), "events that wait for a client")
  private static let httpEventPause = Limit(
    "httpEventPause", \.httpEventPause, hostile: .milliseconds(10)...(.seconds(15)), "silence of an event stream")

  private static let heartbeatInterval = Limit(
    "heartbeatInterval", \.heartbeatInterval, hostile: .milliseconds(7)...(.seconds(2)), "time between heartbeats")
  private static let suspectAfter = Limit(
    "suspectAfter", \.suspectAfter, hostile: .milliseconds(20)...(.seconds(4)), "silence of a suspect executor")
  private static let fencedAfter = Limit(
    "fencedAfter", \.fencedAfter, hostile: .milliseconds(30)...(.seconds(6)), "silence of a lost executor")
  private static let driverSilence = Limit(
    "driverSilence", \.driverSilence, hostile: .milliseconds(30)...(.seconds(30)), "silence of a lost driver")
  private static let executorStarts = Limit(
    "executorStarts", \.executorStarts, hostile: 1...3, "starts of an executor that dies at once")
  private static let backlogWait = Limit(
    "backlogWait", \.backlogWait, hostile: .milliseconds(1)...(.seconds(5)), "wait before asking for executors")
  private static let idleTime = Limit(
    "idleTime", \.idleTime, hostile: .milliseconds(10)...(.seconds(90)), "idleness before an executor is let go")

  private static let taskAttempts = Limit("taskAttempts", \.taskAttempts, hostile: 1...9, "tries of a task")
  private static let taskStarts = Limit("taskStarts", \.taskStarts, hostile: 1...12, "starts of a task")
  private static let stageAttempts = Limit("stageAttempts", \.stageAttempts, hostile: 1...9, "tries of a stage")
  private static let localityWait = Limit(
    "localityWait", \.localityWait, hostile: .nanoseconds(1)...(.seconds(20)), "wait for a place near the data")
  private static let tasksAhead = Limit("tasksAhead", \.tasksAhead, hostile: 1...9, "tasks that wait on an executor")
  private static let aheadTime = Limit(
    "aheadTime", \.aheadTime, hostile: .nanoseconds(1)...(.seconds(20)), "wait of a task that is sent ahead")
  private static let aheadPatience = Limit(
    "aheadPatience", \.aheadPatience, hostile: .milliseconds(1)...(.seconds(20)), "wait for an end before a recall")
  private static let statusWait = Limit(
    "statusWait", \.statusWait, hostile: .nanoseconds(1)...(.milliseconds(9)), "wait of a task's end for others")
  private static let killWait = Limit(
    "killWait", \.killWait, hostile: .milliseconds(1)...(.seconds(20)), "wait for the end of a killed task")
  private static let endWait = Limit(
    "endWait", \.endWait, hostile: .milliseconds(1)...(.seconds(20)), "wait for a program that was told to end")
  private static let barrierWait = Limit(
    "barrierWait", \.barrierWait, hostile: .milliseconds(10)...(.seconds(40)), "wait for a barrier's slots")
  private static let speculationQuantile = Limit(
    "speculationQuantile", \.speculationQuantile, hostile: 1...100, "percent of a stage before copies")
  private static let speculationMultiplier = Limit(
    "speculationMultiplier", \.speculationMultiplier, hostile: 1...300, "percent of the median that is slow")
  private static let speculationFloor = Limit(
    "speculationFloor", \.speculationFloor, hostile: .nanoseconds(1)...(.seconds(1)), "age of a slow task")
  private static let speculationInterval = Limit(
    "speculationInterval", \.speculationInterval, hostile: .milliseconds(7)...(.seconds(1)), "looks for slow tasks")
  private static let stageFailures = Limit(
    "stageFailures", \.stageFailures, hostile: 1...5, "failures of a stage's tasks on one executor")
  private static let executorFailures = Limit(
    "executorFailures", \.executorFailures, hostile: 1...9, "failures of tasks on one executor")
  private static let nodeExclusions = Limit(
    "nodeExclusions", \.nodeExclusions, hostile: 1...4, "excluded executors of a node")
  private static let exclusionTime = Limit(
    "exclusionTime", \.exclusionTime, hostile: .milliseconds(20)...(.seconds(100)), "time without tasks")
  private static let excludedWait = Limit(
    "excludedWait", \.excludedWait, hostile: .milliseconds(10)...(.seconds(40)), "wait for a healthy executor")
  private static let noProgressAfter = Limit(
    "noProgressAfter", \.noProgressAfter, hostile: .milliseconds(40)...(.seconds(90)), "standstill that is reported")
  private static let refusalDeadline = Limit(
    "refusalDeadline", \.refusalDeadline, hostile: .milliseconds(10)...(.seconds(1)), "wait for a refusal")

  private static let rowsPerBatch = Limit("rowsPerBatch", \.rowsPerBatch, hostile: 1...17, "rows of a batch")
  private static let resultChunk = Limit(
    "resultChunk", \.resultChunk, hostile: ByteCount(1)...ByteCount(1999), "bytes of a result in one message")
  private static let collectedBytes = Limit(
    "collectedBytes", \.collectedBytes, hostile: ByteCount(1 << 20)...ByteCount(3_000_001), "bytes that collect brings")

  private static let rowsAhead = Limit(
    "rowsAhead", \.rowsAhead, hostile: ByteCount(1)...ByteCount(9999), "bytes of rows that wait for a slow reader")
  private static let inputRow = Limit(
    "inputRow", \.inputRow, hostile: .kibibytes(64)...(.mebibytes(1)), "bytes of a line or file that is one row")
  private static let memoryBeside = Limit(
    "memoryBeside", \.memoryBeside, hostile: .mebibytes(64)...(.mebibytes(256)), "memory beside an executor's budget")
  private static let memoryInterval = Limit(
    "memoryInterval", \.memoryInterval, hostile: .nanoseconds(1)...(.seconds(1)), "time between looks at memory")
  private static let memoryPatience = Limit(
    "memoryPatience", \.memoryPatience, hostile: 1...99, "looks at too much memory before a task fails")
  private static let parquetFooter = Limit(
    "parquetFooter", \.parquetFooter, hostile: .kibibytes(64)...(.mebibytes(1)), "bytes of the footer of a Parquet file"
  )
  private static let parquetPage = Limit(
    "parquetPage", \.parquetPage, hostile: .mebibytes(2)...(.mebibytes(8)), "bytes of a page of a Parquet file")
  private static let arrowMetadata = Limit(
    "arrowMetadata", \.arrowMetadata, hostile: .kibibytes(64)...(.mebibytes(1)), "bytes of an Arrow file's metadata")
  private static let arrowBuffer = Limit(
    "arrowBuffer", \.arrowBuffer, hostile: .mebibytes(2)...(.mebibytes(8)), "bytes of a buffer of an Arrow file")
  private static let queryLength = Limit(
    "queryLength", \.queryLength, hostile: .kibibytes(64)...(.mebibytes(1)), "bytes of the text of a query")
  private static let queryDepth = Limit("queryDepth", \.queryDepth, hostile: 30...100, "levels of a query")
  private static let partialAggregates = Limit(
    "partialAggregates", \.partialAggregates, hostile: ByteCount(1)...(.mebibytes(1)),
    "bytes of partial aggregates that a task keeps")
  private static let broadcastRows = Limit(
    "broadcastRows", \.broadcastRows, hostile: ByteCount(1)...(.mebibytes(10)),
    "bytes of a side of a join that is sent to every task")
  private static let memoryMapOutput = Limit(
    "memoryMapOutput", \.memoryMapOutput, hostile: ByteCount(1)...ByteCount(300), "bytes of a map output in memory")
  private static let mapOutputBuffer = Limit(
    "mapOutputBuffer", \.mapOutputBuffer, hostile: ByteCount(1)...ByteCount(999), "collected bytes of a map output")
  private static let fetchRequest = Limit(
    "fetchRequest", \.fetchRequest, hostile: ByteCount(1)...ByteCount(999), "bytes of a fetch request")
  private static let fetchBytesInFlight = Limit(
    "fetchBytesInFlight", \.fetchBytesInFlight, hostile: ByteCount(2)...ByteCount(3001), "bytes being fetched")
  private static let fetchAttempts = Limit("fetchAttempts", \.fetchAttempts, hostile: 1...6, "tries of a fetch")
}
