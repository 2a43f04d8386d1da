extension Construct {
  static let tasks = [
    Construct("unstructured task") { witness in
      await Task { witness.here() }.value
    },
    Construct("detached task") { witness in
      await Task.detached { witness.here() }.value
    },
    Construct("async let") { witness in
      async let first: Void = twoSteps(witness)
      async let second: Void = twoSteps(witness)
      _ = await (first, second)
    },
    Construct("task group") { witness in
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<8 { group.addTask { await twoSteps(witness) } }
      }
    },
    Construct("discarding task group") { witness in
      await withDiscardingTaskGroup { group in
        for _ in 0..<8 { group.addTask { await twoSteps(witness) } }
      }
    },
    Construct("yield") { witness in
      for _ in 0..<4 {
        await Task.yield()
        witness.here()
      }
    },
    Construct("immediate task") { witness in
      await Task.immediate { await twoSteps(witness) }.value
    },
    Construct("priority escalation") { witness in
      let low = Task(priority: .background) { await twoSteps(witness) }
      await Task(priority: .high) { await low.value }.value
    },
    Construct("task executor preference") { witness in
      await withTaskExecutorPreference(globalConcurrentExecutor) { await twoSteps(witness) }
    },
    Construct("task with an executor preference") { witness in
      await Task(executorPreference: globalConcurrentExecutor) { witness.here() }.value
    },
    Construct("@concurrent function") { witness in
      await concurrently(witness)
    },
  ]

  static func twoSteps(_ witness: Witness) async {
    witness.here()
    await Task.yield()
    witness.here()
  }

  @concurrent private static func concurrently(_ witness: Witness) async {
    await twoSteps(witness)
  }
}
