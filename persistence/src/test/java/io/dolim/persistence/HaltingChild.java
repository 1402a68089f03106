package io.dolim.persistence;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;

/** Writes until a commit fails, tries again, and says what became of it all. */
final class HaltingChild {

    private HaltingChild() {}

    public static void main(String[] arguments) {
        try {
            run(arguments);
        } catch (Exception | LinkageError failure) {
            System.out.println("child failed " + failure);
            System.exit(3);
        }
    }

    /** So large that a file's limit is reached soon. */
    static LogRow.Event event(long sequence) {
        return Events.event("a", sequence, "x".repeat(30_000));
    }

    private static void run(String[] arguments) throws Exception {
        var config = Directories.config(Path.of(arguments[0]));
        var system = ActorSystem.create("halting", config);
        system.registerOnTermination(() -> System.out.println("terminated"));
        var journal =
                LmdbStorage.get(system)
                        .directory(config.getConfig("dolim.persistence.lmdb.journal"));
        try {
            for (long sequence = 1; ; sequence++) {
                journal.append(List.of(event(sequence))).join();
                System.out.println("acknowledged " + sequence);
            }
        } catch (CompletionException failed) {
            System.out.println("failed " + cause(failed));
        }
        try {
            journal.append(Events.events("b", 1, 1)).join();
            System.out.println("written after the halt");
        } catch (CompletionException failed) {
            System.out.println("again " + cause(failed));
        }
        system.getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static String cause(CompletionException failed) {
        return failed.getCause() == null ? "" : failed.getCause().getClass().getSimpleName();
    }
}
