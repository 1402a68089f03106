package io.dolim.persistence;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * How much of a file is written and not on the disk yet, by Linux' {@code cachestat(2)}: what a lost
 * power supply would take, which a killed process does not show.
 */
final class PageCache {

    private static final long CACHESTAT = 451;
    private static final int READ_ONLY = 0;
    private static final int COUNTERS = 5;
    private static final int DIRTY = 1;
    private static final int IN_WRITEBACK = 2;

    private static final MethodHandle OPEN =
            libc("open", FunctionDescriptor.of(ValueLayout.JAVA_INT, address(), integer()), 2);
    private static final MethodHandle CLOSE =
            libc("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, integer()), 1);
    private static final MethodHandle SYSCALL =
            libc(
                    "syscall",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            integer(),
                            address(),
                            address(),
                            integer()),
                    1);

    private PageCache() {}

    /** Pages of the file that are not on the disk; empty where the kernel does not say. */
    static OptionalLong unsynced(Path file) throws Throwable {
        try (var arena = Arena.ofConfined()) {
            var name = arena.allocateFrom(file.toString());
            int descriptor = (int) OPEN.invokeExact(name, READ_ONLY);
            if (descriptor < 0) {
                throw new IllegalStateException("cannot open " + file);
            }
            // offset and length; length zero is to the end
            var range = arena.allocate(ValueLayout.JAVA_LONG, 2);
            var counters = arena.allocate(ValueLayout.JAVA_LONG, COUNTERS);
            long answer = (long) SYSCALL.invokeExact(CACHESTAT, descriptor, range, counters, 0);
            int _ = (int) CLOSE.invokeExact(descriptor);
            return answer == 0
                    ? OptionalLong.of(counter(counters, DIRTY) + counter(counters, IN_WRITEBACK))
                    : OptionalLong.empty();
        }
    }

    private static long counter(MemorySegment counters, int index) {
        return counters.getAtIndex(ValueLayout.JAVA_LONG, index);
    }

    // the tests run with native access, as LMDB itself needs it
    @SuppressWarnings("restricted")
    private static MethodHandle libc(String name, FunctionDescriptor shape, int fixedArguments) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name),
                shape,
                Linker.Option.firstVariadicArg(fixedArguments));
    }

    private static ValueLayout.OfInt integer() {
        return ValueLayout.JAVA_INT;
    }

    private static java.lang.foreign.AddressLayout address() {
        return ValueLayout.ADDRESS;
    }
}
