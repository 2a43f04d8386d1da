extension ClusterBooks {
  // MARK: I3: a lost executor changes nothing.

  mutating func takeExecutor(_ event: ClusterEvent) {
    guard let executor = event.executor else { return fail("an executor's event names none: \(event.line)") }
    if event.name == "executorAdded" {
      require(!lost.contains(executor), "I3: \(executor) was lost and is there again")
      living.insert(executor)
    } else {
      require(lost.insert(executor).inserted, "I3: \(executor) is lost a second time")
      require(event["cause"]?.isEmpty == false, "I13: \(executor) is lost for no reason")
      living.remove(executor)
      disturbances += 1
    }
  }

  mutating func takeTask(_ event: ClusterEvent) {
    guard let attempt = event.attempt else { return fail("a task's event names none: \(event.line)") }
    switch event.name {
    case "taskStarted": started(attempt, event)
    case "taskEnded": ended(attempt, event)
    case "taskCommitted": committed(attempt)
    case "mapOutputRegistered": registered(attempt, event)
    default: disturbances += 1
    }
  }

  private mutating func started(_ attempt: AttemptKey, _ event: ClusterEvent) {
    guard let executor = event.executor else { return fail("\(attempt) starts nowhere") }
    require(!lost.contains(executor), "I3: \(attempt) starts on \(executor), which was lost")
    require(living.contains(executor), "I3: \(attempt) starts on \(executor), which never came")
    require(tries[attempt] == nil, "I5: \(attempt) starts twice")
    require(stages[attempt.stage] == attempt.stageAttempt, "I5: \(attempt) starts, and is not of the newest attempt")
    tries[attempt] = Try(executor: executor)
    order.append(attempt)
    let task = AttemptKey(
      stage: attempt.stage, stageAttempt: attempt.stageAttempt, partition: attempt.partition, attempt: 0)
    starts[task, default: 0] += 1
    let count = starts[task] ?? 0
    require(count <= taskStarts, "I5: \(attempt) is start \(count) of its task")
  }

  private mutating func ended(_ attempt: AttemptKey, _ event: ClusterEvent) {
    guard let run = tries[attempt], let executor = event.executor else {
      return fail("\(attempt) ends and never began")
    }
    require(!run.isOver, "I3: \(attempt) ends twice")
    require(run.executor == executor, "I3: \(attempt) ended on \(executor) and ran on \(run.executor)")
    tries[attempt]?.isOver = true
    guard event["status"] == "succeeded" else {
      disturbances += 1
      return require(
        event["status"] == "killed" || event["failure"]?.isEmpty == false, "I13: \(attempt) failed for no reason")
    }
    require(!lost.contains(executor), "I3: \(attempt) succeeds on \(executor), which was lost")
  }

  // MARK: I2: one commit of a partition.

  private mutating func committed(_ attempt: AttemptKey) {
    let part = AttemptKey(stage: attempt.stage, stageAttempt: 0, partition: attempt.partition, attempt: 0)
    commits[part, default: 0] += 1
    require(commits[part] == 1, "I2: \(attempt) commits what was committed before")
    guard let run = tries[attempt] else { return fail("I2: \(attempt) commits and never began") }
    require(!lost.contains(run.executor), "I3: \(attempt) commits on \(run.executor), which was lost")
  }

  // MARK: I5: nothing is computed again without a reason.

  private mutating func registered(_ attempt: AttemptKey, _ event: ClusterEvent) {
    guard let run = tries[attempt] else { return fail("I3: \(attempt) has output and never began") }
    require(!lost.contains(run.executor), "I3: an output of \(run.executor), which was lost")
    let shuffle = event.number("shuffle") ?? -1
    let part = AttemptKey(stage: shuffle, stageAttempt: 0, partition: attempt.partition, attempt: 0)
    outputs[part, default: 0] += 1
    guard let count = outputs[part], count > 1 else { return }
    recomputed += 1
    require(
      count <= 1 + disturbances, "I5: partition \(attempt.partition) of shuffle \(shuffle) was computed \(count) times")
  }

  mutating func takeJob(_ event: ClusterEvent) {
    switch event.name {
    case "stageSubmitted":
      guard let stage = event.number("stage"), let attempt = event.number("stageAttempt") else {
        return fail("a stage's event names none: \(event.line)")
      }
      require(stages[stage] ?? -1 < attempt, "I5: attempt \(attempt) at stage \(stage) comes after a later one")
      stages[stage] = attempt
      submissions[stage, default: 0] += 1
      let (count, reasons) = (submissions[stage] ?? 0, disturbances)
      require(count <= 1 + reasons, "I5: stage \(stage) starts \(count) times for \(reasons) reasons")
    case "jobStarted":
      guard let job = event.number("job") else { return }
      openJobs.insert(job)
    case "jobEnded":
      guard let job = event.number("job") else { return }
      let ran = openJobs.remove(job) != nil
      require(ran, "I4: job \(job) ends and does not run")
      if event["status"] == "failed" {
        require(event["error"]?.isEmpty == false, "I13: job \(job) failed for no reason")
        disturbances += 1
      }
    default: disturbances += 1
    }
  }
}
