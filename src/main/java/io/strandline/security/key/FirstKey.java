package io.strandline.security.key;

import io.strandline.catalog.ApiKey.Role;
import io.strandline.catalog.Cause;
import io.strandline.security.SecuritySettings;
import io.strandline.security.SecuritySettings.Mode;
import io.strandline.storage.disk.Disk;
import io.strandline.storage.disk.Disk.OutputFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
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

    private final ApiKeys keys;
    private final SecuritySettings settings;
    private final Disk disk;
    private final Path file;

    /** A key that is left in {@code file}. */
    public FirstKey(ApiKeys keys, SecuritySettings settings, Disk disk, Path file) {
        this.disk = disk;
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
        if (disk.stat(file).isPresent()) {
            disk.unlink(file);
        }
        try (OutputFile out = disk.createPrivate(file)) {
            out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            out.fsync();
        }
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            disk.fsyncDirectory(directory);
        }
    }
}
