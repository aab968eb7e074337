"""Takes away from the current process all that reading a stranger's file does not need."""

import ctypes
import os
import resource

from common.uploads.limits import LIMITS

READY = b"ready\n"  # what a confined process says before it reads the file
NOBODY = 65534
PR_SET_NO_NEW_PRIVS = 38
CLONE_NEWNET = 0x40000000
# Landlock's system calls, whose numbers are the same on every architecture, and its rights to make or remove files.
LANDLOCK_CREATE_RULESET, LANDLOCK_RESTRICT_SELF = 444, 446
MAKE_AND_REMOVE = 0x1FF0


def confine(directory: str, *, seconds: int, memory: int = LIMITS.memory, open_files: int = 0, tasks: int = 0) -> None:
    """Give up rights, network, files, children, memory and time. There is no way back: only a worker calls this.

    With `open_files` at 0, whoever runs the process, it can open neither file nor connection any more: it keeps the two
    ends that it was given. All that it will use must be loaded before. With `tasks` at 0 it starts no thread and no
    process; above, that is the number allowed to this user in all. `memory` is what it may hold, in bytes.

    As root it moreover becomes nobody, in an empty root directory and without network. As another user it keeps that
    user's right to send signals, and on a kernel without Landlock to read the memory of that user's other processes:
    run the background worker under an account of its own.
    """
    os.chdir(directory)
    libc = ctypes.CDLL(None)
    if os.geteuid() == 0:
        libc.unshare(CLONE_NEWNET)  # some containers refuse it, even to root
        if not open_files:
            os.chroot(directory)
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _enter_a_domain(libc)

    # After the change of user: a limit on processes set before it would forbid to start another program.
    _limit(resource.RLIMIT_NPROC, tasks)
    _limit(resource.RLIMIT_NOFILE, open_files)
    _limit(resource.RLIMIT_AS, LIMITS.memory)
    _limit(resource.RLIMIT_DATA, memory)  # its own pages, without those of the libraries
    _limit(resource.RLIMIT_CPU, seconds)
    _limit(resource.RLIMIT_FSIZE, LIMITS.answer_size)
    _limit(resource.RLIMIT_CORE, 0)


def _enter_a_domain(libc: ctypes.CDLL) -> None:
    """From inside a domain of Landlock, whatever its rules, no process outside can be traced nor its memory read."""
    rights = ctypes.c_uint64(MAKE_AND_REMOVE)
    rules = libc.syscall(LANDLOCK_CREATE_RULESET, ctypes.byref(rights), ctypes.sizeof(rights), 0)
    if rules >= 0:  # the kernel knows it
        libc.syscall(LANDLOCK_RESTRICT_SELF, rules, 0)
        os.close(rules)


def _limit(kind: int, value: int) -> None:
    resource.setrlimit(kind, (value, value))
