package io.dolim.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** Temporary folders under {@code target}: on the disk, where a {@code /tmp} may be memory. */
final class OnDisk implements TempDirFactory {

    @Override
    public Path createTempDirectory(AnnotatedElementContext of, ExtensionContext test)
            throws IOException {
        Path target = Files.createDirectories(Path.of("target", "state").toAbsolutePath());
        return Files.createTempDirectory(target, "pool-");
    }
}
