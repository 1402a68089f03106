package io.dolim.deploy;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.spi.ToolProvider;

/**
 * The tool {@code journal}, which the journal's module registers with the JDK: deploy is not compiled
 * against that module. What the tool answers is heard line by line as it comes, nothing is gathered.
 */
final class JournalTool {

    private static final String PROGRESS = "progress ";

    private JournalTool() {}

    /** Thrown by a listener that has heard enough; not a fault. */
    static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Enough() {
            super("enough", null, false, false);
        }
    }

    /**
     * Runs a command of the tool.
     *
     * @param answers hears each line of the answer; may throw {@link Enough}
     * @param progress hears how far it is
     * @throws JournalRefused when the tool ends with another code than 0 and says why
     */
    static int run(List<String> words, Consumer<String> answers, Progress progress)
            throws JournalRefused {
        ToolProvider tool =
                ToolProvider.findFirst("journal")
                        .orElseThrow(
                                () -> new IllegalStateException("no journal tool is on the path"));
        Lines out = new Lines(answers);
        StringBuilder said = new StringBuilder();
        Lines err =
                new Lines(
                        line -> {
                            if (line.startsWith(PROGRESS)) {
                                String[] numbers = line.substring(PROGRESS.length()).split(" ", -1);
                                progress.at(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
                            } else {
                                said.append(said.isEmpty() ? "" : " ").append(line);
                            }
                        });
        int code;
        try {
            code =
                    tool.run(
                            new PrintWriter(out),
                            new PrintWriter(err),
                            words.toArray(String[]::new));
        } catch (Broken broken) {
            RuntimeException why = out.thrown.or(() -> err.thrown).orElse(broken);
            if (why instanceof Enough) {
                return 0;
            }
            throw why;
        }
        if (code != 0 && !said.isEmpty()) {
            throw new JournalRefused(code, said.toString());
        }
        return code;
    }

    /** Ends the tool from within its own writing; it catches some faults, and this one is none of them. */
    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Broken(RuntimeException why) {
            super(why);
        }
    }

    /** Hands on what is written, a line at a time. */
    private static final class Lines extends Writer {

        private final Consumer<String> to;
        private final StringBuilder pending = new StringBuilder();
        private Optional<RuntimeException> thrown = Optional.empty();

        Lines(Consumer<String> to) {
            this.to = to;
        }

        @Override
        public void write(char[] text, int from, int length) {
            int start = from;
            for (int i = from; i < from + length; i++) {
                if (text[i] == '\n') {
                    pending.append(text, start, i - start);
                    start = i + 1;
                    String line = pending.toString();
                    pending.setLength(0);
                    hand(line);
                }
            }
            pending.append(text, start, from + length - start);
        }

        private void hand(String line) {
            try {
                to.accept(line);
            } catch (RuntimeException why) {
                thrown = Optional.of(why);
                throw new Broken(why);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
