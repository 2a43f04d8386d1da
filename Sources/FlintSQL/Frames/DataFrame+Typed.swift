internal import FlintColumns
internal import FlintCore
public import FlintDatasets
internal import FlintLineage
internal import FlintTasks

extension DataFrame {
  /// The rows as values of a type of Swift, whose fields are columns of the same names: a dataset of the session.
  ///
  /// Columns that the type has not are left out. Throws `unknown-name` for a column that is missing, `type-mismatch` for one
  /// of another kind, and what the query throws. Rows with null where the type has no optional fail the action.
  ///
  /// ```swift
  /// import FlintDatasets
  /// import FlintSQL
  ///
  /// struct Trip: Sendable {
  ///   var zone: Int32
  ///   var fare: Double?
  /// }
  ///
  /// func paid(_ trips: DataFrame) async throws -> Int {
  ///   try await trips.as(Trip.self).filter { ($0.fare ?? 0) > 0 }.count()
  /// }
  /// ```
  public func `as`<Row: Sendable>(
    _ type: Row.Type, file: String = #fileID, line: Int = #line
  ) async throws -> Dataset<Row> {
    let site = OperatorSite("as", file, line)
    guard let session = context.session else {
      throw FlintError(.invalidArgument, "only a session has datasets", at: site.location)
    }
    do {
      let wanted = try Kernels(context.memory).batch([Row]()).schema.fields
      let found = try await schema().fields
      let items = try wanted.map { (field) throws(FlintError) in try Self.item(field, found, site) }
      guard let (execution, plan) = try await selecting(items, site.location).clusterExecution(site) else {
        preconditionFailure("a session computes")
      }
      let parent = try await execution.dataset(plan)
      let node = session.node(
        site, partitionCount: parent.partitionCount, dependencies: [.narrow(parent, .oneToOne)],
        operation: StageOperation(factory: NodeFactory { TypingOperator<Row>(site) }, data: nil))
      return Dataset.over(node, in: session)
    } catch let error as FlintError { throw error.located(site.location) }
  }

  /// The column of a field, which takes numbers of less room, and what else goes into its type without loss.
  private static func item(_ field: Field, _ found: [Field], _ site: OperatorSite) throws(FlintError) -> Expression {
    let origin = Origin.program(site.location)
    let column = Expression(.name([field.name]), origin)
    let known = found.first { $0.name.lowercased() == field.name.lowercased() }
    if let known, known.type != field.type {
      let isWider = known.type.isNumeric && field.type.isNumeric && known.type.fits(into: field.type)
      guard isWider || known.type.isNested || field.type.decimal != nil && known.type.decimal != nil else {
        throw origin.error(
          .typeMismatch, "the column \(known.name) is \(known.type), and the field is \(field.type)",
          remedy: "cast the column before")
      }
    }
    if known?.type == field.type || known?.type.decimal != nil {
      return Expression(.alias(column, field.name), origin)
    }
    return Expression(.alias(Expression(.cast(column, field.type, orNull: false), origin), field.name), origin)
  }
}

extension DataType {
  /// Whether all numbers of this type are numbers of another one.
  fileprivate func fits(into other: DataType) -> Bool {
    let order: [DataType] = [.int8, .int16, .int32, .int64]
    if let own = order.firstIndex(of: self) {
      if let place = order.firstIndex(of: other) { return own <= place }
      return other == .double && own <= 2 || other == .float && own <= 1 || other.decimal != nil
    }
    return self == .float && other == .double
  }
}

extension Dataset {
  /// The rows as a frame, with a column for each field; rows that are no structs are one column, `value`.
  ///
  /// What the rows hold that no column does comes out as `unsupported-type` when the frame's rows are asked for.
  ///
  /// ```swift
  /// import FlintDatasets
  /// import FlintSQL
  ///
  /// func lengths(_ lines: Dataset<String>) async throws {
  ///   try await lines.toDF().select("value", "length(value) AS length").orderBy("length DESC").show()
  /// }
  /// ```
  public func toDF(file: String = #fileID, line: Int = #line) -> DataFrame {
    let site = OperatorSite("toDF", file, line)
    let context = session.frames
    do throws(FlintError) {
      let fields = try Kernels(context.memory).batch([Row]()).schema.fields
      let made = session.node(
        site, partitionCount: partitionCount, dependencies: [.narrow(lineage, .oneToOne)],
        operation: StageOperation(factory: NodeFactory { UntypingOperator<Row>(fields) }, data: nil))
      return DataFrame(Query(.dataset(DatasetSource(node: made, fields: fields)), .program(site.location)), context)
    } catch {
      let known = KnownError(error: error.located(site.location))
      return DataFrame(Query(.wrong(known), .program(site.location)), context)
    }
  }

  /// As ``toDF(file:line:)``, with other names for the columns.
  public func toDF(_ names: String..., file: String = #fileID, line: Int = #line) -> DataFrame {
    let frame = toDF(file: file, line: line)
    return frame.with(
      .reshaped(frame.query, .naming(names)), .program(SourceLocation(file: file, line: line)))
  }
}
