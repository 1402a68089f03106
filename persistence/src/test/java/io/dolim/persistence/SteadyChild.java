package io.dolim.persistence;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletionException;

/**
 * Writes one entity's events one after the other until enough are written or one fails, then tries
 * once more, and says all of it. Arguments: directory, how many events, settings as key=value.
 */
final class SteadyChild {

    static final String ID = "steady";

    private SteadyChild() {}

    public static void main(String[] arguments) {
        var changes = new LinkedHashMap<String, Object>();
        for (var change : List.of(arguments).subList(2, arguments.length)) {
            var at = change.indexOf('=');
            changes.put(change.substring(0, at), change.substring(at + 1));
        }
        try {
            run(Directories.settings(Path.of(arguments[0]), changes), Long.parseLong(arguments[1]));
        } catch (JournalException refused) {
            System.out.println("refused " + said(refused));
        }
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    static LogRow.Event event(long sequence) {
        return WritingChild.event(ID, sequence);
    }

    private static void run(StoreSettings settings, long count) {
        var journal =
                JournalDirectory.open(
                        settings, halt -> System.out.println("halted " + halt.reason()));
        var sequence = journal.highestSequence(ID).join() + 1;
        try {
            for (; sequence <= count; sequence++) {
                journal.append(List.of(event(sequence))).join();
                System.out.println("acknowledged " + sequence);
            }
            System.out.println("finished");
        } catch (CompletionException failed) {
            System.out.println("failed " + cause(failed));
            try {
                journal.append(List.of(event(sequence))).join();
                System.out.println("written after a failure");
            } catch (CompletionException again) {
                System.out.println("again " + cause(again));
            }
        }
    }

    private static String cause(CompletionException failed) {
        var cause = failed.getCause();
        return cause == null ? "" : said(cause);
    }

    private static String said(Throwable failure) {
        return failure.getClass().getSimpleName() + " " + failure.getMessage();
    }
}
