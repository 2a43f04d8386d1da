import BuiltPrograms
import FlintColumns
import FlintCore
import FlintSystem
import Glibc
import Testing

/// Asks another program: Python with pyarrow and DuckDB gets vectors as it knows them, and gives vectors back.
struct Oracle {
  static let isFull = getenv("TEST_SIZE").map { String(cString: $0) } == "full"

  let memory: ColumnMemory

  /// Runs `script`, which finds its inputs in `columns`, pyarrow arrays, and leaves its results, arrays of the types of
  /// `results`, in the list `results`.
  func ask(_ script: String, _ columns: [Vector], results: [DataType]) async throws -> [Vector] {
    let build = try BuiltProgram("layout-check", .debug).path().parent.parent.parent
    var command = ProcessCommand(build / "test-venv" / "bin" / "python", ["-c", Self.prelude + script + Self.epilogue])
    command.pipesInput = true
    command.output = .piped
    command.errorOutput = .piped
    let process = try await SystemProcessLauncher(threads: try FileThreads(count: 1)).launch(command)
    async let errors = Self.collect(process.errorOutput)
    async let output = Self.collect(process.output)
    do {
      try await process.write(VectorBytes.encode(columns, memory))
    } catch {
      // A script that fails reads no more; what it said is worth more than that.
    }
    await process.finishInput()
    let bytes = try await output
    let said = String(decoding: try await errors, as: UTF8.self)
    guard try await process.exit() == .exited(0) else {
      throw FlintError(.invalidArgument, "the oracle failed", why: said)
    }
    return try VectorBytes.decode(bytes, results, memory)
  }

  private static func collect(_ stream: AsyncThrowingStream<[UInt8], any Error>) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await chunk in stream { bytes += chunk }
    return bytes
  }

  private static let prelude = """
    import datetime, decimal, re, struct, sys
    import duckdb
    import pyarrow as pa

    def arrow_type(name):
        match = re.fullmatch(r"decimal\\((\\d+),(\\d+)\\)", name)
        if match:
            return pa.decimal128(int(match[1]), int(match[2]))
        return {
            "boolean": pa.bool_(), "tinyint": pa.int8(), "smallint": pa.int16(), "int": pa.int32(),
            "bigint": pa.int64(), "float": pa.float32(), "double": pa.float64(), "date": pa.date32(),
            "timestamp": pa.timestamp("us"), "string": pa.string(), "binary": pa.binary(),
        }[name]

    data = sys.stdin.buffer.read()
    place = 0

    def take(count):
        global place
        place += count
        return data[place - count:place]

    def number():
        return struct.unpack("<q", take(8))[0]

    def column():
        type = arrow_type(take(number()).decode())
        count = number()
        buffers = []
        for _ in range(number()):
            size = number()
            buffers.append(None if size < 0 else pa.py_buffer(take(size)))
        return pa.Array.from_buffers(type, count, buffers)

    columns = [column() for _ in range(number())]
    results = []

    def ask(sql):
        # The columns as a table with names a, b, c and so on, in the order of n.
        table = pa.table({chr(97 + n): each for n, each in enumerate(columns)})
        table = table.append_column("n", pa.array(range(table.num_rows), pa.int64()))
        connection = duckdb.connect()
        connection.execute("set threads = 1; set TimeZone = 'UTC'")
        connection.register("t", table)
        answer = connection.sql(sql).to_arrow_table().combine_chunks()
        return [answer.column(n).combine_chunks() for n in range(answer.num_columns)]

    """

  private static let epilogue = """

    def write_number(value):
        sys.stdout.buffer.write(struct.pack("<q", value))

    def plain(array):
        if isinstance(array, pa.ChunkedArray):
            array = array.combine_chunks()
        if isinstance(array, pa.ChunkedArray):
            array = array.chunk(0) if array.num_chunks else pa.array([], array.type)
        if array.offset:
            array = pa.array(array.to_pylist(), array.type)
        return array

    write_number(len(results))
    for array in map(plain, results):
        write_number(len(array))
        buffers = array.buffers()
        write_number(len(buffers))
        for buffer in buffers:
            if buffer is None:
                write_number(-1)
            else:
                write_number(buffer.size)
                sys.stdout.buffer.write(buffer)
    """
}
