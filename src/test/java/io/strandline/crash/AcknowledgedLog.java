package io.strandline.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** What the server has acknowledged, written down and fsynced before the next request: it must never be missing later. */
final class AcknowledgedLog {

    private final Path file;

    AcknowledgedLog(Path file) {
        this.file = file;
    }

    /** Notes one acknowledgement, such as {@code snapshot 42 <id>} or {@code tag k3 <id>}. */
    void note(String line) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
    }

    /** Everything noted so far. */
    List<String[]> entries() throws IOException {
        return Files.exists(file)
                ? Files.readAllLines(file).stream().map(line -> line.split(" ")).toList()
                : List.of();
    }
}
