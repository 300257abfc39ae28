/*
 * The guard allocator: malloc and its family, in front of the C library's. A guarded block has pages of its own, which become
 * inaccessible when it is freed and are never used again: every use after free faults at once, and the record says who freed the block.
 *
 * Guarded are blocks that scheduled calls allocate, and blocks of the sizes of thread states and interpreters wherever they come from.
 * malloc is the only place where this works for all versions: CPython changes its own allocators while it starts.
 */
#include "harness.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t);
extern void __libc_free(void *);

enum { PAGE = 4096, PAGES = 65536 }; /* 256 MiB of addresses, of which only what is used costs memory */

/* One guarded block, kept under the number of its first page. */
struct block {
    size_t size;
    int16_t made_by, made_in, freed_by, freed_in; /* worker and step, -1 outside of any */
    uint8_t is_freed;
};

int guard_is_on;
__thread int guard_every_block;

static char *region;
static struct block blocks[PAGES];
static _Atomic uint32_t pages_used;

void guard_reserve(void)
{
    void *memory = mmap(NULL, (size_t)PAGE * PAGES, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    region = memory == MAP_FAILED ? NULL : memory;
}

/* ---- watching allocations, for layout.c ---------------------------------------------------------------------------------------- */

enum { WATCHED = 32768 };
static struct { char *start; size_t size; } watched[WATCHED];
static int watched_count, is_watching;

void allocations_watch(int on)
{
    is_watching = on;
    if (on)
        watched_count = 0;
}

static void *note(void *memory, size_t size)
{
    if (is_watching && watched_count < WATCHED && memory) {
        watched[watched_count].start = memory;
        watched[watched_count++].size = size;
    }
    return memory;
}

uint64_t allocation_around(uint64_t pointer)
{
    /* The newest: older ones may have been freed. */
    for (int i = watched_count - 1; i >= 0; i--)
        if ((char *)pointer >= watched[i].start && (char *)pointer < watched[i].start + watched[i].size)
            return watched[i].size;
    return 0;
}

/* ---- guarded blocks ------------------------------------------------------------------------------------------------------------ */

static int should_guard(size_t size)
{
    if (!guard_is_on || !region || size == 0)
        return 0;
    return guard_every_block || size == shared->layout.state_size || size == shared->layout.interpreter_size;
}

/* NULL when the region is used up; the caller then takes ordinary memory. Zeroed, as pages are. */
static void *guarded_malloc(size_t size)
{
    uint32_t pages = (uint32_t)((size + PAGE - 1) / PAGE);
    if (size > (size_t)PAGE * PAGES / 4)
        return NULL;
    uint32_t first = atomic_fetch_add(&pages_used, pages);
    if (first + pages > PAGES) {
        atomic_fetch_sub(&pages_used, pages);
        return NULL;
    }
    char *memory = region + (size_t)first * PAGE;
    if (mprotect(memory, (size_t)pages * PAGE, PROT_READ | PROT_WRITE))
        return NULL;
    int by = worker_number(self);
    blocks[first] = (struct block){ .size = size, .made_by = (int16_t)by, .made_in = (int16_t)(by < 0 ? -1 : self->step) };
    return memory;
}

static int is_guarded(const void *memory)
{
    return region && (const char *)memory >= region && (const char *)memory < region + (size_t)PAGE * PAGES;
}

static struct block *block_at(const void *memory)
{
    return &blocks[((const char *)memory - region) / PAGE];
}

static void guarded_free(char *memory)
{
    struct block *block = block_at(memory);
    if (block->is_freed) {
        shared->fault.is_double_free = 1;
        guard_explain((uint64_t)memory, &shared->fault);
        abort();
    }
    int by = worker_number(self);
    block->is_freed = 1;
    block->freed_by = (int16_t)by;
    block->freed_in = (int16_t)(by < 0 ? -1 : self->step);
    size_t bytes = (block->size + PAGE - 1) / PAGE * PAGE;
    madvise(memory, bytes, MADV_DONTNEED);
    mprotect(memory, bytes, PROT_NONE);
}

void guard_explain(uint64_t address, struct fault *fault)
{
    if (!is_guarded((const void *)address))
        return;
    size_t page = (address - (uint64_t)region) / PAGE;
    while (page > 0 && blocks[page].size == 0)
        page--;
    const struct block *block = &blocks[page];
    if (!block->is_freed)
        return;
    fault->is_in_freed_block = 1;
    fault->block = (uint64_t)region + page * PAGE;
    fault->size = block->size;
    fault->made_by = block->made_by;
    fault->made_in = block->made_in;
    fault->freed_by = block->freed_by;
    fault->freed_in = block->freed_in;
}

/* ---- malloc and its family ----------------------------------------------------------------------------------------------------- */

void *malloc(size_t size)
{
    void *memory = should_guard(size) ? guarded_malloc(size) : NULL;
    return memory ? memory : note(__libc_malloc(size), size);
}

void *calloc(size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        errno = ENOMEM;
        return NULL;
    }
    void *memory = should_guard(bytes) ? guarded_malloc(bytes) : NULL;
    return memory ? memory : note(__libc_calloc(count, size), bytes);
}

void free(void *memory)
{
    if (is_guarded(memory))
        guarded_free(memory);
    else
        __libc_free(memory);
}

void *realloc(void *memory, size_t size)
{
    if (!is_guarded(memory))
        return note(__libc_realloc(memory, size), size);
    void *moved = malloc(size);
    if (!moved)
        return NULL;
    size_t old = block_at(memory)->size;
    memcpy(moved, memory, old < size ? old : size);
    free(memory);
    return moved;
}

size_t malloc_usable_size(void *memory)
{
    static size_t (*next)(void *);
    if (is_guarded(memory))
        return block_at(memory)->size;
    if (!next)
        next = (size_t (*)(void *))dlsym(RTLD_NEXT, "malloc_usable_size");
    return next ? next(memory) : 0;
}
