package io.dolim.deploy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the kernel counts for this process.
 *
 * @param calls bytes handed over by write calls: {@code wchar} of {@code /proc/self/io}; zero where
 *     there is none
 * @param processorNs processor time of all threads, which a busy neighbour does not lengthen
 */
record Kernel(long calls, long processorNs) {

    private static final Path COUNTERS = Path.of("/proc/self/io");
    private static final String CALLS = "wchar: ";

    static Kernel now() throws IOException {
        return new Kernel(handedOver(), processor());
    }

    private static long handedOver() throws IOException {
        if (!Files.isReadable(COUNTERS)) {
            return 0;
        }
        return Files.readAllLines(COUNTERS).stream()
                .filter(line -> line.startsWith(CALLS))
                .mapToLong(line -> Long.parseLong(line.substring(CALLS.length())))
                .findFirst()
                .orElse(0);
    }

    private static long processor() {
        return ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }

    /** What was counted since then, by event. */
    Kernel since(Kernel before, long events) {
        return new Kernel(
                (calls - before.calls) / events, (processorNs - before.processorNs) / events);
    }
}
