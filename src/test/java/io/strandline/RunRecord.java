package io.strandline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/**
 * Puts test classes into the order that their {@code @Order} asks for, and notes which a run consists of, for tests of what only
 * a whole run can show. A run may be spread over several processes: those that are given the same {@code -Dstrandline.run} are one.
 * Named in {@code junit-platform.properties}.
 */
public final class RunRecord implements ClassOrderer {

    private static final Path DIRECTORY = Path.of(
            "target",
            "test-runs",
            System.getProperty(
                    "strandline.run", "process-" + ProcessHandle.current().pid()));
    private static final Path CLASSES = DIRECTORY.resolve("classes.txt");
    private static final Path SOURCES = Path.of("src", "test", "java");

    private final ClassOrderer byAnnotation = new ClassOrderer.OrderAnnotation();

    @Override
    public void orderClasses(ClassOrdererContext context) {
        byAnnotation.orderClasses(context);
        List<? extends Class<?>> classes = context.getClassDescriptors().stream()
                .map(ClassDescriptor::getTestClass)
                .toList();
        if (classes.stream().noneMatch(Class::isMemberClass)) {
            add(classes);
        }
    }

    /** Where this run keeps what its processes note. */
    static Path directory() throws IOException {
        return Files.createDirectories(DIRECTORY);
    }

    /** Whether every test class of the project belongs to this run. */
    public static boolean isWhole() throws IOException {
        Set<String> run = new HashSet<>(Files.readAllLines(CLASSES));
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            return sources.filter(RunRecord::isTestClass)
                    .map(source -> SOURCES.relativize(source).toString())
                    .map(name -> name.replaceAll("\\.java$", "").replaceAll("[/\\\\]", "."))
                    .allMatch(run::contains);
        }
    }

    private static void add(List<? extends Class<?>> classes) {
        try {
            directory();
            Files.write(
                    CLASSES,
                    classes.stream().map(Class::getName).sorted().toList(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("the run cannot be noted", e);
        }
    }

    private static boolean isTestClass(Path source) {
        String file = source.getFileName().toString();
        if (!file.endsWith("Tests.java")) {
            return false;
        }
        try {
            return !Files.readString(source).contains("abstract class " + file.replace(".java", ""));
        } catch (IOException e) {
            throw new UncheckedIOException("a test cannot be read", e);
        }
    }
}
