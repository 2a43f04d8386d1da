public import FlintCore

extension DataType {
  /// The type of this text, as ``description`` writes it: `bigint`, `decimal(12,2)`,
  /// `struct<zone:int,fares:array<double>>`. Throws `invalid-argument` when there is none.
  public init(parsing text: String) throws(FlintError) {
    var parser = TypeParser(text)
    guard let type = parser.type(), parser.isAtEnd else {
      throw FlintError(
        .invalidArgument, "'\(text)' is no type",
        why: "types are such as int, bigint, double, decimal(12,2), string, date, timestamp, array<int>, "
          + "map<string,int>, struct<zone:int>")
    }
    self = type
  }
}

extension Schema {
  /// The columns of a text such as `zone int not null, fare decimal(12,2)`. Throws `invalid-argument`.
  public init(parsing text: String) throws(FlintError) {
    var parser = TypeParser(text)
    guard let fields = parser.columns(), parser.isAtEnd else {
      throw FlintError(
        .invalidArgument, "'\(text)' is no schema", why: "a schema is such as 'zone int not null, fare decimal(12,2)'")
    }
    self.init(fields)
  }
}
