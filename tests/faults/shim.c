// A disk and a clock that fail when they are told to. Loaded before the C library (LD_PRELOAD) into the real server, so
// that nothing of the server need know of it. The orders lie in a small file that the test and the server share
// (`shim.rs` has the same layout). Files whose path holds ".db" or ".heads" are concerned: the log.
//
// Power loss: each write that was not synced yet can be undone. What a write covers is kept in a journal beside the
// orders; a sync of a file empties its part. After a kill the test undoes what it likes of the rest.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum write_fault { WRITE_WELL, WRITE_EIO, WRITE_ENOSPC, WRITE_LOST, WRITE_TORN };
enum sync_fault { SYNC_WELL, SYNC_EIO };

struct orders {
  uint32_t write;
  uint32_t sync;
  int64_t clock_ms;   // added to the time of day; the steady clock stays
  uint64_t failed;    // writes and syncs that went wrong so far
  uint32_t journals;  // whether a journal is kept
  uint32_t sync_ms;   // how much longer a sync takes
};

static struct orders well;
static volatile struct orders *orders = &well;
static int journal = -1;
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_ftruncate)(int, off_t);
static int (*real_clock)(clockid_t, struct timespec *);

__attribute__((constructor)) static void begin(void) {
  real_write = dlsym(RTLD_NEXT, "write");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
  real_clock = dlsym(RTLD_NEXT, "clock_gettime");
  const char *path = getenv("SAMTAVLE_FAULTS");
  if (!path) return;
  int file = open(path, O_RDWR | O_CLOEXEC);
  if (file < 0) return;
  void *shared = mmap(NULL, sizeof(struct orders), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (shared != MAP_FAILED) orders = shared;
  char name[4096];
  snprintf(name, sizeof name, "%s.journal", path);
  if (orders->journals) journal = open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

// Fills in the path, and says whether it is one of the log's.
static int is_ours(int file, char path[4096]) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, 4095);
  if (length <= 0) return 0;
  path[length] = 0;
  if (strstr(path, "-shm")) return 0;
  return strstr(path, "/samtavle.") != NULL;
}

// One entry: 'w' or 's', length of the path, its bytes; for a write: its offset, its length, the size of the file before,
// how many bytes it covered, and those.
static void note(char kind, const char *path, int file, off_t at, size_t count) {
  uint32_t length = (uint32_t)strlen(path);
  struct stat now = {0};
  uint64_t numbers[4] = {(uint64_t)at, count, 0, 0};
  size_t covered = 0;
  if (kind == 'w' && fstat(file, &now) == 0) {
    numbers[2] = (uint64_t)now.st_size;
    if (at < now.st_size) covered = (size_t)(now.st_size - at) < count ? (size_t)(now.st_size - at) : count;
    numbers[3] = covered;
  }
  size_t size = 1 + 4 + length + (kind == 'w' ? sizeof numbers + covered : 0);
  char *entry = malloc(size), *end = entry;
  if (!entry) abort();
  *end++ = kind;
  memcpy(end, &length, 4), end += 4;
  memcpy(end, path, length), end += length;
  if (kind == 'w') {
    memcpy(end, numbers, sizeof numbers), end += sizeof numbers;
    if (covered) {
      // A file that is open for writing only cannot be read back through its own descriptor.
      int again = open(path, O_RDONLY | O_CLOEXEC);
      if (again < 0 || pread(again, end, covered, at) != (ssize_t)covered) abort();
      close(again);
    }
  }
  if (real_write(journal, entry, size) != (ssize_t)size) abort();
  free(entry);
}

// 1: goes wrong, with `*gives` as its answer; 0: is written.
static int goes_wrong(int file, const void *bytes, size_t count, off_t at, ssize_t *gives) {
  if (!orders->write && journal < 0) return 0;
  char path[4096];
  if (!is_ours(file, path)) return 0;
  uint32_t fault = orders->write;
  if (fault) __atomic_add_fetch(&orders->failed, 1, __ATOMIC_SEQ_CST);
  switch (fault) {
    case WRITE_EIO: errno = EIO; *gives = -1; return 1;
    case WRITE_ENOSPC: errno = ENOSPC; *gives = -1; return 1;
    case WRITE_LOST: *gives = (ssize_t)count; return 1;
    case WRITE_TORN:
      // The first half is there, and the caller believes in all of it.
      if (at >= 0 ? real_pwrite(file, bytes, count / 2, at) < 0 : real_write(file, bytes, count / 2) < 0) return 0;
      *gives = (ssize_t)count;
      return 1;
  }
  if (journal >= 0) {
    pthread_mutex_lock(&one_at_a_time);
    note('w', path, file, at >= 0 ? at : lseek(file, 0, SEEK_CUR), count);
    pthread_mutex_unlock(&one_at_a_time);
  }
  return 0;
}

ssize_t write(int file, const void *bytes, size_t count) {
  ssize_t gives;
  if (goes_wrong(file, bytes, count, -1, &gives)) return gives;
  return real_write(file, bytes, count);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) {
  ssize_t gives;
  if (goes_wrong(file, bytes, count, at, &gives)) return gives;
  return real_pwrite(file, bytes, count, at);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) { return pwrite64(file, bytes, count, at); }

static int synced(int file, int (*really)(int)) {
  char path[4096];
  int concerns = (orders->sync || journal >= 0) && is_ours(file, path);
  if (concerns && orders->sync == SYNC_EIO) {
    __atomic_add_fetch(&orders->failed, 1, __ATOMIC_SEQ_CST);
    errno = EIO;
    return -1;
  }
  if (orders->sync_ms && is_ours(file, path)) usleep(orders->sync_ms * 1000);
  int outcome = really(file);
  if (concerns && outcome == 0 && journal >= 0) {
    pthread_mutex_lock(&one_at_a_time);
    note('s', path, file, 0, 0);
    pthread_mutex_unlock(&one_at_a_time);
  }
  return outcome;
}

int fsync(int file) { return synced(file, real_fsync); }
int fdatasync(int file) { return synced(file, real_fdatasync); }

// Growing by truncation needs room, too; shrinking never fails for want of it. A journal treats both as synced: SQLite
// truncates a log only after the database has been synced.
int ftruncate64(int file, off64_t length) {
  char path[4096];
  if (orders->write == WRITE_EIO && is_ours(file, path)) {
    __atomic_add_fetch(&orders->failed, 1, __ATOMIC_SEQ_CST);
    errno = EIO;
    return -1;
  }
  if (journal >= 0 && is_ours(file, path)) {
    pthread_mutex_lock(&one_at_a_time);
    note('s', path, file, 0, 0);
    pthread_mutex_unlock(&one_at_a_time);
  }
  return real_ftruncate(file, length);
}

int ftruncate(int file, off_t length) { return ftruncate64(file, length); }

int clock_gettime(clockid_t clock, struct timespec *time) {
  int outcome = real_clock(clock, time);
  if (outcome == 0 && clock == CLOCK_REALTIME && orders->clock_ms) {
    int64_t nanos = time->tv_nsec + (orders->clock_ms % 1000) * 1000000;
    time->tv_sec += orders->clock_ms / 1000 + nanos / 1000000000;
    time->tv_nsec = nanos % 1000000000;
    if (time->tv_nsec < 0) time->tv_sec -= 1, time->tv_nsec += 1000000000;
  }
  return outcome;
}
