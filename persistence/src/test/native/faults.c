/*
 * Faults for the journal's files, put before the C library by LD_PRELOAD.
 *
 * DOLIM_FAULTS names the file that arms it. One line: CALL FAULT FILE AFTER
 *   CALL   pwrite (any write), or sync (fsync, fdatasync and msync)
 *   FAULT  eio, enospc: that errno, nothing done
 *          short: half is written and said so
 *          lie: a sync says it is done and does nothing
 *          tear: half is written, then SIGKILL
 *   FILE   how the file's name ends
 *   AFTER  matching calls that still go well; the fault comes once, but lie stays
 *
 * DOLIM_UNDO names a file that records every write with what stood there before, and every sync,
 * so that a test can make of a killed process a lost power supply:
 *   u8 kind ('W' write, 'D' write through O_DSYNC, 'S' sync), u64 inode, and for writes
 *   u64 offset, u64 length, u64 length of what stood there, old bytes, new bytes.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum fault { NONE, EIO_, ENOSPC_, SHORT, LIE, TEAR };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char armed[256];
static long calls;

static int ends(const char *name, const char *end) {
  size_t n = strlen(name), e = strlen(end);
  return n >= e && strcmp(name + n - e, end) == 0;
}

static int named(int fd, char *name, size_t size) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, name, size - 1);
  if (n <= 0) return 0;
  name[n] = 0;
  return ends(name, "/data.mdb") || strstr(name, "/anchor") != NULL;
}

static enum fault fault_of(const char *call, const char *name) {
  const char *file = getenv("DOLIM_FAULTS");
  if (!file) return NONE;
  int fd = syscall(SYS_openat, AT_FDCWD, file, O_RDONLY);
  if (fd < 0) return NONE;
  char line[256];
  ssize_t n = syscall(SYS_read, fd, line, sizeof line - 1);
  syscall(SYS_close, fd);
  if (n <= 0) return NONE;
  line[n] = 0;
  if (strcmp(line, armed) != 0) {
    strcpy(armed, line);
    calls = 0;
  }
  char wanted[16], kind[16], end[64];
  long after;
  if (sscanf(line, "%15s %15s %63s %ld", wanted, kind, end, &after) != 4) return NONE;
  if (strcmp(wanted, call) != 0 || !ends(name, end)) return NONE;
  long number = calls++;
  if (strcmp(kind, "lie") == 0) return number >= after ? LIE : NONE;
  if (number != after) return NONE;
  if (strcmp(kind, "eio") == 0) return EIO_;
  if (strcmp(kind, "enospc") == 0) return ENOSPC_;
  if (strcmp(kind, "short") == 0) return SHORT;
  if (strcmp(kind, "tear") == 0) return TEAR;
  return NONE;
}

static void put(int fd, const void *bytes, size_t n) {
  const char *at = bytes;
  while (n > 0) {
    ssize_t done = syscall(SYS_write, fd, at, n);
    if (done <= 0) abort();
    at += done;
    n -= done;
  }
}

static int undo(void) {
  const char *file = getenv("DOLIM_UNDO");
  return file ? (int)syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_APPEND | O_CREAT, 0600) : -1;
}

static uint64_t inode(int fd) {
  struct stat s;
  return fstat(fd, &s) == 0 ? s.st_ino : 0;
}

static void record(char kind, int fd, const char *name, const struct iovec *v, int n, off_t at) {
  int log = undo();
  if (log < 0) return;
  uint64_t ino = inode(fd);
  put(log, &kind, 1);
  put(log, &ino, 8);
  if (kind != 'S') {
    uint64_t length = 0, offset = at;
    for (int i = 0; i < n; i++) length += v[i].iov_len;
    char *old = malloc(length);
    int in = syscall(SYS_openat, AT_FDCWD, name, O_RDONLY); /* fd itself may be write-only */
    ssize_t had = in < 0 ? 0 : syscall(SYS_pread64, in, old, length, at);
    if (in >= 0) syscall(SYS_close, in);
    uint64_t there = had < 0 ? 0 : had;
    put(log, &offset, 8);
    put(log, &length, 8);
    put(log, &there, 8);
    put(log, old, there);
    for (int i = 0; i < n; i++) put(log, v[i].iov_base, v[i].iov_len);
    free(old);
  }
  syscall(SYS_close, log);
}

/* at < 0: at the file's position */
static ssize_t writing(int fd, const struct iovec *v, int n, off_t at) {
  char name[4096];
  int positioned = at >= 0;
  if (!named(fd, name, sizeof name)) {
    return positioned ? syscall(SYS_pwrite64, fd, v[0].iov_base, v[0].iov_len, at)
                      : syscall(SYS_writev, fd, v, n);
  }
  pthread_mutex_lock(&lock);
  enum fault fault = fault_of("pwrite", name);
  ssize_t done = -1;
  if (fault == EIO_ || fault == ENOSPC_) {
    errno = fault == EIO_ ? EIO : ENOSPC;
  } else {
    off_t from = positioned ? at : syscall(SYS_lseek, fd, 0, SEEK_CUR);
    struct iovec part[64];
    memcpy(part, v, n * sizeof *v);
    int parts = n;
    if (fault == SHORT || fault == TEAR) {
      if (n > 1) parts = n / 2;
      else part[0].iov_len /= 2;
    }
    int through = fcntl(fd, F_GETFL) & O_DSYNC;
    record(through ? 'D' : 'W', fd, name, part, parts, from);
    done = positioned ? syscall(SYS_pwrite64, fd, part[0].iov_base, part[0].iov_len, at)
                      : syscall(SYS_writev, fd, part, parts);
    if (fault == TEAR) kill(getpid(), SIGKILL);
  }
  int saved = errno;
  pthread_mutex_unlock(&lock);
  errno = saved;
  return done;
}

ssize_t pwrite(int fd, const void *b, size_t n, off_t at) {
  struct iovec v = {(void *)b, n};
  return writing(fd, &v, 1, at);
}
ssize_t pwrite64(int fd, const void *b, size_t n, off_t at) { return pwrite(fd, b, n, at); }
ssize_t write(int fd, const void *b, size_t n) {
  struct iovec v = {(void *)b, n};
  return writing(fd, &v, 1, -1);
}
ssize_t writev(int fd, const struct iovec *v, int n) { return writing(fd, v, n, -1); }

static int syncing(int fd, long number) {
  char name[4096];
  if (!named(fd, name, sizeof name)) return syscall(number, fd);
  pthread_mutex_lock(&lock);
  enum fault fault = fault_of("sync", name);
  int done = 0;
  if (fault == EIO_ || fault == ENOSPC_) {
    errno = fault == EIO_ ? EIO : ENOSPC;
    done = -1;
  } else if (fault != LIE) {
    done = syscall(number, fd);
    if (done == 0) record('S', fd, name, NULL, 0, 0);
  }
  int saved = errno;
  pthread_mutex_unlock(&lock);
  errno = saved;
  return done;
}

int fsync(int fd) { return syncing(fd, SYS_fsync); }
int fdatasync(int fd) { return syncing(fd, SYS_fdatasync); }

int msync(void *at, size_t n, int flags) {
  /* the journal writes through no map; a file name is not at hand here */
  if (fault_of("msync", "data.mdb") == EIO_) {
    errno = EIO;
    return -1;
  }
  return syscall(SYS_msync, at, n, flags);
}
