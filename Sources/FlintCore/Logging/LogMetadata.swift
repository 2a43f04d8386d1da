/// Facts beside a log message, such as the stage or the executor; shown sorted by name.
public typealias LogMetadata = [String: String]
