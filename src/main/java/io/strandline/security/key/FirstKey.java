package io.strandline.security.key;

import io.strandline.catalog.ApiKey.Role;
import io.strandline.catalog.Cause;
import io.strandline.security.SecuritySettings;
import io.strandline.security.SecuritySettings.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Makes an admin key when authentication is on and no key may make others, and leaves it in a file that only the server's
 * user can read. Before the port is open; the file is durable before the key counts, so that a crash between the two
 * locks nobody out.
 */
public final class FirstKey implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(FirstKey.class);

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final ApiKeys keys;
    private final SecuritySettings settings;
    private final Path file;

    /** A key that is left in {@code file}. */
    public FirstKey(ApiKeys keys, SecuritySettings settings, Path file) {
        this.keys = keys;
        this.settings = settings;
        this.file = file;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (settings.authentication() != Mode.API_KEY || keys.mayStillBeMade(null)) {
            return;
        }
        Token token = Token.fresh(new SecureRandom());
        try {
            write(token.text() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("the first admin key cannot be written to " + file, e);
        }
        keys.create(
                new KeyRequest("first admin key", Role.ADMIN, List.of(), null),
                token,
                Cause.system("no key may make others"));
        log.warn(
                "No admin key counts, so there is a new one, {}, in {}: take it from there and delete the file",
                token.id(),
                file);
    }

    private void write(String text) throws IOException {
        Files.deleteIfExists(file);
        try (FileChannel out =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ONLY)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }
}
