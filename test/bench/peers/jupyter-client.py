"""Drives ipykernel through jupyter_client, and times it here, so that nothing of the benchmark's own is counted.

One request a line on stdin, as JSON: {"start": true}, {"run": CELL}, {"stop": true}. One line of JSON answers each.
"""
import json
import os
import sys
import time
import traceback

# The debugger that comes with ipykernel would warn each time.
os.environ['PYDEVD_DISABLE_FILE_VALIDATION'] = '1'

import zmq
from jupyter_client import KernelManager


class Kernel:
    def __init__(self):
        began = time.perf_counter()
        self.manager = KernelManager(kernel_name='python3')
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)
        self.ready_after = time.perf_counter() - began
        # The plain sockets: the asynchronous ones around them cost a tenth of a round trip.
        self.shell = zmq.Socket.shadow(self.client.shell_channel.socket.underlying)
        self.iopub = zmq.Socket.shadow(self.client.iopub_channel.socket.underlying)

    def run(self, cell):
        began = time.perf_counter()
        request = self.client.execute(cell)
        output = self.output_of(request)
        reply = self.receive(self.shell, request)
        seconds = time.perf_counter() - began
        if reply['content']['status'] != 'ok':
            raise RuntimeError(reply['content'])
        return {'milliseconds': seconds * 1e3, 'bytes': output}

    def output_of(self, request):
        """Reads until the kernel is idle again; the characters that the cell wrote."""
        count = 0
        while True:
            message = self.receive(self.iopub, request)
            if message['msg_type'] == 'stream':
                count += len(message['content']['text'])
            elif message['msg_type'] == 'status' and message['content']['execution_state'] == 'idle':
                return count

    def receive(self, socket, request):
        while True:
            _, message = self.client.session.recv(socket, mode=0)
            if message['parent_header'].get('msg_id') == request:
                return message

    def pid(self):
        return self.manager.provisioner.process.pid

    def stop(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


kernels = []


def answer(request):
    if 'start' in request:
        kernels.append(Kernel())
        return {'readyAfter': kernels[-1].ready_after * 1e3, 'pid': kernels[-1].pid()}
    if 'run' in request:
        return kernels[-1].run(request['run'])
    kernels.pop().stop()
    return {}


try:
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
except Exception:
    traceback.print_exc()
# Not through the interpreter's own end, which waits for ZeroMQ, and that for a kernel.
os._exit(1)
