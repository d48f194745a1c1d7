// Loaded into the processes of the rig by LD_PRELOAD. Keeps, for each file below HERMES_CRASH_DISK, a copy of what was flushed of it in the folder HERMES_CRASH_KEPT: what
// the file would hold after a power cut on a disk that writes nothing by itself. Only states and bus count, not the target, which is thought to be elsewhere.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES 512
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

// What was written to a file since it was flushed last; all of it, if this process has not flushed it yet.
struct file { dev_t dev; ino_t ino; off_t from, to; };

static struct file files[FILES];
static int count;
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static int is_ours(const char *path)
{
    const char *disk = getenv("HERMES_CRASH_DISK");
    size_t length = disk ? strlen(disk) : 0;
    if (length == 0 || !getenv("HERMES_CRASH_KEPT") || strncmp(path, disk, length) != 0)
        return 0;
    const char *rest = path + length;
    return strncmp(rest, "/server/", 8) == 0 || strncmp(rest, "/client/", 8) == 0 || strncmp(rest, "/bus/", 5) == 0;
}

static int path_of(int fd, char *path, size_t size)
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, size - 1);
    path[length < 0 ? 0 : length] = 0;
    return length > 0;
}

static void kept_path(const char *path, char *kept, size_t size)
{
    snprintf(kept, size, "%s/%s", getenv("HERMES_CRASH_KEPT"), path + strlen(getenv("HERMES_CRASH_DISK")) + 1);
    for (char *c = kept + strlen(getenv("HERMES_CRASH_KEPT")) + 1; *c; c++)
        if (*c == '/')
            *c = '+';
}

// The caller holds the gate.
static struct file *find(int fd, struct stat *now)
{
    char path[4096];
    if (fstat(fd, now) != 0 || !S_ISREG(now->st_mode))
        return NULL;
    for (int i = 0; i < count; i++)
        if (files[i].dev == now->st_dev && files[i].ino == now->st_ino)
            return &files[i];
    // Others are not remembered: the number of an inode that is none of ours may be that of one soon.
    if (!path_of(fd, path, sizeof path) || !is_ours(path))
        return NULL;
    if (count == FILES)
        abort();
    files[count] = (struct file){ now->st_dev, now->st_ino, 0, INT64_MAX };
    return &files[count++];
}

static void wrote(int fd, off_t from, ssize_t length)
{
    struct stat now;
    if (length <= 0 || fd <= 2)
        return;
    pthread_mutex_lock(&gate);
    struct file *file = find(fd, &now);
    if (file && from < file->from)
        file->from = from;
    if (file && from + length > file->to)
        file->to = from + length;
    pthread_mutex_unlock(&gate);
}

static void copy(int fd, const char *path, off_t from, off_t to, off_t length)
{
    char kept[4200], bytes[65536];
    kept_path(path, kept, sizeof kept);
    // Never opened and closed by its name while SQLite has it: that would give up its locks.
    int in = (fcntl(fd, F_GETFL) & O_ACCMODE) == O_WRONLY ? open(path, O_RDONLY | O_CLOEXEC) : fd;
    int out = open(kept, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (in < 0 || out < 0)
        abort();
    for (off_t at = from; at < to && at < length;) {
        off_t left = (to < length ? to : length) - at;
        ssize_t got = pread(in, bytes, left < (off_t)sizeof bytes ? left : (off_t)sizeof bytes, at);
        if (got <= 0)
            break;
        if (REAL(pwrite)(out, bytes, got, at) != got)
            abort();
        at += got;
    }
    if (ftruncate(out, length) != 0)
        abort();
    close(out);
    if (in != fd)
        close(in);
}

static void flushed(int fd)
{
    struct stat now;
    char path[4096];
    pthread_mutex_lock(&gate);
    struct file *file = find(fd, &now);
    if (file && path_of(fd, path, sizeof path) && is_ours(path)) {
        copy(fd, path, file->from, file->to, now.st_size);
        file->from = INT64_MAX;
        file->to = 0;
    }
    pthread_mutex_unlock(&gate);
}

// The number of its inode may be that of another file soon.
static void forget(const char *path)
{
    struct stat now;
    char whole[4096], kept[4200];
    if (!realpath(path, whole) || !is_ours(whole) || stat(whole, &now) != 0)
        return;
    pthread_mutex_lock(&gate);
    for (int i = 0; i < count; i++)
        if (files[i].dev == now.st_dev && files[i].ino == now.st_ino)
            files[i] = files[--count];
    kept_path(whole, kept, sizeof kept);
    REAL(unlink)(kept);
    pthread_mutex_unlock(&gate);
}

int fsync(int fd)
{
    int result = REAL(fsync)(fd);
    if (result == 0)
        flushed(fd);
    return result;
}

int fdatasync(int fd)
{
    int result = REAL(fdatasync)(fd);
    if (result == 0)
        flushed(fd);
    return result;
}

ssize_t write(int fd, const void *bytes, size_t length)
{
    ssize_t result = REAL(write)(fd, bytes, length);
    if (result > 0 && fd > 2) {
        off_t end = lseek(fd, 0, SEEK_CUR);
        if (end >= 0)
            wrote(fd, end - result, result);
    }
    return result;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at)
{
    ssize_t result = REAL(pwrite)(fd, bytes, length, at);
    wrote(fd, at, result);
    return result;
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at)
{
    ssize_t result = REAL(pwrite64)(fd, bytes, length, at);
    wrote(fd, at, result);
    return result;
}

int unlink(const char *path)
{
    forget(path);
    return REAL(unlink)(path);
}
