package io.dolim.persistence;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Files;
import java.util.List;
import org.apache.pekko.actor.ActorSystem;
import org.junit.jupiter.api.Test;

/** LMDB is local to one machine. */
class ClusterTest {

    @Test
    void aClusteredActorSystemIsRefusedByNameAndNothingIsOpened() {
        for (var provider :
                List.of("cluster", "org.apache.pekko.cluster.ClusterActorRefProvider")) {
            var directory = Directories.fresh();
            var config =
                    ConfigFactory.parseString(
                                    """
                                    pekko.actor.provider = "%s"
                                    pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                                    """
                                            .formatted(provider))
                            .withFallback(Directories.config(directory));
            var refused =
                    assertThrows(
                            JournalUnavailable.class,
                            () -> ActorSystem.create("clustered", config).terminate());
            assertTrue(
                    String.valueOf(refused.getMessage())
                            .contains("pekko.actor.provider=" + provider),
                    refused::toString);
            assertFalse(Files.exists(LmdbStore.dataFile(directory)));
        }
    }
}
