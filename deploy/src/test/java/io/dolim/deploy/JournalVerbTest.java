package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.book.AccountEvent;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.Posting;
import io.dolim.book.trade.RequestId;
import io.dolim.quoting.money.Usdc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs over a journal's bytes, on real journals: round trips, formats and exit codes. */
class JournalVerbTest {

    private static final int DEPOSITS = 7;

    @TempDir private Path room;
    private Path dir = Path.of("");

    @BeforeEach
    void made() throws Exception {
        dir = room.resolve("state");
        MadeJournal journal = new MadeJournal();
        for (int i = 1; i <= DEPOSITS; i++) {
            AccountEvent event = deposited("r-" + i, i);
            journal.add("account-alice", event, event.tags());
        }
        journal.in(dir);
    }

    private static AccountEvent deposited(String request, long usdc) {
        AccountId alice = new AccountId("alice");
        return new AccountEvent.Deposited(
                alice,
                new RequestId(request),
                "operator",
                Usdc.ofWhole(usdc),
                1_790_000_000_000L + usdc,
                List.of(
                        Posting.cash(Posting.EXTERNAL, Usdc.ofWhole(-usdc)),
                        Posting.cash(Posting.taker(alice), Usdc.ofWhole(usdc))));
    }

    private static String hash(Path dir) throws Exception {
        Ran shown = Ran.of("state", "show", "--format", "json", "--dir", dir.toString());
        assertEquals(0, shown.code(), shown.err());
        assertEquals(28, shown.json().at("/accounts/alice/cash").asInt());
        return shown.json().path("state_hash").asText();
    }

    private static String chain(Path dir) throws Exception {
        Ran info = Ran.of("journal", "info", "--format", "json", "--dir", dir.toString());
        assertEquals(0, info.code(), info.err());
        return info.json().path("chain").asText();
    }

    @Test
    void aCopyIsAStateDirectoryOfItsOwn() throws Exception {
        Path copy = room.resolve("copy");
        Ran copied = Ran.of("journal", "copy", "--dir", dir.toString(), "--to", copy.toString());
        assertEquals(0, copied.code(), copied.err());
        assertEquals(hash(dir), hash(copy));
        assertEquals(chain(dir), chain(copy));
        Ran again = Ran.of("journal", "copy", "--dir", dir.toString(), "--to", copy.toString());
        assertEquals(2, again.code());
        assertTrue(again.err().contains("must not be there yet"), again.err());
        assertEquals(0, Ran.of("journal", "compact", "--dir", copy.toString()).code());
        assertEquals(hash(dir), hash(copy));
    }

    @Test
    void exportedRowsAreImportedWithAnEqualChain() throws Exception {
        Path file = room.resolve("rows.jsonl");
        Ran exported =
                Ran.of("journal", "export", "--dir", dir.toString(), "--to", file.toString());
        assertEquals(0, exported.code(), exported.err());
        Ran printed = Ran.of("journal", "export", "--bytes", "--dir", dir.toString());
        assertEquals(Files.readString(file), printed.out());
        Path other = room.resolve("other");
        Ran imported =
                Ran.of(
                        "journal",
                        "import",
                        "--format",
                        "json",
                        "--dir",
                        other.toString(),
                        "--from",
                        file.toString());
        assertEquals(0, imported.code(), imported.err());
        assertEquals(chain(dir), imported.json().path("chain").asText());
        assertEquals(hash(dir), hash(other));
        assertEquals(
                2,
                Ran.of("journal", "export", "--dir", dir.toString(), "--to", file.toString())
                        .code());
        String cut = Files.readString(file).replaceFirst("\\{\"kind\":\"end\".*\n", "");
        Files.writeString(file, cut);
        Ran refused =
                Ran.of(
                        "journal",
                        "import",
                        "--dir",
                        room.resolve("third").toString(),
                        "--from",
                        file.toString());
        assertEquals(3, refused.code());
        assertTrue(refused.err().contains("ends early"), refused.err());
    }

    @Test
    void theExportOfEventsHasOneFormat() throws Exception {
        Ran events = Ran.of("journal", "export", "--dir", dir.toString());
        assertEquals(0, events.code(), events.err());
        assertEquals(DEPOSITS, events.out().lines().count());
        for (String format : List.of("json", "csv")) {
            Ran refused = Ran.of("journal", "export", "--format", format, "--dir", dir.toString());
            assertEquals(2, refused.code());
            assertEquals("dolim: --format=" + format + " must be jsonl\n", refused.err());
        }
    }

    @Test
    void rowsArePrintedInEveryFormat() throws Exception {
        String[] words = {"journal", "cat", "--tag", "*", "--dir", dir.toString(), "--format", ""};
        words[7] = "jsonl";
        assertEquals(DEPOSITS, Ran.of(words).out().lines().count());
        words[7] = "json";
        assertEquals(DEPOSITS, Ran.of(words).json().size());
        words[7] = "csv";
        List<String> csv = Ran.of(words).out().lines().toList();
        assertEquals(DEPOSITS + 1, csv.size());
        assertTrue(csv.getFirst().startsWith("order,kind,pid,seq,"), csv.getFirst());
        assertTrue(csv.getLast().startsWith("14,event,account-alice,7,"), csv.getLast());
        words[7] = "table";
        List<String> table = Ran.of(words).out().lines().toList();
        assertEquals(DEPOSITS + 1, table.size());
        assertTrue(table.getFirst().startsWith("order  kind   pid"), table.getFirst());
        assertFalse(table.getFirst().contains("bytes"), table.getFirst());
        String[] tail = {
            "journal",
            "tail",
            "--after",
            "13",
            "--seconds",
            "1",
            "--format",
            "csv",
            "--dir",
            dir.toString()
        };
        List<String> followed = Ran.of(tail).out().lines().toList();
        assertEquals(csv.getFirst(), followed.getFirst());
        assertEquals(csv.getLast(), followed.get(1));
        words[7] = "jsonl";
        words[3] = "account:nobody";
        assertEquals("", Ran.of(words).out());
    }

    @Test
    void optionsThatDoNotGoTogetherAreUsage() {
        String state = dir.toString();
        assertEquals(2, Ran.of("journal", "cat", "--from", "1", "--dir", state).code());
        assertEquals(
                2, Ran.of("journal", "cat", "--pid", "a", "--tag", "b", "--dir", state).code());
        assertEquals(2, Ran.of("journal", "cat", "--limit", "many", "--dir", state).code());
        assertEquals(2, Ran.of("journal", "info", "--tag", "b", "--dir", state).code());
        assertEquals(2, Ran.of("journal", "copy", "--dir", state).code());
    }

    @Test
    void everyVerbOnADirectoryWithoutAJournalIsUsage() {
        for (List<String> verb : verbs()) {
            Ran missing = on(verb, room.resolve("nowhere"));
            assertEquals(2, missing.code(), verb + missing.err());
            assertTrue(missing.err().startsWith("dolim: no such file: "), missing.err());
        }
    }

    @Test
    void everyVerbOnADamagedJournalEndsWithThreeAndNamesThePlace() throws Exception {
        Path data = dir.resolve("journal").resolve("data.mdb");
        byte[] bytes = Files.readAllBytes(data);
        Files.write(data, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        for (List<String> verb : verbs()) {
            Ran damaged = on(verb, dir);
            assertEquals(3, damaged.code(), verb + damaged.err());
            String said = damaged.out() + damaged.err();
            assertTrue(said.contains("place=" + data), verb + said);
        }
    }

    private static List<List<String>> verbs() {
        return List.of(
                List.of("state", "show"),
                List.of("state", "diff", "1", "2"),
                List.of("explain", "BTC-1"),
                List.of("replay"),
                List.of("bisect", "--when", "mode == OPEN"),
                List.of("history", "trades"),
                List.of("history", "statement", "--account", "alice"),
                List.of("journal", "info"),
                List.of("journal", "ls"),
                List.of("journal", "cat"),
                List.of("journal", "tail", "--seconds", "0"),
                List.of("journal", "verify"),
                List.of("journal", "compact"),
                List.of("journal", "export"),
                List.of("journal", "export", "--bytes"));
    }

    private static Ran on(List<String> verb, Path dir) {
        List<String> words = new java.util.ArrayList<>(verb);
        words.addAll(List.of("--dir", dir.toString()));
        return Ran.of(words.toArray(String[]::new));
    }
}
