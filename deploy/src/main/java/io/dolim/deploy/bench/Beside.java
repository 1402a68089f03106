package io.dolim.deploy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** A program that shares no code with this one and reads a journal's export. */
final class Beside {

    private static final int DIGITS = 6;

    private final Path script;
    private final Path state;
    private final Path log;

    Beside(Path script, Path state, Path log) {
        this.script = script;
        this.state = state;
        this.log = log;
    }

    /**
     * What it found.
     *
     * @param prices of trades that would cost something else, micro-USDC
     * @param accounts cash in micro-USDC, and millionths of coins of what is held, by their names
     */
    record Found(SortedMap<String, Long> prices, SortedMap<String, Long> accounts) {
        Found {
            prices = new TreeMap<>(prices);
            accounts = new TreeMap<>(accounts);
        }
    }

    /** Lets it read the whole journal, with the changed setting's value. */
    Found found(String value) throws IOException, InterruptedException {
        Path export = state.resolveSibling(state.getFileName() + ".jsonl");
        try {
            String[] words = {"journal", "export", "--format", "jsonl", "--dir", state.toString()};
            if (Children.start(log, export, words).waitFor() != 0) {
                throw new IOException("no export: " + log);
            }
            Process other =
                    new ProcessBuilder("python3", script.toString(), value)
                            .redirectInput(export.toFile())
                            .redirectError(log.toFile())
                            .start();
            SortedMap<String, Long> prices = new TreeMap<>();
            SortedMap<String, Long> accounts = new TreeMap<>();
            try (BufferedReader out = other.inputReader()) {
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    String[] said = line.split(" ", -1);
                    switch (said[0]) {
                        case "account" -> accounts.put(said[1], Long.parseLong(said[2]));
                        case "holds" ->
                                accounts.put(said[1] + " " + said[2], Long.parseLong(said[3]));
                        default -> prices.put(said[0], Long.parseLong(said[1]));
                    }
                }
            }
            if (other.waitFor() != 0) {
                throw new IOException(script + " failed: " + log);
            }
            Files.deleteIfExists(log);
            return new Found(prices, accounts);
        } finally {
            Files.deleteIfExists(export);
        }
    }

    /** The same figures of an account as {@code state show} tells it. */
    static void account(SortedMap<String, Long> to, String name, JsonNode account) {
        to.put(name, millionths(account.path("cash")));
        account.path("positions")
                .properties()
                .forEach(one -> to.put(name + " " + one.getKey(), millionths(one.getValue())));
    }

    private static long millionths(JsonNode number) {
        return number.decimalValue().movePointRight(DIGITS).longValueExact();
    }
}
