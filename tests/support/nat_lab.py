"""Two homes behind routers and a public host, as network namespaces on this computer.

    home a -- router a --+
                         +-- the Internet -- entry (203.0.113.1)
    home b -- router b --+

    with Lab(Nat.CONE, Nat.SYMMETRIC) as lab:
        lab.start("a", "python", "peer.py")

Routers translate addresses as home routers do: `CONE` keeps the port and lets in only whom its
host has written to; `SYMMETRIC` takes another port for every destination. Either can drop UDP.
The Internet is a switch of ours that delays every packet. Needs root, Linux and iptables.
"""

import fcntl
import heapq
import os
import select
import shutil
import struct
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from enum import Enum

ENTRY = "203.0.113.1"
ROUTERS = {"a": "203.0.113.10", "b": "203.0.113.20"}
HOMES = {"a": "10.0.1", "b": "10.0.2"}
ELSEWHERE = "203.0.113.30"
NET_ELSEWHERE = "10.0.3"

DELAY = 0.010
"""Seconds that a packet takes through the Internet."""

_SET_INTERFACE = 0x400454CA
_ETHERNET_WITHOUT_HEADER = 0x1002
_LONGEST_FRAME = 1600


class Nat(Enum):
    CONE = "cone"
    SYMMETRIC = "symmetric"


def missing():
    """Why there can be no laboratory here; `None` if there can."""
    if sys.platform != "linux":
        return "network namespaces are Linux's"
    if os.geteuid() != 0:
        return "making network namespaces needs root"
    for program in ("ip", "iptables"):
        if shutil.which(program) is None:
            return f"{program} is not installed"
    return None if os.path.exists("/dev/net/tun") else "there is no /dev/net/tun"  # noqa: PTH110


class Lab:
    """The namespaces, for the length of a block."""

    def __init__(self, nat_a, nat_b, delay=DELAY):
        self.nats = {"a": nat_a, "b": nat_b}
        self._name = f"cmlab{os.getpid()}"
        self._internet = Internet(delay)
        self.tapped = self._internet.tapped
        self._ends = ExitStack()

    def __enter__(self):
        self._ends.__enter__()
        try:
            self._ends.callback(self._internet.close)
            self._build()
        except BaseException:
            self._ends.close()
            raise
        return self

    def __exit__(self, *error):
        self._ends.__exit__(*error)

    def _build(self):
        self._place("entry")
        self._connect("entry", ENTRY)
        for home, nat in self.nats.items():
            self._place(home)
            self._route(home, f"router-{home}", ROUTERS[home], HOMES[home], nat)
        self._internet.start()

    def _route(self, home, router, address, net, nat):
        """Put a router between a home and the Internet."""
        self._place(router)
        self._connect(router, address)
        self._wire(home, router, net)
        self._translate(router, nat)

    def _place(self, place):
        run("ip", "netns", "add", self.namespace(place))
        self._ends.callback(run, "ip", "netns", "delete", self.namespace(place))
        self.inside(place, "ip", "link", "set", "lo", "up")

    def _connect(self, place, address):
        """Give a place its line to the Internet."""
        name = f"{self._name}{len(self._internet.lines)}"[-15:]
        self._internet.add(name)
        run("ip", "link", "set", name, "netns", self.namespace(place))
        self.inside(place, "ip", "link", "set", name, "name", "wan")
        self.inside(place, "ip", "address", "add", f"{address}/24", "dev", "wan")
        self.inside(place, "ip", "link", "set", "wan", "up")

    def _wire(self, home, router, net):
        run("ip", "link", "add", "lan", "netns", self.namespace(router),
            "type", "veth", "peer", "name", "lan", "netns", self.namespace(home))  # fmt: skip
        for place, address in ((router, f"{net}.1/24"), (home, f"{net}.2/24")):
            self.inside(place, "ip", "address", "add", address, "dev", "lan")
            self.inside(place, "ip", "link", "set", "lan", "up")
        self.inside(home, "ip", "route", "add", "default", "via", f"{net}.1")

    def _translate(self, router, nat):
        self.inside(router, "sysctl", "-qw", "net.ipv4.ip_forward=1")
        other_port = ["--random-fully"] if nat is Nat.SYMMETRIC else []
        self._rule(router, "-t", "nat", "-A", "POSTROUTING", "-o", "wan", "-j", "MASQUERADE",
                   *other_port)  # fmt: skip
        for chain in ("INPUT", "FORWARD"):
            self._rule(router, "-A", chain, "-i", "wan", "-m", "conntrack",
                       "--ctstate", "ESTABLISHED,RELATED", "-j", "ACCEPT")  # fmt: skip
            self._rule(router, "-A", chain, "-i", "wan", "-j", "DROP")

    def _rule(self, place, *words):
        self.inside(place, "iptables", "-w", *words)

    def namespace(self, place):
        return f"{self._name}-{place}"

    def inside(self, place, *command):
        """Run a command to its end."""
        return run("ip", "netns", "exec", self.namespace(place), *command)

    def start(self, place, *command, **options):
        """Start a process, which is ended with the laboratory at the latest."""
        process = subprocess.Popen(
            ["ip", "netns", "exec", self.namespace(place), *command], **options
        )
        self._ends.callback(_end, process)
        return process

    def drop_udp(self, home):
        """Let no UDP through this home's router, as some offices do."""
        self._rule(f"router-{home}", "-I", "FORWARD", "-p", "udp", "-j", "DROP")

    def cut_direct(self):
        """Let no UDP pass between the homes; the entry stays reachable."""
        for way in ("-s", "-d"):
            self._rule("router-a", "-I", "FORWARD", "-p", "udp", way, ROUTERS["b"], "-j", "DROP")

    def unplug(self, home):
        """Take the cable between a home and its router away."""
        self.inside(home, "ip", "link", "delete", "lan")

    def plug_elsewhere(self, home):
        """Give a home that was unplugged another router, on another network."""
        self._route(home, "router-elsewhere", ELSEWHERE, NET_ELSEWHERE, self.nats[home])

    def heal_direct(self):
        """Undo `cut_direct`."""
        for way in ("-s", "-d"):
            self._rule("router-a", "-D", "FORWARD", "-p", "udp", way, ROUTERS["b"], "-j", "DROP")


class Internet:
    """A switch that hands every frame to every other line, a little later."""

    def __init__(self, delay):
        self.lines = {}
        self.tapped = []
        """`(when, frame)` of all that went through."""
        self._delay = delay
        self._stop = threading.Event()
        self._poll = select.poll()
        self._thread = threading.Thread(target=self._carry)

    def add(self, name):
        line = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        request = struct.pack("16sH", name.encode(), _ETHERNET_WITHOUT_HEADER)
        fcntl.ioctl(line, _SET_INTERFACE, request)
        self.lines = {**self.lines, name: line}  # the other thread may be going through the old one
        self._poll.register(line, select.POLLIN)

    def start(self):
        self._thread.start()

    def close(self):
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join()
        for line in self.lines.values():
            os.close(line)

    def _carry(self):
        travelling, number = [], 0
        while not self._stop.is_set():
            wait = 0.1 if not travelling else max(0.0, travelling[0][0] - time.monotonic())
            for line, _ in self._poll.poll(min(wait, 0.1) * 1000):
                due = time.monotonic() + self._delay
                for frame in _frames(line):
                    number += 1
                    self.tapped.append((due - self._delay, frame))
                    heapq.heappush(travelling, (due, number, line, frame))
            now = time.monotonic()
            while travelling and travelling[0][0] <= now:
                *_, source, frame = heapq.heappop(travelling)
                for line in self.lines.values():
                    if line != source:
                        _put(line, frame)


def _frames(line):
    for _ in range(64):
        try:
            yield os.read(line, _LONGEST_FRAME)
        except (BlockingIOError, OSError):
            return


def _put(line, frame):
    try:
        os.write(line, frame)
    except OSError:
        return  # a full line loses packets


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=30)


def _end(process):
    if process.poll() is None:
        process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe:
            pipe.close()
