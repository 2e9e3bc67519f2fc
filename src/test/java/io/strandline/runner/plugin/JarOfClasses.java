package io.strandline.runner.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Puts compiled classes into a jar, with the classes inside them. */
public final class JarOfClasses {

    private JarOfClasses() {}

    /** Writes {@code name} into a directory, which is made if need be. */
    public static Path in(Path directory, String name, Class<?>... classes) throws IOException {
        Path jar = Files.createDirectories(directory).resolve(name);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Class<?> type : withInner(classes)) {
                String entry = type.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(entry));
                try (InputStream in = type.getClassLoader().getResourceAsStream(entry)) {
                    in.transferTo(out);
                }
                out.closeEntry();
            }
        }
        return jar;
    }

    private static List<Class<?>> withInner(Class<?>... classes) {
        List<Class<?>> all = new ArrayList<>();
        for (Class<?> type : classes) {
            all.add(type);
            all.addAll(withInner(type.getDeclaredClasses()));
        }
        return all;
    }
}
