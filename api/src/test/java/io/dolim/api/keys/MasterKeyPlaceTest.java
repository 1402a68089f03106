package io.dolim.api.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.api.session.OwnerOnly;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the master key comes from, and what is said when it cannot be had. */
final class MasterKeyPlaceTest {

    private static final String HEX = "0a".repeat(32);

    @TempDir private Path dir;
    private final SortedMap<String, String> environment = new TreeMap<>();

    private MasterKeyPlace place(Optional<Path> configured) {
        return new MasterKeyPlace(
                new KeySettings(configured, "DOLIM_MASTER_KEY", 100),
                dir.resolve("master-key"),
                name -> Optional.ofNullable(environment.get(name)));
    }

    private String refused(Optional<Path> configured, boolean first) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> place(configured).find(first))
                        .getMessage());
    }

    @Test
    void itIsMadeBesideTheStateOnceForItsOwnerAlone() throws Exception {
        MasterKey made = place(Optional.empty()).find(true);
        Path file = dir.resolve("master-key");
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertTrue(Files.readString(file).matches("dolim-master-key\\.1 [0-9a-f]{64}\n"));
        assertEquals(made.fingerprint(), place(Optional.empty()).find(false).fingerprint(), "kept");
        assertFalse(Files.exists(dir.resolve("master-key.new")));
    }

    @Test
    void oneThatSealedKeysIsNotMadeAnew() {
        assertEquals(
                "dolim.keys.master-key-file="
                        + dir.resolve("master-key")
                        + " does not exist, and keys in the journal are sealed by it",
                refused(Optional.empty(), false));
        assertFalse(Files.exists(dir.resolve("master-key")));
    }

    @Test
    void aConfiguredFileIsNeverMade() throws Exception {
        Path file = dir.resolve("elsewhere");
        assertEquals(
                "dolim.keys.master-key-file=" + file + " does not exist",
                refused(Optional.of(file), true));
        OwnerOnly.write(file, "dolim-master-key.1 " + HEX + "\n");
        assertEquals(
                MasterKey.parse(HEX, "").orElseThrow().fingerprint(),
                place(Optional.of(file)).find(false).fingerprint());
    }

    @Test
    void aFileThatOthersCanReadIsRefused() throws Exception {
        Path file = dir.resolve("master-key");
        OwnerOnly.write(file, "dolim-master-key.1 " + HEX + "\n");
        for (String open : new String[] {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-"}) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(open));
            assertEquals(
                    "dolim.keys.master-key-file="
                            + file
                            + " has permissions "
                            + open
                            + " and must be its owner's alone: chmod 600",
                    refused(Optional.empty(), false));
        }
    }

    @Test
    void aDamagedFileIsRefusedWithoutItsContent() throws Exception {
        Path file = dir.resolve("master-key");
        for (String damaged :
                new String[] {
                    "",
                    HEX,
                    "dolim-master-key.2 " + HEX + "\n",
                    "dolim-master-key.1 " + HEX,
                    "dolim-master-key.1 " + HEX.substring(2) + "\n",
                    "dolim-master-key.1 " + HEX + "\n\n",
                    "dolim-master-key.1 " + HEX.replace('a', 'A') + "\n"
                }) {
            OwnerOnly.write(file, damaged);
            assertEquals(
                    "dolim.keys.master-key-file="
                            + file
                            + " must hold one line, 'dolim-master-key.1 ' and 64 digits of lower-case hex",
                    refused(Optional.empty(), false));
        }
    }

    @Test
    void aFolderIsNoFile() {
        assertEquals(
                "dolim.keys.master-key-file=" + dir + " must be a file",
                refused(Optional.of(dir), false));
    }

    @Test
    void theEnvironmentHoldsItWhereItIsSetAndThenNothingElseMay() throws Exception {
        environment.put("DOLIM_MASTER_KEY", HEX);
        assertEquals(
                MasterKey.parse(HEX, "").orElseThrow().fingerprint(),
                place(Optional.empty()).find(true).fingerprint());
        assertFalse(Files.exists(dir.resolve("master-key")));
        assertEquals(
                "dolim.keys.master-key-file=/a and $DOLIM_MASTER_KEY are both set: one master key is enough",
                refused(Optional.of(Path.of("/a")), true));
        environment.put("DOLIM_MASTER_KEY", "swordfish");
        assertEquals(
                "$DOLIM_MASTER_KEY (hidden) must be 64 digits of lower-case hex",
                refused(Optional.empty(), true));
    }
}
