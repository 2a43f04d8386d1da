internal import FlintColumns
internal import FlintCore
internal import FlintFiles
internal import FlintFormats

/// Finds what a query names before it is analysed: files with their schemas, views, time zones.
struct CatalogLoader {
  let context: SQLContext
  private(set) var catalog = Catalog()
  private var seenViews: Set<String> = []

  init(_ context: SQLContext) {
    self.context = context
  }

  mutating func load(_ query: Query) async throws -> Catalog {
    catalog.functions = context.functions
    catalog.viewNames = context.views.keys.sorted()
    try await addZone(context.settings.zone)
    try await add(query)
    return catalog
  }

  private mutating func add(_ query: Query) async throws {
    for zone in query.zoneNames where catalog.zones[zone] == nil {
      // That there is none is told where it is written.
      if let rules = try? await ZoneRules.named(zone, files: context.files) { catalog.zones[zone] = rules }
    }
    for source in query.fileSources where catalog.files[source.source] == nil {
      do { catalog.files[source.source] = try await table(source.source) } catch let error as FlintError {
        if error.location != nil { throw error }
        throw source.origin.error(error.code, error.what, why: error.why, remedy: error.remedy)
      }
    }
    for rows in query.keptRows where catalog.kept[rows] == nil {
      if context.session == nil { try await add(rows.query) } else { catalog.kept[rows] = try await dataset(rows) }
    }
    let views = context.views
    for name in query.tableNames where !seenViews.contains(name) {
      guard let view = views[name] else { continue }
      seenViews.insert(name)
      catalog.views[name] = view
      try await add(view)
    }
  }

  private mutating func addZone(_ name: String) async throws {
    if catalog.zones[name] == nil { catalog.zones[name] = try await ZoneRules.named(name, files: context.files) }
  }

  /// The dataset of rows that are kept, which is made when rows are asked for the first time.
  private func dataset(_ rows: KeptRows) async throws -> DatasetSource {
    if let known = rows.source { return known }
    let frame = DataFrame(rows.query, context)
    guard let (execution, plan) = try await frame.clusterExecution(rows.site) else {
      preconditionFailure("rows are kept by a session")
    }
    let node = try await execution.dataset(plan, keeping: rows.level)
    return rows.take(DatasetSource(node: node, fields: plan.output.map(\.field)))
  }

  // MARK: Files.

  /// The files of a source with the columns that they share.
  private func table(_ source: FileSource) async throws -> Table {
    let found = try await FileTable.open(
      source.paths, try source.typedFormat(), schema: source.schema, context.files, limits: context.limits,
      memory: context.memory)
    let statistics = try await context.statistics.statistics(of: source, found) {
      try await found.statistics(context.files, limits: context.limits)
    }
    return Table(
      name: "\(source.format) \(source.paths.joined(separator: ", "))", schema: found.schema, rows: .files(found),
      statistics: statistics)
  }
}

extension FileSource {
  /// The format with its options. Throws `invalid-argument` for options that it has not.
  fileprivate func typedFormat() throws(FlintError) -> FileFormat {
    switch format {
    case "csv":
      var typed = CSVOptions()
      for option in options { try typed.set(option.name, option.value) }
      return .csv(typed)
    case "json":
      var typed = JSONOptions()
      for option in options { try typed.set(option.name, option.value) }
      return .json(typed)
    case "text":
      var typed = TextOptions()
      for option in options { try typed.set(option.name, option.value) }
      return .text(typed)
    default:
      var mergesSchema = false
      for option in options {
        guard option.name.lowercased() == "mergeschema", let isOn = Bool(option.value.lowercased()) else {
          throw FlintError(.invalidArgument, "files of Parquet have no option \(option.name) = \(option.value)")
        }
        mergesSchema = isOn
      }
      return .parquet(mergeSchema: mergesSchema)
    }
  }
}
