"""A CSV file with a header read again and again by DuckDB on one thread; prints the processor time of one turn.

    csv_files.py FILE SCHEMA TIMES

Every value is read as the type that the schema says: numbers are summed, and the lengths of texts.
"""

import resource
import sys

import duckdb


def main():
    path, schema, times = sys.argv[1:]
    # A comma within parentheses is part of a type.
    fields = [field.strip().split(" ", 1) for field in schema.replace(",2)", ";2)").split(",")]
    fields = [(name, kind.replace(";", ",")) for name, kind in fields]
    columns = ", ".join(f"'{name}': '{kind.replace('string', 'varchar')}'" for name, kind in fields)
    sums = ", ".join(
        f"sum(strlen({name}))" if kind == "string" else f"sum({name} - date '1970-01-01')" if kind == "date"
        else f"sum(epoch_us({name}))" if kind == "timestamp" else f"sum({name})"
        for name, kind in fields
    )
    connection = duckdb.connect()
    connection.execute("set threads to 1")
    # Nothing is to be guessed.
    query = f"""select count(*), {sums} from read_csv('{path}', columns={{{columns}}}, header=true, auto_detect=false,
        delim=',', quote='"', escape='"')"""
    start = processor_time()
    for _ in range(int(times)):
        answer = connection.execute(query).fetchall()[0]
    print(f"sums={answer[1:]}")
    print(f"rows={answer[0]} cpu={(processor_time() - start) // int(times)}")


def processor_time():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return int((usage.ru_utime + usage.ru_stime) * 1e9)


main()
