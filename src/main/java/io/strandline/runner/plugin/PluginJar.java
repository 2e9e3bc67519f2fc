package io.strandline.runner.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A jar of plug-ins.
 *
 * @param name its file name
 * @param digest {@code sha256:} and 64 hex digits, of its content when the server started
 */
record PluginJar(String name, String digest, URLClassLoader loader) {

    private static final int CHUNK = 1 << 16;

    /** Reads a jar; classes are loaded when they are asked for. */
    static PluginJar open(Path file) {
        try {
            URLClassLoader loader = new URLClassLoader(new URL[] {file.toUri().toURL()}, new ApiLoader());
            return new PluginJar(file.getFileName().toString(), digest(file), loader);
        } catch (IOException e) {
            throw new UncheckedIOException("the plug-in jar " + file + " cannot be read", e);
        }
    }

    /** A class of this jar; empty when the jar has none of that name. */
    Optional<Class<?>> find(String type) {
        if (loader.findResource(type.replace('.', '/') + ".class") == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Class.forName(type, true, loader));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    private static String digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            DigestInputStream digesting = new DigestInputStream(in, sha);
            byte[] chunk = new byte[CHUNK];
            while (digesting.read(chunk) >= 0) {
                // the digest takes what is read
            }
            return "sha256:" + HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
