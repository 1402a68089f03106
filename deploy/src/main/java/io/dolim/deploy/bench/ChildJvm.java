package io.dolim.deploy.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** How a process starts another of this program: on the same Java, with the collector and heap that it has. */
public final class ChildJvm {

    private static final Pattern INHERITED =
            Pattern.compile("-Xmx.*|-XX:(\\+Use.*GC|SoftMaxHeapSize=.*)");

    private ChildJvm() {}

    /** The beginning of a command line, up to the class path. */
    public static List<String> command() {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElse("java"),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "--add-modules=jdk.incubator.vector"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(INHERITED.asMatchPredicate())
                .forEach(command::add);
        return command;
    }
}
