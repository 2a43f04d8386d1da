"""Stands in the links of an application and passes everything on.

    proxy.py FOLDER NODES LOG NAME…

NAME is `<dialler>/<socket>` as the settings `flint.test.link.*` have it below FOLDER. What it stands for is found in the one
application's folder below NODES. LOG gets a line `NAME` for each connection that passed bytes in both directions. It says
`ready` when it listens, and ends when its standard input does.
"""

import asyncio
import glob
import os
import sys


async def copy(reader, writer, seen):
    try:
        while data := await reader.read(1 << 16):
            seen.append(len(data))
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass
    writer.close()


async def main(folder, nodes, log, names):
    def serve(name):
        async def accept(reader, writer):
            target = glob.glob(f"{nodes}/**/{os.path.basename(name)}", recursive=True)
            real_reader, real_writer = await asyncio.open_unix_connection(target[0])
            there, back = [], []
            await asyncio.gather(copy(reader, real_writer, there), copy(real_reader, writer, back))
            if there and back:
                with open(log, "a") as lines:
                    lines.write(f"{name}\n")

        return accept

    for name in names:
        os.makedirs(f"{folder}/{os.path.dirname(name)}", exist_ok=True)
        await asyncio.start_unix_server(serve(name), f"{folder}/{name}")
    print("ready", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]))
