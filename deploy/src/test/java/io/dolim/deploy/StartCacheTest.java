package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start cache makes of a class path. */
class StartCacheTest {

    @TempDir private Path dir;

    @Test
    void anEmptyNameIsNotTheWorkingDirectory() throws IOException {
        Path jar = Files.createFile(dir.resolve("a.jar"));
        String classPath = String.join(File.pathSeparator, "", jar.toString(), dir + "/gone", "");

        assertEquals(List.of(jar), StartCache.entries(classPath));
    }

    @Test
    void directoriesArePackedInTheirPlaceAndAgainWhenTheyChange() throws IOException {
        Path jar = Files.createFile(dir.resolve("a.jar"));
        Path classes = Files.createDirectory(dir.resolve("classes"));
        Files.writeString(classes.resolve("One.class"), "1");
        List<Path> entries = List.of(classes, jar);
        Path packed = dir.resolve("packed");

        String before = StartCache.inJars(entries, packed, Long.MAX_VALUE);
        Path made = Path.of(before.substring(0, before.indexOf(File.pathSeparator)));
        assertEquals(made + File.pathSeparator + jar, before);
        assertEquals(List.of("One.class"), classesIn(made));

        Files.writeString(classes.resolve("Two.class"), "2");
        StartCache.inJars(entries, packed, Long.MAX_VALUE);
        assertEquals(List.of("One.class"), classesIn(made), "nothing is younger");
        assertEquals(before, StartCache.inJars(entries, packed, Long.MIN_VALUE));
        assertEquals(List.of("One.class", "Two.class"), classesIn(made));
    }

    private static List<String> classesIn(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .sorted()
                    .toList();
        }
    }
}
