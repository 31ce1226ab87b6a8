/* Makes a call that concerns files below a folder fail, once, as a failing disk would: for LD_PRELOAD.
 *
 * FAILING_BELOW is the folder. FAILING_CONTROL names a file of two 32-bit integers, shared by all processes: how many
 * calls are still to succeed (it is counted down; -1 means that none is to fail), and the errno of the one that fails.
 * A write that fails has written half of what it was given: that is how disks fill up.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

struct control {
    int32_t calls_left;
    int32_t number;
};

static struct control *control;
static const char *below;

__attribute__((constructor)) static void prepare(void)
{
    const char *path = getenv("FAILING_CONTROL");
    int handle = path ? open(path, O_RDWR) : -1;
    below = getenv("FAILING_BELOW");
    if (handle < 0 || !below)
        return;
    void *found = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, handle, 0);
    control = found == MAP_FAILED ? NULL : found;
    close(handle);
}

static int concerns(const char *path)
{
    return control && strncmp(path, below, strlen(below)) == 0;
}

static int open_below(int handle)
{
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    return concerns(path);
}

/* Whether this is the call that fails; errno is set if so. */
static int fails(void)
{
    if (__atomic_load_n(&control->calls_left, __ATOMIC_SEQ_CST) < 0)
        return 0;
    if (__atomic_fetch_sub(&control->calls_left, 1, __ATOMIC_SEQ_CST) != 0)
        return 0;
    errno = control->number;
    return 1;
}

#define REAL(name) static __typeof__(name) *real; if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

ssize_t write(int handle, const void *data, size_t size)
{
    REAL(write);
    if (control && open_below(handle) && fails()) {
        int number = errno;
        if (size > 1)
            real(handle, data, size / 2);
        errno = number;
        return -1;
    }
    return real(handle, data, size);
}

ssize_t read(int handle, void *data, size_t size)
{
    REAL(read);
    return control && control->number == EIO && open_below(handle) && fails() ? -1 : real(handle, data, size);
}

int fsync(int handle)
{
    REAL(fsync);
    return control && open_below(handle) && fails() ? -1 : real(handle);
}

int rename(const char *from, const char *to)
{
    REAL(rename);
    return concerns(to) && fails() ? -1 : real(from, to);
}

int unlink(const char *path)
{
    REAL(unlink);
    return concerns(path) && fails() ? -1 : real(path);
}

/* Files that are only read are let be: what fails there is reading them. */
#define OPEN(name)                                                     \
    int name(const char *path, int flags, ...)                         \
    {                                                                  \
        REAL(name);                                                    \
        va_list more;                                                  \
        va_start(more, flags);                                         \
        mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;      \
        va_end(more);                                                  \
        if (flags & O_CREAT && concerns(path) && fails())              \
            return -1;                                                 \
        return real(path, flags, mode);                                \
    }
OPEN(open)
OPEN(open64)

int mkdir(const char *path, mode_t mode)
{
    REAL(mkdir);
    return concerns(path) && fails() ? -1 : real(path, mode);
}
